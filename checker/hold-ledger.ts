/** Held links against reality: did a message of the rounds come, and did it wait as long as it had to? */
import type { Hold } from '../faults/settings.ts';
import type { NodeEvent } from '../record/events.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry, LedgerStatus } from '../record/result.ts';
import { counted } from './in-words.ts';

/** Microseconds. The start line and the release are two readings of a clock, each rounded. */
const TOLERANCE_US = 1_000;

type Arrival = Extract<NodeEvent, { kind: 'receive' | 'pending' }>;

/** fired: it applied to a message, and none was early. not reached: there was no such message. */
export const holdLedger = (record: RunRecord): LedgerEntry[] =>
  (record.plan?.holds ?? []).map((hold) => judgeHold(record, hold));

function judgeHold(record: RunRecord, hold: Hold): LedgerEntry {
  const { from, to, firstRound, lastRound, untilMs } = hold;
  const events = record.nodes.get(to)?.events ?? [];
  const start = events.find((event) => event.kind === 'start')?.t ?? 0;
  const release = untilMs === null ? Infinity : start + untilMs * 1000 - TOLERANCE_US;
  const held = events.filter((event) => isHeld(event, hold));
  const early = held.find((event) => event.kind === 'receive' && event.t < release);
  const until = untilMs === null ? 'for ever' : `until ${untilMs} ms`;
  const link = `the link from ${from} to ${to}, rounds ${firstRound} to ${lastRound}, ${until}`;
  const entry = (status: LedgerStatus, outcome: string): LedgerEntry => ({
    fault: 'hold',
    origin: 'scripted',
    status,
    node: from,
    round: firstRound,
    planned: [to],
    observed: held.length > 0 ? [to] : [],
    unknown: [],
    sentence: `${link}: ${outcome}`,
  });
  if (early !== undefined) {
    return entry('missed', `its message of round ${early.round} was handed over too early`);
  }
  if (held.length === 0) return entry('not reached', 'no such message ever came');
  return entry('fired', `held ${counted(held.length, 'message')}`);
}

const isHeld = (event: NodeEvent, { from, firstRound, lastRound }: Hold): event is Arrival =>
  (event.kind === 'receive' || event.kind === 'pending') &&
  event.from === from &&
  event.round >= firstRound &&
  event.round <= lastRound;

/** Scripted receive sets against reality: did the rounds of these nodes end with these messages? */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { ReceiveSet } from '../faults/settings.ts';
import type { NodeFile, RunRecord } from '../record/read-run.ts';
import type { LedgerEntry, LedgerStatus } from '../record/result.ts';
import { counted, inWords, nodesInWords } from './in-words.ts';

/** fired: some of the rounds ended, and all that ended did so. not reached: none of them ended. */
export const useLedger = (record: RunRecord): LedgerEntry[] =>
  (record.config?.faults.uses ?? []).map((set) => judgeSet(record, set));

/** What one node made of its set. */
interface Obedience {
  /** Rounds of the set that it ended, with exactly these messages. */
  readonly rounds: number;
  /** What it did otherwise; null: nothing. */
  readonly deviation: string | null;
}

function judgeSet({ nodes: files }: RunRecord, set: ReceiveSet): LedgerEntry {
  const { nodes, firstRound, lastRound, from } = set;
  const unknown: NodeId[] = [];
  const observed: NodeId[] = [];
  let rounds = 0;
  let deviation: string | null = null;
  for (const node of nodes) {
    const file = files.get(node);
    const done = file?.isPresent === true ? follow(file, node, set) : null;
    if (done === null) unknown.push(node);
    else if (done.rounds > 0) observed.push(node);
    rounds += done?.rounds ?? 0;
    deviation ??= done?.deviation ?? null;
  }
  const status: LedgerStatus =
    deviation !== null ? 'missed' : rounds === 0 ? 'not reached' : 'fired';
  const outcome =
    deviation ?? (rounds === 0 ? 'no such round ended' : `${counted(rounds, 'round')} ended so`);
  return {
    fault: 'use',
    origin: 'scripted',
    status,
    node: nodes[0] ?? 0,
    round: firstRound,
    planned: from,
    observed,
    unknown,
    sentence:
      `${nodesInWords(nodes)}, rounds ${firstRound} to ${lastRound}, ` +
      `using ${inWords(from)}: ${outcome}`,
  };
}

/** A message outside the set may come only when the round is over. */
function follow(
  { events }: NodeFile,
  node: NodeId,
  { firstRound, lastRound, from }: ReceiveSet,
): Obedience {
  const isMeant = (round: Round): boolean => firstRound <= round && round <= lastRound;
  const set = new Set(from);
  let current: Round = -1;
  let rounds = 0;
  let deviation: string | null = null;
  for (const event of events) {
    if (event.kind === 'report') {
      const { round, used } = event;
      current = round;
      if (!isMeant(round - 1)) continue;
      const isObeyed = used.length === set.size && used.every((sender) => set.has(sender));
      if (isObeyed) rounds += 1;
      else deviation ??= `node ${node} ended round ${round - 1} with those of ${inWords(used)}`;
    } else if (event.kind === 'receive' && isMeant(event.round) && event.round >= current) {
      if (set.has(event.from)) continue;
      deviation ??= `node ${node} got that of node ${event.from} before its round ${event.round} was over`;
    }
  }
  return { rounds, deviation };
}

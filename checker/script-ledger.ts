/** Scripted kills and pauses against what the master did and what became of the nodes. */
import type { NodeId } from '../agreement/algorithm.ts';
import type { Kill, Pause } from '../faults/settings.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry, LedgerStatus } from '../record/result.ts';
import { judgePause } from './action-ledger.ts';
import { deedsOf, startUsOf } from './actions.ts';
import type { Deed } from './actions.ts';
import { unplannedEntry } from './crash-ledger.ts';
import { lastRoundOf } from './known-values.ts';
import type { Observation } from './observe.ts';

/** Where the run's clock begins, in the master's time, and when the run was over; microseconds. */
interface Span {
  readonly startUs: number;
  readonly finishUs: number;
}

export function scriptLedger(record: RunRecord, observation: Observation): LedgerEntry[] {
  const { plan, master } = record;
  if (plan === null) return [];
  const startUs = startUsOf(master.events);
  const span = { startUs, finishUs: observation.finish?.t ?? Infinity };
  const pauses = deedsOf(master.events).filter(
    ({ kind, origin }) => kind === 'pause' && origin === 'scripted',
  );
  return [
    ...(plan.kills ?? []).map((kill) => judgeKill(record, observation, kill, span)),
    ...(plan.pauses ?? []).map((pause, index, all) => {
      // Those of one node stand in order of time, and only the last ones may be left out.
      const before = all.slice(0, index).filter(({ node }) => node === pause.node).length;
      const deed = pauses.filter(({ node }) => node === pause.node)[before];
      return pauseEntry(pause, ...judgeScripted(record, observation, pause, deed, span));
    }),
  ];
}

/** fired: the master killed it in time, and it died of that. */
function judgeKill(
  record: RunRecord,
  observation: Observation,
  { node, atMs }: Kill,
  span: Span,
): LedgerEntry {
  const { kills, faulty } = observation;
  const done = kills.get(node);
  const atUs = span.startUs + atMs * 1000;
  const own = unplannedEntry(observation, node, span.startUs);
  const entry = { ...own, origin: 'scripted', planned: null } as const;
  const was = `node ${node} was to be killed at ${atMs} ms`;
  if (done?.origin === 'scripted') {
    const ms = Math.round((done.t - span.startUs) / 1000);
    if (done.t < atUs)
      return { ...entry, status: 'missed', sentence: `${was}, but was at ${ms} ms` };
    if (faulty.has(node)) return { ...entry, status: 'fired' };
    const end = `node ${node} was killed by the script ${ms} ms after the start, as the run ended`;
    return { ...entry, status: 'fired', sentence: end };
  }
  const outcome = faulty.has(node)
    ? `it died before, in round ${lastRoundOf(observation.known, node)}`
    : overBefore(span, atUs);
  if (outcome !== null) return { ...entry, status: 'not reached', sentence: `${was}; ${outcome}` };
  const sentence = `${was}, but was not${outOfReach(record, node)}`;
  return { ...entry, status: 'missed', sentence };
}

/** The master signals processes of its own machine only. */
function outOfReach({ nodes, master }: RunRecord, node: NodeId): string {
  const [there, here] = [nodes.get(node)?.header?.host, master.header?.host];
  const isElsewhere = there !== undefined && here !== undefined && there !== here;
  return isElsewhere ? `: it ran on another machine than the master (${there}, not ${here})` : '';
}

/** Null: it was not. */
function overBefore({ startUs, finishUs }: Span, atUs: number): string | null {
  if (finishUs > atUs) return null;
  return `the run was over after ${Math.round((finishUs - startUs) / 1000)} ms`;
}

function judgeScripted(
  record: RunRecord,
  { faulty, kills }: Observation,
  { node, fromMs, untilMs }: Pause,
  deed: Deed | undefined,
  span: Span,
): [LedgerStatus, string] {
  const { startUs, finishUs } = span;
  if (deed === undefined) {
    const outcome = faulty.has(node)
      ? 'it was dead by then'
      : overBefore(span, startUs + fromMs * 1000);
    return outcome === null
      ? ['missed', `nobody stopped it${outOfReach(record, node)}`]
      : ['not reached', outcome];
  }
  if (deed.fromUs < startUs + fromMs * 1000) return ['missed', 'it was stopped too early'];
  const untilUs = untilMs === null ? Infinity : startUs + untilMs * 1000;
  const isCut = deed.untilUs !== null && deed.untilUs < Math.min(untilUs, finishUs);
  const isKilled = kills.get(node)?.t === deed.untilUs;
  return isCut && !isKilled
    ? ['missed', 'it was continued too early']
    : judgePause(record.nodes.get(node), deed);
}

function pauseEntry(
  { node, fromMs, untilMs }: Pause,
  status: LedgerStatus,
  outcome: string,
): LedgerEntry {
  const until = untilMs === null ? 'to the end' : `until ${untilMs} ms`;
  return {
    fault: 'pause',
    origin: 'scripted',
    status,
    node,
    round: null,
    planned: null,
    observed: status === 'fired' ? [node] : [],
    unknown: [],
    sentence: `node ${node} paused from ${fromMs} ms ${until}: ${outcome}`,
  };
}

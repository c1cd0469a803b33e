/** The statistics of a run. Numbers only; whether the run was right is verdict.ts's business. */
import type { MasterEvent } from '../record/events.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry, LedgerStatus, Statistics, TimingStatistics } from '../record/result.ts';
import type { Decision } from './decision.ts';
import { delayStatistics, messageStatistics, processStatistics } from './message-statistics.ts';
import type { Observation } from './observe.ts';
import { contractionStatistics, roundStatistics } from './round-statistics.ts';

export function statisticsOf(
  record: RunRecord,
  observation: Observation,
  ledger: readonly LedgerEntry[],
  decision: Decision | null,
): Statistics {
  const rounds = roundStatistics(observation);
  const processes = processStatistics(record);
  return {
    rounds,
    contraction: contractionStatistics(record, observation, rounds),
    messages: messageStatistics(record, processes),
    crashes: crashCounts(ledger),
    timing: timingOf(record, observation, decision),
    delays: delayStatistics(record),
    processes,
  };
}

function crashCounts(ledger: readonly LedgerEntry[]): Record<LedgerStatus, number> {
  const counts = { fired: 0, 'not reached': 0, skipped: 0, missed: 0, unplanned: 0 };
  for (const { fault, status } of ledger) if (fault === 'crash') counts[status] += 1;
  return counts;
}

function timingOf(
  { master }: RunRecord,
  { ids, decide, finish }: Observation,
  decision: Decision | null,
): TimingStatistics {
  const settled = decision === null ? undefined : master.events[decision.settledAt];
  const lag = decide === null || settled === undefined ? null : decide.t - settled.t;
  const whole = (kind: MasterEvent['kind']): number | null =>
    last(master.events.filter((event) => event.kind === kind).slice(ids.length - 1));
  return {
    registeredMs: whole('registered'),
    readyMs: whole('ready'),
    startMs: last(master.events.filter(({ kind }) => kind === 'start')),
    decideMs: inMs(decide?.t),
    lastOutputMs: last(master.events.filter(({ kind }) => kind === 'output')),
    finishMs: inMs(finish?.t),
    decisionLagMs: lag === null ? null : lag / 1000,
  };
}

const last = (events: readonly MasterEvent[]): number | null => inMs(events.at(-1)?.t);

const inMs = (us: number | undefined): number | null => (us === undefined ? null : us / 1000);

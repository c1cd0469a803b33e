/** A run of a sweep on OS processes, from what the checker said of its record. */
import type { RunConfig } from '../configs/run-config.ts';
import type { Result, TimingStatistics } from '../record/result.ts';
import { nothingMeasured } from '../report/sweep-measures.ts';
import type { Measured } from '../report/sweep-measures.ts';
import type { Outcome } from './row.ts';
import { spreadOf } from './simulated.ts';

export interface Around {
  readonly frameBytes: number;
  /** From the making of the run directory until no process was left, in milliseconds. */
  readonly wholeMs: number;
  readonly load: number;
  readonly record: string | null;
}

export function judged(config: RunConfig, result: Result, around: Around): Outcome {
  const { verdict, exitCode, reason, rounds } = result;
  return {
    ending: verdict,
    exitCode,
    reason,
    worstCase: rounds.worstCase,
    inputSpread: spreadOf(config.nodes.map(({ input }) => input)),
    measured: measuredOf(result, around),
    load: around.load,
    record: around.record,
  };
}

function measuredOf({ rounds, statistics, properties }: Result, around: Around): Measured {
  const { messages, processes, timing } = statistics;
  const { termination, agreement, faultBound } = properties;
  const isOver = termination.state === 'proved';
  return {
    ...nothingMeasured,
    rounds: isOver ? rounds.deciding : null,
    largestRound: rounds.largest,
    timeMs: isOver ? between(timing.startMs, timing.lastOutputMs) : null,
    messages: messages.sent,
    bytes: messages.sent * around.frameBytes,
    cpuMs: toMicroseconds(processes.reduce((total, { cpuMs }) => total + cpuMs, 0)),
    memoryBytes: Math.max(0, ...processes.map(({ rssBytesMax }) => rssBytesMax)),
    crashes: faultBound.count,
    spread: isOver ? agreement.spread : null,
    ...phasesOf(timing, around.wholeMs),
  };
}

/** Null where the run did not come to it; the four add up to the whole. */
function phasesOf(
  { registeredMs, startMs, lastOutputMs }: TimingStatistics,
  wholeMs: number,
): Pick<Measured, 'startUpMs' | 'connectMs' | 'agreeMs' | 'stopMs' | 'wholeMs'> {
  return {
    startUpMs: registeredMs,
    connectMs: between(registeredMs, startMs),
    agreeMs: between(startMs, lastOutputMs),
    stopMs: between(lastOutputMs, wholeMs),
    wholeMs,
  };
}

const between = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : toMicroseconds(to - from);

/** No clock here is finer. */
const toMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

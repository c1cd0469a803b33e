/** The bounds of a run that follow from its config. */
import type { Round } from '../agreement/algorithm.ts';
import type { Ratio } from '../agreement/ratio.ts';
import { worstCaseRounds } from '../agreement/worst-case-rounds.ts';
import { maxWaitMs } from '../faults/message-wait.ts';
import type { FaultSettings } from '../faults/settings.ts';
import type { RunConfig } from './run-config.ts';

/** The longest timer of Node.js, 24.8 days: anything longer would fire at once. */
export const DURATION_MS_MAX = 2_147_483_647;

/** The system asks ten times, a second apart, after a second of silence (runtime/transport.ts). */
export const KEEP_ALIVE_MS_MIN = 11_000;

/** More nodes than this are a mistake in the config. */
export const NODES_MAX = 10_000;

export interface RoundLimits {
  readonly worstCase: Round | null;
  readonly rounds: Round;
  readonly lastRound: Round;
}

/**
 * R is the config's word, else the worst case plus one: rounding errors may cost a round. Null
 * when neither is known. Nodes that output round R unasked enter no later one; those that wait for
 * the master's word may be a round further.
 */
export function roundLimits(
  contraction: Ratio | null,
  inputs: readonly number[],
  epsilon: number,
  asked: Round | null,
  stop: RunConfig['stop'],
): RoundLimits | null {
  const worstCase = contraction === null ? null : worstCaseRounds(contraction, inputs, epsilon);
  const rounds = asked ?? (worstCase === null ? null : worstCase + 1);
  return rounds === null
    ? null
    : { worstCase, rounds, lastRound: stop === 'rounds' ? rounds : rounds + 1 };
}

/** How long a message can wait: by its draws, then behind the last hold, period or pause that ends. */
export function longestWaitMs(faults: FaultSettings): number {
  const { timedHolds = [], partitions = [], pauses = [], clog } = faults;
  const ends = [...faults.holds, ...timedHolds, ...partitions, ...pauses].map(
    ({ untilMs }) => untilMs ?? 0,
  );
  return maxWaitMs(faults) + Math.max(0, ...ends) + (clog?.capMs ?? 0);
}

/** Every round as slow as can be, and half a minute for the machine. */
export const defaultTimeLimitMs = (lastRound: Round, longestMs: number): number =>
  Math.min(DURATION_MS_MAX, Math.ceil(30_000 + (lastRound + 2) * longestMs));

/** A report is at most one wait after the one before; twice that, and time for the machine. */
export const defaultPatienceMs = (longestMs: number): number =>
  Math.min(DURATION_MS_MAX, Math.ceil(10_000 + 2 * longestMs));

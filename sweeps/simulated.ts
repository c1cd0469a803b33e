/** A run of a sweep in virtual time. */
import type { Algorithm } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { nothingMeasured } from '../report/sweep-measures.ts';
import type { Measured } from '../report/sweep-measures.ts';
import { runSeed } from '../simulator/run-summary.ts';
import type { SimulatedRun } from '../simulator/finish-run.ts';
import type { Outcome } from './row.ts';

/** `frameBytes`: of one value on the wire, of a config. */
export function simulated(
  config: RunConfig,
  own: Algorithm<unknown> | null,
  frameBytes: (config: RunConfig) => number,
): Outcome {
  const { verdict, exitCode, reason, run } = runSeed(config, own, config.seed);
  return {
    ending: verdict,
    exitCode,
    reason,
    worstCase: config.worstCase,
    inputSpread: spreadOf(config.nodes.map(({ input }) => input)),
    measured: measuredOf(run, run.sent * frameBytes(config)),
    load: null,
    record: null,
  };
}

function measuredOf(run: SimulatedRun, bytes: number): Measured {
  const alive = run.nodes.filter(({ isCrashed }) => !isCrashed);
  const outputs = alive.flatMap(({ output }) => (output === null ? [] : [output]));
  const isOver = outputs.length === alive.length && outputs.length > 0;
  return {
    ...nothingMeasured,
    rounds: isOver ? Math.max(...outputs.map(({ round }) => round)) : null,
    largestRound: run.largest,
    timeMs: isOver ? run.finishUs / 1000 : null,
    messages: run.sent,
    bytes,
    crashes: run.nodes.length - alive.length,
    spread: isOver ? spreadOf(outputs.map(({ value }) => value)) : null,
  };
}

export const spreadOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity) -
  values.reduce((least, value) => Math.min(least, value), Infinity);

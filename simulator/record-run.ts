/** One run with its record on disk. */
import type { Algorithm } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { SimulatedRun } from './finish-run.ts';
import { createRunFiles } from './run-files.ts';
import { planOf } from './run-summary.ts';
import { simulate } from './simulate.ts';

export interface RecordedSimulation {
  readonly directory: string;
  readonly config: RunConfig;
  readonly algorithm: Algorithm<unknown>;
  /** Of the config: names the run, so that the same run has the same name. */
  readonly digest: string;
}

const DIGEST_LENGTH = 16;

/** Writes the event files of every node and of the master. Throws what the file system throws. */
export function recordRun(request: RecordedSimulation): SimulatedRun {
  const { directory, config, algorithm, digest } = request;
  const run = `simulated-${digest.slice(0, DIGEST_LENGTH)}`;
  const recording = createRunFiles(directory, run, config.nodes.length);
  const simulated = simulate(config, planOf(config), { algorithm, recording });
  recording.close();
  return simulated;
}

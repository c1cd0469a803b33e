/** A worker thread of `simulate --runs`: ranges of seeds come in, their results go out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RunConfig } from '../configs/run-config.ts';
import { importAlgorithm } from '../record/load-algorithm.ts';
import { runRange } from './seed-range.ts';
import type { SeedRange } from './seed-range.ts';

/** The launcher writes this itself (launcher/simulate-workers.ts). */
const { config, code } = workerData as { readonly config: RunConfig; readonly code: string | null };
const own = code === null ? null : await importAlgorithm(code, config.algorithm);

parentPort?.on('message', (range: SeedRange) => {
  parentPort?.postMessage(runRange(config, own, range));
});

/** `simulate --runs` on all cores: one worker thread per core, each asks for the next seeds. */
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RunConfig } from '../configs/run-config.ts';
import { joinRanges, splitSeeds } from '../simulator/seed-range.ts';
import type { ManyRuns, RangeResult, SeedRange } from '../simulator/seed-range.ts';
import { onWorkerEnd } from './worker-end.ts';

export interface ManyRunsRequest {
  readonly config: RunConfig;
  /** Of the user's algorithm; null: it is built in. */
  readonly code: string | null;
  readonly seeds: SeedRange;
  /** How many runs are done. */
  onProgress(done: number): void;
}

/** Rejects with what a worker throws. */
export async function simulateMany(request: ManyRunsRequest): Promise<ManyRuns> {
  const { config, code, seeds } = request;
  const cores = availableParallelism();
  const pieces = splitSeeds(seeds, cores);
  const results: RangeResult[] = [];
  const waiting = pieces[Symbol.iterator]();
  let done = 0;
  const note = (result: RangeResult): void => {
    results.push(result);
    done += result.range.count;
    request.onProgress(done);
  };
  const workers = Array.from({ length: Math.min(cores, pieces.length) }, () =>
    work(new Worker(ENTRY, { workerData: { config, code } }), waiting, note),
  );
  await Promise.all(workers);
  return joinRanges(seeds, results);
}

const ENTRY = join(import.meta.dirname, 'simulator.js');

/** Gives the worker one piece after the other until there is none left. */
async function work(
  worker: Worker,
  pieces: Iterator<SeedRange>,
  note: (result: RangeResult) => void,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const giveNext = (): void => {
        const next = pieces.next();
        if (next.done === true) resolve();
        else worker.postMessage(next.value);
      };
      worker.on('message', (result: RangeResult) => {
        note(result);
        giveNext();
      });
      onWorkerEnd(worker, reject);
      giveNext();
    });
  } finally {
    await worker.terminate();
  }
}

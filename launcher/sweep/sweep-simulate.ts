/** A sweep in virtual time on all cores: nothing that is measured depends on what else goes on. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PreparedSweep } from '../../sweeps/prepare-sweep.ts';
import type { Row } from '../../sweeps/row.ts';
import type { Task } from '../../sweeps/sweep.ts';
import type { LoadedAlgorithm } from '../load-run.ts';
import { onWorkerEnd } from '../worker-end.ts';
import type { SweepWorkerData, SweepWorkerReport } from './sweep-worker.ts';

export interface SweepExecution {
  readonly prepared: PreparedSweep;
  readonly own: ReadonlyMap<string, LoadedAlgorithm>;
  /** What is still to be done. */
  readonly tasks: readonly Task[];
  /** Finished runs, as they come. */
  readonly note: (rows: readonly Row[]) => void;
  /** Resolves with the signal's name when the user wants it to end. */
  readonly interrupted: Promise<string>;
}

/** Resolves when all tasks are done, or soon after an interruption. Rejects with what a worker throws. */
export async function sweepInVirtualTime(execution: SweepExecution): Promise<void> {
  const { tasks, note } = execution;
  const cores = Math.max(1, Math.min(availableParallelism(), tasks.length));
  const pieces = piecesOf(tasks, cores)[Symbol.iterator]();
  const data = workerDataOf(execution);
  const workers = Array.from({ length: cores }, () => new Worker(ENTRY, { workerData: data }));
  const ended = Promise.all(workers.map((worker) => work(worker, pieces, note)));
  try {
    await Promise.race([ended, execution.interrupted]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const ENTRY = join(import.meta.dirname, 'sweep-worker.js');

function workerDataOf({ prepared, own }: SweepExecution): SweepWorkerData {
  const { sweep, text, n, f, algorithm } = prepared.source;
  return {
    source: { sweep, text, n, f, algorithm },
    cells: prepared.cells.filter(({ skipped }) => skipped === null),
    codes: Object.fromEntries([...own].map(([path, { code, hash }]) => [path, { code, hash }])),
  };
}

const PIECES_PER_WORKER = 16;
const PIECE_MAX = 200;

function piecesOf(tasks: readonly Task[], workers: number): Task[][] {
  const even = Math.ceil(tasks.length / (workers * PIECES_PER_WORKER));
  const length = Math.min(PIECE_MAX, Math.max(1, even));
  return Array.from({ length: Math.ceil(tasks.length / length) }, (_, index) =>
    tasks.slice(index * length, (index + 1) * length),
  );
}

/** Gives the worker one piece after the other until there is none left. */
function work(
  worker: Worker,
  pieces: Iterator<Task[]>,
  note: SweepExecution['note'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveNext = (): void => {
      const next = pieces.next();
      if (next.done === true) resolve();
      else worker.postMessage(next.value);
    };
    worker.on('message', ({ rows, isIdle }: SweepWorkerReport) => {
      try {
        if (rows.length > 0) note(rows);
        if (isIdle) giveNext();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    onWorkerEnd(worker, reject);
    giveNext();
  });
}

/** A worker thread of a sweep in virtual time: tasks come in, what came of them goes out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Algorithm } from '../../agreement/algorithm.ts';
import { ConfigError } from '../../configs/config-error.ts';
import { importAlgorithm } from '../../record/load-algorithm.ts';
import { EXIT } from '../../runtime/exit-codes.ts';
import { makeRun } from '../../sweeps/make-run.ts';
import type { RunSource } from '../../sweeps/make-run.ts';
import { failedRun } from '../../sweeps/row.ts';
import type { Row } from '../../sweeps/row.ts';
import { simulated } from '../../sweeps/simulated.ts';
import { seedOf } from '../../sweeps/sweep.ts';
import type { Cell, Task } from '../../sweeps/sweep.ts';
import { frameBytes } from '../frame-bytes.ts';

/** The launcher writes both itself (sweep-simulate.ts). */
export interface SweepWorkerData {
  readonly source: Omit<RunSource, 'own'>;
  readonly cells: readonly Cell[];
  /** Of the user's algorithms, by path. */
  readonly codes: Readonly<Record<string, { readonly code: string; readonly hash: string }>>;
}

export interface SweepWorkerReport {
  readonly rows: readonly Row[];
  /** Whether it waits for the next tasks. */
  readonly isIdle: boolean;
}

/** A long run is reported before the next one begins, short ones together. */
const REPORT_MS = 100;

const { source, cells, codes } = workerData as SweepWorkerData;
const own = new Map<string, { algorithm: Algorithm<unknown>; hash: string }>();
for (const [path, { code, hash }] of Object.entries(codes)) {
  own.set(path, { algorithm: await importAlgorithm(code, path), hash });
}
const byId = new Map(cells.map((cell) => [cell.id, cell]));

parentPort?.on('message', (tasks: readonly Task[]) => {
  let rows: Row[] = [];
  let reportedMs = performance.now();
  for (const task of tasks) {
    const cell = byId.get(task.cell);
    if (cell !== undefined) rows.push(runTask(cell, task));
    if (performance.now() - reportedMs < REPORT_MS) continue;
    report({ rows, isIdle: false });
    rows = [];
    reportedMs = performance.now();
  }
  report({ rows, isIdle: true });
});

const report = (what: SweepWorkerReport): void => parentPort?.postMessage(what);

function runTask(cell: Cell, task: Task): Row {
  const seed = seedOf(source.sweep, task.repetition);
  try {
    const { config } = makeRun({ ...source, own }, cell, task.repetition);
    const algorithm = own.get(cell.algorithm)?.algorithm ?? null;
    return { ...task, seed, ...simulated(config, algorithm, frameBytes) };
  } catch (error) {
    // What is drawn may make one run of a cell illegal; anything else is a bug of ours.
    if (!(error instanceof ConfigError)) throw error;
    return { ...task, seed, ...failedRun({ exitCode: EXIT.usage, reason: error.message }) };
  }
}

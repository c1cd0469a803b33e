/** A sweep on OS processes, one run at a time: two runs beside each other would measure each other. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { configDigest } from '../../record/config-digest.ts';
import { judgeRun } from '../../report/write-result.ts';
import { describe, exitCodeOf } from '../../runtime/lifecycle.ts';
import { wallClockUs } from '../../runtime/run-clock.ts';
import { judged } from '../../sweeps/judged.ts';
import { makeRun } from '../../sweeps/make-run.ts';
import type { MadeRun } from '../../sweeps/make-run.ts';
import type { PreparedSweep } from '../../sweeps/prepare-sweep.ts';
import { sweepFiles } from '../../sweeps/results-directory.ts';
import { failedRun } from '../../sweeps/row.ts';
import type { Outcome, Row } from '../../sweeps/row.ts';
import { SweepError } from '../../sweeps/sweep-error.ts';
import { seedOf } from '../../sweeps/sweep.ts';
import type { Cell, Keeping, Task } from '../../sweeps/sweep.ts';
import type { Parsed } from '../command.ts';
import { refuseExposure } from '../exposure.ts';
import { frameBytes } from '../frame-bytes.ts';
import { nodeSnapshot } from '../node-snapshot.ts';
import { tryReport } from '../page-assets.ts';
import { prepareRun } from '../prepare-run.ts';
import type { PreparedRun } from '../prepare-run.ts';
import { runProcesses } from '../run-processes.ts';
import type { SweepExecution } from './sweep-simulate.ts';

export interface ClusterSweep extends SweepExecution {
  /** Of the sweep. */
  readonly directory: string;
  /** The finished ones. */
  readonly rows: readonly Row[];
  readonly waitMs: number;
}

/** As `cluster` refuses it: processes that strangers can reach, without TLS. Throws UsageError. */
export function refuseExposedCells({ source, cells }: PreparedSweep, parsed: Parsed): void {
  if (source.sweep.engine !== 'cluster') return;
  for (const cell of cells.filter(({ skipped }) => skipped === null)) {
    const { config } = makeRun(source, cell, 1);
    refuseExposure(config, [config.master, ...config.nodes], parsed);
  }
}

/** Resolves when all tasks are done; after an interruption when the run that goes on has ended. */
export async function sweepOnProcesses(execution: ClusterSweep): Promise<void> {
  const { prepared, tasks, note, directory: root, rows } = execution;
  const { source, byId } = prepared;
  discardStray(root, rows);
  const state = { isInterrupted: false };
  void execution.interrupted.then(() => (state.isInterrupted = true));
  for (const task of tasks) {
    const cell = byId.get(task.cell);
    if (cell === undefined) continue;
    const { outcome, directory } = await runOnce(execution, cell, task);
    // A run that was cut short says nothing; its turn comes when the sweep goes on.
    if (state.isInterrupted) {
      if (directory !== null) discard(directory);
      return;
    }
    note([{ ...task, seed: seedOf(source.sweep, task.repetition), ...outcome }]);
  }
}

interface Once {
  readonly outcome: Outcome;
  readonly directory: string | null;
}

async function runOnce(execution: ClusterSweep, cell: Cell, task: Task): Promise<Once> {
  const { prepared, directory: root } = execution;
  const { keep } = prepared.source.sweep;
  const [load = 0] = loadavg();
  let run: PreparedRun | null = null;
  try {
    const made = makeRun(prepared.source, cell, task.repetition);
    run = await prepare(execution, cell, made);
    await runProcesses(run, {
      waitMs: execution.waitMs,
      fixedPorts: false,
      onProgress: () => undefined,
      interrupted: execution.interrupted,
    });
    const wholeMs = (wallClockUs() - run.originUs) / 1000;
    const judgedRun = await judgeRun(run.directory);
    const isKept = staysAfter(keep, judgedRun.result.verdict === 'pass');
    if (isKept) tryReport(judgedRun);
    else discard(run.directory);
    const record = isKept ? relative(root, run.directory) : null;
    const around = { frameBytes: frameBytes(made.config), wholeMs, load, record };
    return { outcome: judged(made.config, judgedRun.result, around), directory: run.directory };
  } catch (error) {
    if (error instanceof SweepError) throw error;
    const record = run !== null && staysAfter(keep, false) ? relative(root, run.directory) : null;
    if (run !== null && record === null) discard(run.directory);
    const why = { exitCode: exitCodeOf(error), reason: describe(error).split('\n')[0] ?? '' };
    return { outcome: failedRun(why, { load, record }), directory: run?.directory ?? null };
  }
}

/** A process that was killed leaves the run that it was at, which no row names: it is made again. */
function discardStray(root: string, rows: readonly Row[]): void {
  const named = new Set(rows.map(({ record }) => record));
  const below = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(folder, name))
      : [];
  for (const run of below(sweepFiles.records(root)).flatMap(below).flatMap(below)) {
    if (!named.has(relative(root, run))) discard(run);
  }
}

/** With the folders above it that it leaves empty. */
function discard(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  const cell = dirname(dirname(directory));
  try {
    rmdirSync(dirname(directory));
    rmSync(join(cell, 'latest'), { force: true });
    rmdirSync(cell);
    rmdirSync(dirname(cell));
  } catch {
    // Another run is still in it.
  }
}

const staysAfter = (keep: Keeping, isPass: boolean): boolean =>
  keep === 'all' || (keep === 'doubtful' && !isPass);

/** The very path of `cluster`: the config file with flags. */
function prepare(execution: ClusterSweep, cell: Cell, { config, flags }: MadeRun) {
  const { sweep } = execution.prepared.source;
  const expected = configDigest(config);
  return prepareRun({
    file: sweep.config.file,
    flags,
    root: join(sweepFiles.records(execution.directory), `cell-${cell.id}`),
    check: async (found) => {
      if (configDigest(found) !== expected) {
        throw new SweepError(
          `${sweep.config.file} has changed since the sweep began. Put it back and go on with --resume, or begin a new sweep.`,
        );
      }
      await nodeSnapshot();
    },
  });
}

/** Makes the runs of a sweep that are still to be made, and writes down what all of them say. */
import { relative } from 'node:path';
import type { SweepResult, SweepSession } from '../../report/sweep-data.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import type { PreparedSweep } from '../../sweeps/prepare-sweep.ts';
import {
  appendRows,
  readRows,
  readSessions,
  taskKey,
  writeSessions,
  writeSweep,
} from '../../sweeps/results-directory.ts';
import { groupsByCell } from '../../sweeps/differences.ts';
import { lockDirectory } from '../../sweeps/directory-lock.ts';
import { partDirectory, rowsOfParts, sessionsOfParts, tasksOfPart } from '../../sweeps/parts.ts';
import type { Part } from '../../sweeps/parts.ts';
import type { Row } from '../../sweeps/row.ts';
import { seedOf } from '../../sweeps/sweep.ts';
import type { Task } from '../../sweeps/sweep.ts';
import { sweepResult } from '../../sweeps/sweep-result.ts';
import { writeSweepDocuments } from '../../sweeps/write-documents.ts';
import { sweepOnProcesses } from './sweep-cluster.ts';
import { beginSession, endSession } from './sweep-machine.ts';
import { createSweepProgress } from './sweep-progress.ts';
import { trySweepReport } from './sweep-report.ts';
import { sweepInVirtualTime } from './sweep-simulate.ts';
import type { StartedSweep } from './sweep-start.ts';

export interface SweepOptions {
  readonly waitMs: number;
  readonly interrupted: Promise<string>;
  /** Which of the runs that are still to be made; none: only gather what parts have made. */
  readonly share: 'all' | 'none' | Part;
}

export interface SweepEnd {
  readonly result: SweepResult;
  readonly rows: readonly Row[];
  /** Of these results: the sweep's, or that of the part. */
  readonly directory: string;
  /** Where the page is, for people. */
  readonly report: string;
  /** Runs of the part, if it is one, that are still to be made. */
  readonly left: number;
  /** The command that makes what is left. */
  readonly goOn: string;
}

export async function runSweep(whole: StartedSweep, options: SweepOptions): Promise<SweepEnd> {
  const { share } = options;
  const isPart = typeof share === 'object';
  const directory = isPart ? partDirectory(whole.directory, share) : whole.directory;
  try {
    const release = lockDirectory(directory);
    try {
      return await runLocked({ ...whole, directory }, whole.directory, options);
    } finally {
      release();
    }
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const here = relative(process.cwd(), directory) || '.';
    throw new OperatingError(
      'run-failed',
      `cannot write the results in ${here} (${error.message}). Make room or give it rights; finished runs are kept, and it goes on by ${goingOn(whole.directory, share)}`,
    );
  }
}

function goingOn(wholeDirectory: string, share: SweepOptions['share']): string {
  const here = relative(process.cwd(), wholeDirectory) || '.';
  const part = typeof share === 'object' ? ` --part ${share.index}/${share.of}` : '';
  return `npm run sweep -- --resume ${here}${part}`;
}

/** `wholeDirectory`: of the sweep; that of `started` is a part's, if it is one. */
async function runLocked(
  started: StartedSweep,
  wholeDirectory: string,
  options: SweepOptions,
): Promise<SweepEnd> {
  const { directory, prepared, configText } = started;
  writeSweep(directory, prepared.source.sweep, configText);
  const own = readRows(directory);
  const others =
    typeof options.share === 'object'
      ? readRows(wholeDirectory, { isOurs: false })
      : gather(started, own);
  // The last one counts: of its own runs a part knows where their records lie for itself.
  const rows = ofThisSweep(prepared, distinct([...others, ...own]));
  const tasks = leftFor(options.share, wholeDirectory, prepared, rows);
  const before = rows.length;
  const made = await work(started, options, { tasks, rows });
  const gathered = typeof options.share === 'object' ? [] : sessionsOfParts(directory);
  const sessions = [...made, ...gathered].toSorted(byStart);
  const result = sweepResult({ prepared, rows, sessions });
  writeSweepDocuments(directory, prepared, rows, result);
  const goOn = goingOn(wholeDirectory, options.share);
  const report = trySweepReport(directory, result, rows, goOn);
  return { result, rows, directory, report, left: tasks.length - (rows.length - before), goOn };
}

const byStart = (one: SweepSession, other: SweepSession): number =>
  one.started < other.started ? -1 : Number(one.started > other.started);

/** What the parts have made, from now on among the sweep's own. */
function gather({ directory, prepared }: StartedSweep, own: readonly Row[]): Row[] {
  const found = rowsOfParts(directory, own);
  if (found.length > 0) appendRows(directory, found, prepared.byId);
  return found;
}

const distinct = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [taskKey(row), row])).values(),
];

/** Of a sweep with fewer repetitions all; what nobody asks for, or has another seed, is left alone. */
function ofThisSweep({ tasks, source }: PreparedSweep, rows: readonly Row[]): Row[] {
  const asked = new Set(tasks.map(taskKey));
  const isAsked = (row: Row): boolean =>
    asked.has(taskKey(row)) && row.seed === seedOf(source.sweep, row.repetition);
  return rows.filter(isAsked);
}

/**
 * What is still to be made here. A part leaves alone what another one has made: it may have been begun
 * when runs were shared out otherwise.
 */
function leftFor(
  share: SweepOptions['share'],
  wholeDirectory: string,
  prepared: PreparedSweep,
  rows: readonly Row[],
): Task[] {
  if (share === 'none') return [];
  const done = new Set(rows.map(taskKey));
  const isLeft = (task: Task): boolean => !done.has(taskKey(task));
  if (share === 'all') return prepared.tasks.filter(isLeft);
  const { source, cells, tasks } = prepared;
  const elsewhere = ofThisSweep(prepared, rowsOfParts(wholeDirectory, rows));
  for (const row of elsewhere) done.add(taskKey(row));
  return tasksOfPart(tasks, share, groupsByCell(source.sweep, cells)).filter(isLeft);
}

interface Work {
  readonly tasks: readonly Task[];
  readonly rows: Row[];
}

/** Adds to `rows` what it makes. Returns all sessions in this directory; to look at a finished sweep again is none. */
async function work(
  started: StartedSweep,
  options: SweepOptions,
  { tasks, rows }: Work,
): Promise<SweepSession[]> {
  const { directory } = started;
  const before = readSessions(directory);
  if (tasks.length === 0) return before;
  const session = beginSession();
  const done = rows.length;
  writeSessions(directory, [...before, session]);
  await execute(started, options, { tasks, rows });
  const sessions = [...before, endSession(session, rows.length - done)];
  writeSessions(directory, sessions);
  return sessions;
}

async function execute(
  { directory, prepared, own }: StartedSweep,
  options: SweepOptions,
  { tasks, rows }: Work,
): Promise<void> {
  const { byId, source } = prepared;
  const before = rows.length;
  const progress = createSweepProgress(tasks.length, process.stderr);
  const note = (made: readonly Row[]): void => {
    appendRows(directory, made, byId);
    rows.push(...made);
    progress.show(rows.length - before);
  };
  const execution = { prepared, own, tasks, note, interrupted: options.interrupted };
  try {
    if (source.sweep.engine === 'simulate') await sweepInVirtualTime(execution);
    else await sweepOnProcesses({ ...execution, directory, rows, waitMs: options.waitMs });
  } finally {
    progress.close();
  }
}

/**
 * The directory of a sweep. Whatever happens to the process, what is in it is a sweep that can go on:
 * sweep.json is there before the first run, and each finished run is a line that reaches the kernel in
 * one write. The rest is made from these two, as often as one likes.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../record/make-folder.ts';
import { replaceFile } from '../record/replace-file.ts';
import type { SweepSession } from '../report/sweep-data.ts';
import type { Cell, Sweep } from './sweep.ts';
import { readRow, rowDocument } from './row.ts';
import type { Row } from './row.ts';
import { SweepError } from './sweep-error.ts';

export const sweepFiles = {
  /** The sweep as resolved. */
  sweep: (directory: string) => join(directory, 'sweep.json'),
  /** The config file as it was. */
  config: (directory: string) => join(directory, 'config.txt'),
  /** One line per finished run, in the order in which they finished. */
  rows: (directory: string) => join(directory, 'runs.jsonl'),
  rowsCsv: (directory: string) => join(directory, 'runs.csv'),
  cellsCsv: (directory: string) => join(directory, 'cells.csv'),
  differencesCsv: (directory: string) => join(directory, 'differences.csv'),
  result: (directory: string) => join(directory, 'result.json'),
  summary: (directory: string) => join(directory, 'summary.txt'),
  report: (directory: string) => join(directory, 'report.html'),
  /** One line per start of the command. */
  sessions: (directory: string) => join(directory, 'sessions.jsonl'),
  /** Run directories that are kept. */
  records: (directory: string) => join(directory, 'records'),
  /** Held by the process that writes here (directory-lock.ts). */
  lock: (directory: string) => join(directory, 'lock'),
};

export const asJson = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

export function writeSweep(directory: string, sweep: Sweep, configText: string): void {
  makeFolder(directory);
  writeFileSync(sweepFiles.config(directory), configText);
  replaceFile(sweepFiles.sweep(directory), asJson(sweep));
}

/** Null: there is no sweep in the directory. Throws SweepError when there is something else. */
export function readSweep(directory: string): { sweep: Sweep; text: string } | null {
  const path = sweepFiles.sweep(directory);
  if (!existsSync(path)) return null;
  try {
    const sweep = JSON.parse(readFileSync(path, 'utf8')) as Sweep;
    const text = readFileSync(sweepFiles.config(directory), 'utf8');
    if ((sweep as { version: unknown }).version === 1 && Array.isArray(sweep.blocks)) {
      return { sweep, text };
    }
  } catch (error) {
    throw new SweepError(`${path} cannot be read (${String(error)}). Start in another directory.`);
  }
  throw new SweepError(`${path} is no sweep of this release. Start in another directory.`);
}

/**
 * The finished runs, the first of each. A last line without an end is cut off: the process was killed
 * while it wrote it, and its run is made again. `isOurs`: nobody else may be writing there now.
 */
export function readRows(directory: string, { isOurs = true } = {}): Row[] {
  const path = sweepFiles.rows(directory);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length && isOurs) truncateSync(path, whole);
  const rows = new Map<string, Row>();
  for (const [index, line] of bytes.toString('utf8', 0, whole).split('\n').entries()) {
    if (line === '') continue;
    const row = readRow(line);
    if (row === null) {
      throw new SweepError(
        `${path}:${index + 1} is no run. Remove the line, and its run is made again.`,
      );
    }
    const key = taskKey(row);
    if (!rows.has(key)) rows.set(key, row);
  }
  return [...rows.values()];
}

export const taskKey = ({ cell, repetition }: Pick<Row, 'cell' | 'repetition'>): string =>
  `${cell}/${repetition}`;

/** One write for all of them. */
export function appendRows(
  directory: string,
  rows: readonly Row[],
  cells: ReadonlyMap<number, Cell>,
): void {
  const lines = rows.map((row) => {
    const cell = cells.get(row.cell);
    return cell === undefined ? '' : `${JSON.stringify(rowDocument(row, cell))}\n`;
  });
  appendFileSync(sweepFiles.rows(directory), lines.join(''));
}

export function readSessions(directory: string): SweepSession[] {
  const path = sweepFiles.sessions(directory);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SweepSession);
}

export const writeSessions = (directory: string, sessions: readonly SweepSession[]): void =>
  replaceFile(
    sweepFiles.sessions(directory),
    sessions.map((session) => `${JSON.stringify(session)}\n`).join(''),
  );

/**
 * A sweep in parts: each machine makes the runs of its part, in a directory of its own, for no lock
 * reaches across machines. Gathering takes what the parts have made into the sweep's own directory.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { taskKey, readRows } from './results-directory.ts';
import type { Row } from './row.ts';
import { SweepError } from './sweep-error.ts';
import type { Task } from './sweep.ts';

export interface Part {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

const FOLDER = 'parts';
const PARTS_MAX = 100_000;

/** Of text like 3/8. Throws SweepError. */
export function parsePart(text: string): Part {
  const [, first, second] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const part = { index: Number(first), of: Number(second) };
  if (part.index >= 1 && part.index <= part.of && part.of <= PARTS_MAX) return part;
  throw new SweepError(`--part ${text}: expected I/N with I from 1 to N, e.g. 3/8.`);
}

const nameOf = ({ index, of }: Part): string => join(FOLDER, `${index}-of-${of}`);

/** A sweep directory like any other. */
export const partDirectory = (sweep: string, part: Part): string => join(sweep, nameOf(part));

/** Every N-th, so that each part has something of every cell. */
export const tasksOfPart = (tasks: readonly Task[], { index, of }: Part): Task[] =>
  tasks.filter((_, position) => position % of === index - 1);

/**
 * What the parts have made that is not among `known`. Their kept records stay where they are. The
 * parts may be at work meanwhile: nothing of theirs is changed.
 */
export function rowsOfParts(sweep: string, known: readonly Row[]): Row[] {
  const folder = join(sweep, FOLDER);
  if (!existsSync(folder)) return [];
  const found = new Map<string, Row>();
  const done = new Set(known.map(taskKey));
  for (const name of readdirSync(folder).sort()) {
    for (const row of readRows(join(folder, name), { isOurs: false })) {
      const key = taskKey(row);
      if (!done.has(key) && !found.has(key)) found.set(key, movedTo(join(FOLDER, name), row));
    }
  }
  return [...found.values()];
}

const movedTo = (folder: string, row: Row): Row =>
  row.record === null ? row : { ...row, record: join(folder, row.record) };

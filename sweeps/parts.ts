/**
 * A sweep in parts: each machine makes the runs of its part, in a directory of its own, for no lock
 * reaches across machines. Gathering takes what the parts have made into the sweep's own directory.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepSession } from '../report/sweep-data.ts';
import { groupBy } from './group-by.ts';
import { taskKey, readRows, readSessions } from './results-directory.ts';
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

/**
 * Every task is in exactly one part. Whole repetitions as far as they go round: then all that is compared
 * has met the same machine. The repetitions that are left, or all if they are fewer than the parts, are
 * dealt: runs that are compared with each other together, or one by one where these would be too few
 * for all parts. `tasks`: repetition by repetition. `groups`: by cell, the same for cells that
 * are compared with each other.
 */
export function tasksOfPart(
  tasks: readonly Task[],
  part: Part,
  groups: ReadonlyMap<number, string>,
): Task[] {
  const repetitions = tasks.at(-1)?.repetition ?? 0;
  const whole = repetitions - (repetitions % part.of);
  const left = tasks.filter(({ repetition }) => repetition > whole);
  const dealt = new Set(dealtTo(part, handsOf(left, part, groups, whole > 0)));
  return tasks.filter((task) =>
    task.repetition > whole ? dealt.has(task) : (task.repetition - 1) % part.of === part.index - 1,
  );
}

/** What is dealt at once, of each repetition as many. */
function handsOf(
  tasks: readonly Task[],
  { of }: Part,
  groups: ReadonlyMap<number, string>,
  haveEnough: boolean,
): Task[][] {
  const together = groupBy(tasks, ({ cell, repetition }) => `${repetition} ${groups.get(cell)}`);
  return haveEnough || together.size >= of ? [...together.values()] : tasks.map((task) => [task]);
}

/**
 * In turn, the largest first, so that no part gets more than another by more than one hand. Whenever
 * hands and parts would meet again as before, it begins one part further: else each of 8 parts of 4
 * cells would see a single one.
 */
function dealtTo({ index, of }: Part, hands: readonly Task[][]): Task[] {
  const repetitions = new Set(hands.map(([first]) => first?.repetition)).size;
  const turn = repetitions === 0 ? of : leastCommonMultiple(hands.length / repetitions, of);
  return hands
    .toSorted((one, other) => other.length - one.length)
    .filter((_, place) => (place + Math.floor(place / turn)) % of === index - 1)
    .flat();
}

function leastCommonMultiple(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b > 0) [a, b] = [b, a % b];
  return (one / a) * other;
}

/**
 * What the parts have made that is not among `known`. Their kept records stay where they are. The
 * parts may be at work meanwhile: nothing of theirs is changed.
 */
export function rowsOfParts(sweep: string, known: readonly Row[]): Row[] {
  const found = new Map<string, Row>();
  const done = new Set(known.map(taskKey));
  for (const folder of partsIn(sweep)) {
    for (const row of readRows(join(sweep, folder), { isOurs: false })) {
      const key = taskKey(row);
      if (!done.has(key) && !found.has(key)) found.set(key, movedTo(folder, row));
    }
  }
  return [...found.values()];
}

/** Of all parts: on which machines the runs were made that were gathered from them. */
export const sessionsOfParts = (sweep: string): SweepSession[] =>
  partsIn(sweep).flatMap((folder) => readSessions(join(sweep, folder)));

/** From the sweep's directory. */
function partsIn(sweep: string): string[] {
  const folder = join(sweep, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(FOLDER, name));
}

const movedTo = (folder: string, row: Row): Row =>
  row.record === null ? row : { ...row, record: join(folder, row.record) };

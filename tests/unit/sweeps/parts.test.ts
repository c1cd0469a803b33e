import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupBy } from '../../../sweeps/group-by.ts';
import { parsePart, partDirectory, rowsOfParts, tasksOfPart } from '../../../sweeps/parts.ts';
import { sweepFiles, taskKey } from '../../../sweeps/results-directory.ts';

let sweep = '';

beforeEach(() => {
  sweep = mkdtempSync(join(tmpdir(), 'within-parts-'));
});

afterEach(() => {
  rmSync(sweep, { recursive: true });
});

/** As prepareSweep orders them: repetition by repetition. Cells `n`, compared by `value`; not all are there. */
interface Shape {
  readonly cells: readonly { readonly n: number; readonly value: number }[];
  readonly repetitions: number;
  readonly of: number;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  cells: fc.uniqueArray(fc.record({ n: fc.nat(5), value: fc.nat(3) }), {
    minLength: 1,
    selector: ({ n, value }) => 4 * n + value,
  }),
  repetitions: fc.integer({ min: 1, max: 14 }),
  of: fc.integer({ min: 1, max: 20 }),
});

function sharedOut({ cells, repetitions, of }: Shape) {
  const groups = new Map(cells.map(({ n }, index) => [index + 1, `${n}`]));
  const tasks = Array.from({ length: repetitions }, (_, repetition) =>
    cells.map((_cell, index) => ({ cell: index + 1, repetition: repetition + 1 })),
  ).flat();
  const parts = Array.from({ length: of }, (_, index) =>
    tasksOfPart(tasks, { index: index + 1, of }, groups),
  );
  const pairs = groupBy(cells.keys(), (index) => groups.get(index + 1));
  return { tasks, parts, groups, pairs: [...pairs.values()] };
}

const range = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

describe('parts', () => {
  test('share the runs: each is in exactly one of them, in order, however many parts there are', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { tasks, parts } = sharedOut(shape);
        const place = new Map(tasks.map((task, index) => [taskKey(task), index]));
        const placed = parts.map((part) => part.map((task) => place.get(taskKey(task)) ?? NaN));
        for (const one of placed) expect(one).toEqual(one.toSorted((a, b) => a - b));
        expect(placed.flat().toSorted((a, b) => a - b)).toEqual([...tasks.keys()]);
      }),
    );
  });

  test('are as large as each other, but for the runs that are compared with each other', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { tasks, parts, pairs } = sharedOut(shape);
        const sizes = parts.map(({ length }) => length);
        const areTogether = pairs.length * shape.repetitions >= shape.of;
        const together = areTogether ? Math.max(...pairs.map(({ length }) => length)) : 1;
        expect(range(sizes)).toBeLessThanOrEqual(together);
        if (tasks.length >= shape.of) expect(Math.min(...sizes)).toBeGreaterThan(0);
      }),
    );
  });

  test('keep runs together that are compared, and see every cell, where repetitions suffice', () => {
    let apart = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        const { parts, groups, pairs } = sharedOut(shape);
        const places = new Map<string, Set<number>>();
        for (const [index, part] of parts.entries()) {
          for (const { cell, repetition } of part) {
            const key = `${groups.get(cell)} ${repetition}`;
            places.set(key, (places.get(key) ?? new Set()).add(index));
          }
        }
        const isApart = [...places.values()].some(({ size }) => size > 1);
        if (pairs.length * shape.repetitions >= shape.of) expect(isApart).toBe(false);
        else if (isApart) apart += 1;
        if (shape.repetitions < shape.of) return;
        const seen = parts.map((part) => new Set(part.map(({ cell }) => cell)).size);
        expect(new Set(seen)).toEqual(new Set([shape.cells.length]));
      }),
    );
    // Few repetitions over many parts cannot stay together.
    expect(apart).toBeGreaterThan(0);
  });

  test('see other cells in every turn when there are fewer repetitions than parts', () => {
    const cells = Array.from({ length: 4 }, (_, n) => ({ n, value: 0 }));
    const { parts } = sharedOut({ cells, repetitions: 7, of: 8 });
    for (const part of parts) {
      expect(new Set(part.map(({ cell }) => cell)).size).toBe(part.length);
    }
  });
});

test.each(['0/3', '4/3', '3', '1/0', '-1/3', 'a/b', '1/1000000'])('%s is no part', (text) => {
  expect(() => parsePart(text)).toThrow(/expected I\/N/);
});

test('what parts have made is taken once; a line that is being written is left alone', () => {
  const row = (repetition: number, record: string | null = null): string =>
    `${JSON.stringify({ cell: 1, repetition, ending: 'pass', record })}\n`;
  const write = (index: number, text: string): string => {
    const file = sweepFiles.rows(partDirectory(sweep, { index, of: 2 }));
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, text);
    return file;
  };
  write(1, row(1) + row(2, 'records/cell-1/x'));
  const busy = write(2, `${row(2)}${row(3)}{"cell":1,"repe`);
  const found = rowsOfParts(sweep, []);
  expect(found.map(({ repetition }) => repetition)).toEqual([1, 2, 3]);
  expect(found[1]?.record).toBe(join('parts', '1-of-2', 'records/cell-1/x'));
  expect(readFileSync(busy, 'utf8')).toContain('{"cell":1,"repe');
  expect(rowsOfParts(sweep, found)).toEqual([]);
});

test('a sweep without parts has none', () => {
  expect(rowsOfParts(sweep, [])).toEqual([]);
});

import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parsePart, partDirectory, rowsOfParts, tasksOfPart } from '../../../sweeps/parts.ts';
import { sweepFiles } from '../../../sweeps/results-directory.ts';

let sweep = '';

beforeEach(() => {
  sweep = mkdtempSync(join(tmpdir(), 'within-parts-'));
});

afterEach(() => {
  rmSync(sweep, { recursive: true });
});

const tasks = Array.from({ length: 11 }, (_, i) => ({ cell: i % 3, repetition: i }));

test('parts share the runs: each is in exactly one of them', () => {
  const parts = [1, 2, 3, 4].map((index) => tasksOfPart(tasks, { index, of: 4 }));
  expect(parts.flat().toSorted((a, b) => a.repetition - b.repetition)).toEqual(tasks);
  expect(parts.map(({ length }) => length)).toEqual([3, 3, 3, 2]);
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

/** The benchmark runs and its numbers are sane. How large they are is no business of a test. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Results } from '../../bench/results.ts';
import { openScratch } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** Every number of a document, with its place. */
function numbersOf(value: unknown, place = ''): [string, number][] {
  if (typeof value === 'number') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => numbersOf(part, `${place}/${key}`));
}

test('a quick benchmark measures every part and leaves a table, JSON and a plot', async () => {
  const folder = join(scratch.directory, 'bench');
  const { code, stdout, stderr } = await scratch.launch([
    ...['bench', '--quick', '--json', '--folder', folder],
  ]).ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const results = JSON.parse(stdout) as Results;
  expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))).toEqual(results);
  expect(Object.keys(results.parts).sort()).toEqual([
    'growth',
    'memory',
    'simulator',
    'steady',
    'watched',
    'whole',
  ]);
  const { whole, memory, simulator } = results.parts;
  // Differences of two noisy runs may come out below 0; what was measured directly may not.
  for (const [place, number] of numbersOf([whole, memory, simulator])) {
    expect({ place, isMeasured: number > 0 || place.includes('/load/') }).toEqual({
      place,
      isMeasured: true,
    });
  }
  const [run] = whole?.value ?? [];
  // Five nodes in a run of more than one round; both sides did the same job.
  expect(run?.within.messages).toBeGreaterThan(5 * 5);
  expect(run?.floor.messages).toBeGreaterThan(5 * 5);
  expect(run?.within.rounds).toBeLessThanOrEqual(20);
  expect(readFileSync(join(folder, 'table.md'), 'utf8')).toContain('## Whole cluster');
  expect(readFileSync(join(folder, 'plot.svg'), 'utf8')).toMatch(/^<svg [^]*Within[^]*<\/svg>\s*$/);
}, 600_000);

test('a part that does not exist is named, with those that do', async () => {
  const folder = join(scratch.directory, 'bench');
  const { code, stderr } = await scratch.launch(['bench', '--parts', 'speed', '--folder', folder])
    .ended;
  expect(code).toBe(254);
  expect(stderr).toMatch(/--parts speed: expected some of whole, steady, memory/);
  expect(existsSync(folder)).toBe(false);
});

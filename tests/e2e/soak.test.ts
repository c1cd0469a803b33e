/** A short soak, so that the command itself is tested; long ones are run by hand. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { drawTrial } from '../../stress/trial.ts';
import { openScratch } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'six runs under random faults and disturbances: none judged wrongly, none left',
  async () => {
    const words = [
      'soak',
      '--runs',
      '6',
      '--seed',
      '11',
      '--folder',
      join(scratch.directory, 'soak'),
    ];
    const { code, stdout } = await scratch.launch([...words, '--json']).ended;
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const { tally, problems } = JSON.parse(stdout) as {
      readonly tally: { readonly runs: number };
      readonly problems: number;
    };
    expect({ runs: tally.runs, problems }).toEqual({ runs: 6, problems: 0 });
  },
  300_000,
);

test('a trial is drawn by its number: the same again, and no two alike', () => {
  const draw = (number: number): string =>
    JSON.stringify(drawTrial(11, number, { canReset: true }));
  expect(draw(4)).toBe(draw(4));
  expect(new Set(Array.from({ length: 50 }, (_, number) => draw(number))).size).toBe(50);
});

test('every kind of fault and disturbance is drawn', () => {
  const trials = Array.from({ length: 300 }, (_, number) =>
    drawTrial(11, number, { canReset: true }),
  );
  const kinds = new Set(trials.flatMap(({ disturbances }) => disturbances.map(({ kind }) => kind)));
  const expected = ['interrupt', 'kill', 'kill-launcher', 'pause', 'reset', 'stranger'];
  expect([...kinds].sort()).toEqual(expected);
  const asked = new Set(trials.flatMap((trial) => trial.asked));
  expect([...asked].sort()).toEqual(['clog', 'duplicate', 'loss', 'partition', 'slow']);
});

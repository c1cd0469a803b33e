import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { allNodes } from '../../agreement/resilience.ts';
import type { ManyRunsDocument } from '../../launcher/many-runs-text.ts';
import type { Result } from '../../record/result.ts';
import { configOf, nodeEvents, openScratch, planOf, sample } from '../fixtures/launched.ts';
import type { Finished, Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const simulate = (words: readonly string[]): Promise<Finished> =>
  scratch.launch(['simulate', '--folder', scratch.runs, ...words]).ended;

/** values[node][round], as far as the node got. */
const valuesIn = (run: string, lastRound: number): number[][] =>
  allNodes(configOf(run).nodes.length).map((id) =>
    nodeEvents(run, id).flatMap((event) =>
      event.kind === 'report' && event.round <= lastRound ? [event.value] : [],
    ),
  );

/** Both as long as the shorter one: a cluster's nodes may get further before they are stopped. */
const upTo = (values: number[][], other: number[][]): number[][] =>
  values.map((history, index) => history.slice(0, other[index]!.length));

describe('simulate, once', () => {
  test('says the same twice, byte for byte, and leaves a record that is a pass', async () => {
    const first = await simulate([sample('5nodes')]);
    const before = scratch.run()!;
    const second = await simulate([sample('5nodes')]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^PASS /m);
    expect(first.stdout).toMatch(/^repeat {2}npm run simulate -- .*5nodes\.txt --seed 7$/m);
    expect(second.stdout).toBe(first.stdout);
    const after = scratch.run()!;
    expect(after).not.toBe(before);
    for (const name of readdirSync(before)) {
      const bytes = readFileSync(join(after, name));
      expect({ name, same: bytes.equals(readFileSync(join(before, name))) }).toEqual({
        name,
        same: true,
      });
    }
  });

  test('with --json standard output is the result and nothing else', async () => {
    const { code, stdout, stderr } = await simulate([sample('3nodes'), '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Result).verdict).toBe('pass');
    expect(stderr).toMatch(/^PASS /m);
  });

  test('has the plan that the cluster has', async () => {
    await simulate([sample('crash-heavy'), '--seed', '11']);
    const plan = planOf(scratch.run()!);
    await scratch.cluster([sample('crash-heavy'), '--seed', '11', '--delay', '0 1']);
    expect(planOf(scratch.run()!)).toEqual(plan);
    expect(plan.crashes.length).toBeGreaterThan(0);
  });
});

describe('a scripted schedule', () => {
  // m2 scripts its first two rounds; from then on real processes go their own ways.
  test.each([
    ['a1', Infinity],
    ['a3', Infinity],
    ['a6', Infinity],
    ['a7', Infinity],
    ['m1', Infinity],
    ['m2', 1],
  ])(
    '%s gives the same values in virtual time and in real processes',
    async (name, lastScripted) => {
      const file = sample(join('schedules', name));
      expect((await simulate([file])).code).toBe(0);
      const simulated = valuesIn(scratch.run()!, lastScripted);
      const { code, stdout } = await scratch.cluster([file]);
      expect({ code, isPass: /^PASS /m.test(stdout) }).toEqual({ code: 0, isPass: true });
      const real = valuesIn(scratch.run()!, lastScripted);
      expect(upTo(real, simulated)).toEqual(upTo(simulated, real));
      expect(Math.min(...real.map((history) => history.length))).toBeGreaterThan(0);
    },
  );

  test('for any n and f comes as a config', async () => {
    const { code, stdout } = await scratch.launch(['simulate', '--two-camps', '9 4']).ended;
    expect(code).toBe(0);
    const file = scratch.config(stdout.split('\n'));
    const run = await simulate([file, '--json']);
    const { rounds } = JSON.parse(run.stdout) as Result;
    expect(rounds).toMatchObject({ deciding: 31, worstCase: 31 });
  });
});

describe('simulate, many seeds', () => {
  test('prints a table and exits with 0 when all is well', async () => {
    const { code, stdout, stderr } = await simulate([sample('5nodes'), '--runs', '200']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^5nodes: 5 nodes, .*, seeds 1 to 200$/m);
    expect(stdout).toMatch(/^200 pass, 0 violated, 0 inconclusive$/m);
    expect(stdout).toMatch(/^deciding round +\d+ +\d+ +\d+ +\d+$/m);
    expect(stderr).toMatch(/^200 runs in [\d.]+ s, [\d.]+ million deliveries per second\n$/);
    expect(scratch.run()).toBeNull();
  });

  test('says the same whatever the workers do', async () => {
    const words = [sample('crash-heavy'), '--runs', '150', '--seed-from', '1000', '--json'];
    const [first, second] = [await simulate(words), await simulate(words)];
    expect(second.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({ firstSeed: 1000, runs: 150, exitCode: 0 });
  });

  test('names a seed that is no pass with the command that repeats it', async () => {
    const wrong = sample(join('algorithms', 'wrong', 'median'));
    const { code, stdout } = await simulate([wrong, '--runs', '30', '--json', '--crash', '0']);
    expect(code).toBe(1);
    const document = JSON.parse(stdout) as ManyRunsDocument;
    expect(document.verdicts).toEqual({ pass: 0, violated: 30, inconclusive: 0 });
    expect(document.exceptions).toHaveLength(20);
    expect(document.exceptionsNotShown).toBe(10);
    const [exception] = document.exceptions;
    expect(exception).toMatchObject({ seed: 1, verdict: 'violated' });
    const words = exception!.repeat.split(' -- ')[1]!.split(' ');
    const repeated = await simulate(words);
    expect(repeated.code).toBe(1);
    expect(repeated.stdout).toContain(exception!.reason);
  });

  test.each([
    [['--runs', '0'], '--runs 0: expected a number of at least 1'],
    [['--runs', '1.5'], '--runs 1.5: expected a whole number'],
    [['--runs', '3', '--seed', '7'], '--seed is for one run; with --runs say --seed-from N'],
    [['--two-camps', '4 2'], 'Give FILE or --two-camps, not both'],
  ])('%j is refused', async (words, problem) => {
    const { code, stderr, stdout } = await simulate([sample('5nodes'), ...words]);
    expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
    expect(stderr).toContain(problem);
  });

  test('two camps that cannot meet, and no file at all, are refused', async () => {
    const camps = await scratch.launch(['simulate', '--two-camps', '4 2']).ended;
    expect(camps.code).toBe(254);
    expect(camps.stderr).toContain('--two-camps "4 2": expected "N F"');
    const none = await scratch.launch(['simulate']).ended;
    expect(none.code).toBe(254);
    expect(none.stderr).toContain('Give one FILE');
  });
});

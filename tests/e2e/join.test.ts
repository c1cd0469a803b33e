/** Processes that an engine would start: rank, size and master, and nothing else by hand. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runFiles } from '../../record/run-directory.ts';
import { freePort } from '../fixtures/free-ports.ts';
import { masterEvents, openScratch, planOf, resultOf, sample } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { signal } from '../fixtures/os-process.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;
let master = '';

beforeEach(async () => {
  scratch = openScratch();
  master = `127.0.0.1:${await freePort()}`;
});

afterEach(() => scratch.clear());

/** The same words for every rank, as engines start them; ranks by variable. */
const joinAs = (rank: number, size: number, words: readonly string[]): Launched =>
  scratch.launch(['join', '--folder', scratch.runs, ...words], {
    env: {
      ...{ WITHIN_RANK: String(rank), WITHIN_SIZE: String(size), WITHIN_MASTER: master },
      // Where private folders are made: what a killed rank leaves goes with the rest.
      TMPDIR: scratch.directory,
    },
  });

const joinAll = (size: number, words: readonly string[]): Launched[] =>
  Array.from({ length: size }, (_, rank) => joinAs(rank, size, words));

const codesOf = async (all: readonly Launched[]) =>
  (await Promise.all(all.map(({ ended }) => ended))).map(({ code }) => code);

describe('a run of ranks', () => {
  test('passes, with the plan that one machine and the simulator have', async () => {
    const words = [sample('5nodes'), '--seed', '3', '--local-record'];
    const all = joinAll(6, words);
    const [first] = await Promise.all(all.map(({ ended }) => ended));
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS /m) });
    const run = scratch.run()!;
    const plan = planOf(run);
    expect(plan.crashes.length).toBeGreaterThan(0);
    const cluster = ['cluster', '--folder', join(scratch.directory, 'c'), ...words.slice(0, 3)];
    const simulate = ['simulate', '--folder', join(scratch.directory, 's'), ...words.slice(0, 3)];
    await Promise.all([cluster, simulate].map((one) => scratch.launch(one).ended));
    for (const folder of ['c', 's']) {
      expect(planOf(join(scratch.directory, folder, 'latest'))).toEqual(plan);
    }
    const check = await scratch.launch(['check', run]).ended;
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('PASS') });
  });

  test('silent crashes by the plan: their records are home before they die', async () => {
    const words = ['--seed', '3', '--crash', '1', '--crash-mode', 'silent', '--local-record'];
    const codes = await codesOf(joinAll(6, [sample('5nodes'), ...words]));
    expect(codes.filter((code) => code === null)).toHaveLength(2);
    expect(codes[0]).toBe(0);
    expect(resultOf(scratch.run()!)).toMatchObject({
      verdict: 'pass',
      statistics: { crashes: { fired: 2 } },
    });
  });

  test('a rank that is killed is a crash of the algorithm; its record is missing, and no more', async () => {
    const words = ['--crash', '0', '--delay', '300 300', '--local-record'];
    const all = joinAll(6, [sample('5nodes'), ...words]);
    await until(() => all[2]!.stdout().includes('running'), 'node 2 to run');
    signal(all[2]!.pid, 'SIGKILL');
    expect((await codesOf(all)).filter((code) => code === 0)).toHaveLength(5);
    const run = scratch.run()!;
    expect(resultOf(run).verdict).toBe('pass');
    expect(masterEvents(run)).toContainEqual(expect.objectContaining({ kind: 'death', node: 2 }));
    expect(existsSync(runFiles.events(run, 2))).toBe(false);
    expect((await scratch.launch(['check', run]).ended).code).toBe(0);
  });

  test('an algorithm of the user reaches nodes that do not see its file', async () => {
    const words = [sample('5nodes'), '--algorithm', 'configs/algorithms/weighted-midpoint.ts'];
    const codes = await codesOf(joinAll(6, [...words, '--crash', '0', '--local-record']));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    expect(resultOf(scratch.run()!).verdict).toBe('pass');
  });

  test('with keys: TLS, said by the keys alone', async () => {
    const keys = join(scratch.directory, 'keys');
    await scratch.launch(['keys', sample('3nodes'), '--folder', keys]).ended;
    const words = [sample('3nodes'), '--crash', '0', '--keys', join(keys, '3nodes')];
    expect(await codesOf(joinAll(4, words))).toEqual([0, 0, 0, 0]);
    const resolved = readFileSync(runFiles.resolved(scratch.run()!), 'utf8');
    expect(JSON.parse(resolved)).toMatchObject({ tls: true });
  });

  test('SIGTERM to all of them, as scancel sends it: one interrupted run, whole records', async () => {
    const words = ['--crash', '0', '--delay', '600 600', '--epsilon', '1e-9', '--local-record'];
    const all = joinAll(4, [sample('3nodes'), ...words]);
    await until(() => all.slice(1).every((one) => one.stdout().includes('running')), 'the start');
    for (const { pid } of all) signal(pid, 'SIGTERM');
    expect((await codesOf(all))[0]).toBe(143);
    const run = scratch.run()!;
    expect(resultOf(run)).toMatchObject({ verdict: 'inconclusive' });
    expect(masterEvents(run)).toContainEqual(
      expect.objectContaining({ kind: 'finish', outcome: 'interrupted' }),
    );
    for (const id of [1, 2, 3]) expect(existsSync(runFiles.events(run, id))).toBe(true);
  });
});

describe('what cannot be joined is refused before anything happens', () => {
  test('a size that does not belong to the config', async () => {
    expect(await joinAs(0, 5, [sample('5nodes')]).ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/has 5 nodes and so needs 6 processes.*5 were started/),
    });
    expect(scratch.run()).toBeNull();
  });

  test('rank 0 without a config', async () => {
    expect(await joinAs(0, 6, []).ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/which config\? Give FILE/),
    });
  });

  test('no rank from anybody', async () => {
    expect(await scratch.launch(['join', sample('5nodes')]).ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/which rank\?.*WITHIN_RANK/),
    });
  });

  test.each([0, 1])('rank %d at an address that others reach, without keys', async (rank) => {
    const words = ['join', sample('3nodes'), '--rank', String(rank), '--master', 'h1:20000'];
    expect(await scratch.launch(words).ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/0\.0\.0\.0 can be reached.*--insecure/),
    });
  });

  test('no master within --wait: said, and no folder left behind', async () => {
    const { code, stderr } = await joinAs(1, 4, ['--wait', '0.5']).ended;
    expect({ code, stderr }).toMatchObject({
      code: 255,
      stderr: expect.stringContaining('no master answered'),
    });
    expect(readdirSync(scratch.directory)).toEqual([]);
  });
});

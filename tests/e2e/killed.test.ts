import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  childPid,
  childPids,
  configOf,
  launcher,
  masterEvents,
  openScratch,
  resultOf,
  sample,
} from '../fixtures/launched.ts';
import type { Launched, LaunchOptions, Scratch } from '../fixtures/launched.ts';
import { isRunning, membersOf, signal } from '../fixtures/os-process.ts';
import { reaches, spawned, underWay } from '../fixtures/under-way.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** Three nodes of which one may fail, some ten rounds of a second each. */
const slowly = (options?: LaunchOptions): Launched => launch('1000 1000', options);

const launch = (delay: string, options?: LaunchOptions): Launched => {
  const { command = [...launcher, 'cluster'] } = options ?? {};
  const words = [sample('3nodes'), '--folder', scratch.runs, '--delay', delay, '--crash', '0'];
  return scratch.launch(words, { ...options, command });
};

const nothingRuns = (launched: Launched): Promise<void> =>
  until(() => membersOf(launched.pid).length === 0, 'the end of all processes', 30_000);

const kill = (run: string, id: number): void => {
  signal(childPid(run, id)!, 'SIGKILL');
};

describe('kill -9 of the launcher leaves no process behind', () => {
  test('in the middle of a run', async () => {
    const launched = slowly();
    const run = await underWay(scratch, launched);
    expect(membersOf(launched.pid)).toHaveLength(5);
    signal(launched.pid, 'SIGKILL');
    expect(await launched.ended).toMatchObject({ signal: 'SIGKILL' });
    await nothingRuns(launched);
    expect(childPids(run).filter(isRunning)).toEqual([]);
  });

  test.each([0, 1, 3])('when process %d has just been started', async (id) => {
    const launched = slowly();
    await spawned(scratch, launched, id);
    signal(launched.pid, 'SIGKILL');
    await launched.ended;
    await nothingRuns(launched);
  });

  test('and neither does kill -9 of npm above it', async () => {
    const launched = slowly({ command: ['npm', 'run', '--silent', 'cluster', '--'] });
    await underWay(scratch, launched);
    signal(launched.pid, 'SIGKILL');
    await nothingRuns(launched);
    expect(resultOf(scratch.run()!)).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('kill -9 of the master is a failure of the tool: 255, and the nodes end', () => {
  test('in the middle of a run', async () => {
    const launched = slowly();
    kill(await underWay(scratch, launched), 0);
    const { code, stderr } = await launched.ended;
    expect(code).toBe(255);
    expect(stderr).toMatch(/master .*killed by SIGKILL/);
    await nothingRuns(launched);
  });

  test('before it listens', async () => {
    const launched = slowly();
    kill(await spawned(scratch, launched, 0), 0);
    expect((await launched.ended).code).toBe(255);
    await nothingRuns(launched);
  });
});

describe('kill -9 of a node is a crash', () => {
  test('up to f of them the run goes on and can pass', async () => {
    const launched = launch('300 300');
    const run = await underWay(scratch, launched);
    kill(run, 2);
    const { code, stdout } = await launched.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^PASS /m) });
    const { ledger, properties } = resultOf(run);
    expect(ledger).toContainEqual(expect.objectContaining({ node: 2, status: 'unplanned' }));
    expect(properties.termination).toMatchObject({ done: 2, of: 2 });
    await nothingRuns(launched);
  });

  test('with more than f of them nothing is promised: inconclusive', async () => {
    const launched = slowly();
    const run = await underWay(scratch, launched);
    for (const id of [1, 3]) kill(run, id);
    const { code, stdout } = await launched.ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/^INCONCLUSIVE .*nodes 1 and 3 died; at most f = 1 may/m);
    await nothingRuns(launched);
  });

  test('before the start there is no run yet: inconclusive', async () => {
    const launched = slowly();
    const run = await spawned(scratch, launched, 0);
    // While the master stands still nothing can start.
    signal(childPid(run, 0)!, 'SIGSTOP');
    await spawned(scratch, launched, 2);
    kill(run, 2);
    signal(childPid(run, 0)!, 'SIGCONT');
    const { code, stdout } = await launched.ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/^INCONCLUSIVE .*node 2 .*before the start/m);
    await nothingRuns(launched);
  });
});

test('a node that stands still for a while is slow, not dead', async () => {
  const launched = launch('250 250');
  const run = await underWay(scratch, launched);
  signal(childPid(run, 2)!, 'SIGSTOP');
  // The others need only n − f values and run ahead as far as they may.
  await reaches(scratch, launched, 'the last round of node 1', () =>
    reportsOf(run, 1).includes(configOf(run).lastRound),
  );
  const reported = reportsOf(run, 2).length;
  signal(childPid(run, 2)!, 'SIGCONT');
  const { code } = await launched.ended;
  expect(code).toBe(0);
  expect(resultOf(run).properties.termination).toMatchObject({ done: 3, of: 3 });
  expect(masterEvents(run).some(({ kind }) => kind === 'death')).toBe(false);
  expect(reportsOf(run, 2).length).toBeGreaterThan(reported);
  await nothingRuns(launched);
});

/** Rounds that the master has heard of. */
const reportsOf = (run: string, id: number): number[] =>
  masterEvents(run).flatMap((event) =>
    event.kind === 'report' && event.from === id ? [event.round] : [],
  );

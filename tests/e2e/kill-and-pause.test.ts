/** Signals from outside: scripted ones by the clock of the run, and somebody's own. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Scratch } from '../fixtures/launched.ts';
import {
  childPids,
  launcherEvents,
  masterEvents,
  nodeEvents,
  openScratch,
  resultOf,
  sample,
} from '../fixtures/launched.ts';
import { isRunning, signal } from '../fixtures/os-process.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const startOf = (run: string): number => masterEvents(run).find(({ kind }) => kind === 'start')!.t;

describe('a script', () => {
  test('kills and pauses by the clock, and the ledger finds it so', async () => {
    const { code, stdout } = await scratch.cluster([sample('kill-and-pause')]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const run = scratch.run()!;
    const acts = masterEvents(run).filter((event) => 'origin' in event);
    expect(acts.map((act) => `${act.kind} ${'node' in act ? act.node : ''}`)).toEqual([
      'pause 2',
      'kill 3',
      'resume 2',
    ]);
    for (const [index, ms] of [60, 100, 400].entries()) {
      expect(acts[index]!.t - startOf(run)).toBeGreaterThanOrEqual(ms * 1000);
    }
    expect(resultOf(run).ledger.map(({ fault, status }) => `${fault} ${status}`)).toEqual([
      'crash fired',
      'pause fired',
    ]);
    // The kernel's word for it.
    const killed = launcherEvents(run).find((event) => event.kind === 'exited' && event.node === 3);
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    expect(nodeEvents(run, 3).map(({ kind }) => kind)).not.toContain('crash');
    expect(childPids(run).filter(isRunning)).toEqual([]);
  });

  test('that comes too late for the run makes it inconclusive, and does not hold it up', async () => {
    const { code, stdout } = await scratch.cluster([sample('5nodes'), '--kill', '1 at 600000']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/node 1 was to be killed at 600000 ms; the run was over after \d+ ms/);
  });

  test('that pauses for ever is ended by patience, and everybody leaves', async () => {
    const words = ['--crash', '0', '--delay', '10 20', '--patience', '1 s'];
    const pause = ['--pause', '2 from 5 until never'];
    const { code } = await scratch.cluster([sample('5nodes'), ...words, ...pause]);
    expect(code).toBe(2);
    const run = scratch.run()!;
    expect(masterEvents(run).find(({ kind }) => kind === 'finish')).toMatchObject({
      outcome: 'no-progress',
    });
    expect(childPids(run).filter(isRunning)).toEqual([]);
    expect(nodeEvents(run, 2).at(-1)).toMatchObject({ kind: 'statistics' });
  });
});

describe('slow is not dead', () => {
  test('a node that somebody stops and continues goes on, and the run passes', async () => {
    const words = ['--crash', '0', '--delay', 'constant 30', '--epsilon', '1e-9'];
    const launched = scratch.launch([
      'cluster',
      '--folder',
      scratch.runs,
      sample('5nodes'),
      ...words,
    ]);
    await until(() => {
      const run = scratch.run();
      return run !== null && nodeEvents(run, 2).some(({ kind }) => kind === 'multicast');
    }, 'node 2 to be under way');
    const run = scratch.run()!;
    const spawned = launcherEvents(run).find(
      (event) => event.kind === 'spawned' && event.node === 2,
    );
    const pid = spawned?.kind === 'spawned' ? spawned.pid : -1;
    signal(pid, 'SIGSTOP');
    // Long enough that nobody could take it for an ordinary delay.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(masterEvents(run).map(({ kind }) => kind)).not.toContain('death');
    expect(masterEvents(run).map(({ kind }) => kind)).not.toContain('finish');
    signal(pid, 'SIGCONT');
    const { code } = await launched.ended;
    expect(code).toBe(0);
    expect(resultOf(run)).toMatchObject({
      verdict: 'pass',
      properties: { faultBound: { count: 0 } },
      ledger: [],
    });
  });
});

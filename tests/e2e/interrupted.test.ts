import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runFiles } from '../../record/run-directory.ts';
import {
  childPid,
  launcherEvents,
  masterEvents,
  openScratch,
  resultOf,
  sample,
} from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { membersOf, signal } from '../fixtures/os-process.ts';
import { spawned, underWay } from '../fixtures/under-way.ts';
import { pause, until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** Some ten rounds of a second each: long enough to be interrupted in. */
const slowly = (): Launched =>
  scratch.launch([
    ...['cluster', sample('3nodes'), '--folder', scratch.runs],
    ...['--delay', '1000 1000', '--crash', '0'],
  ]);

const nothingRuns = (launched: Launched): Promise<void> =>
  until(() => membersOf(launched.pid).length === 0, 'the end of all processes', 30_000);

const nodeExits = (run: string) =>
  launcherEvents(run).flatMap((event) =>
    event.kind === 'exited' && event.node > 0 ? [event.code ?? event.signal] : [],
  );

describe('Ctrl-C, which reaches every process of the group at once', () => {
  test('in the middle of a run: 130, inconclusive, and no node counts as crashed', async () => {
    const launched = slowly();
    const run = await underWay(scratch, launched);
    launched.signalGroup('SIGINT');
    const { code, stdout } = await launched.ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^INCONCLUSIVE .*interrupted \(SIGINT\)/m);
    expect(resultOf(run).verdict).toBe('inconclusive');
    expect(nodeExits(run)).toEqual([2, 2, 2]);
    const kinds = masterEvents(run).map(({ kind }) => kind);
    expect(kinds).not.toContain('death');
    expect(masterEvents(run).find(({ kind }) => kind === 'finish')).toMatchObject({
      outcome: 'interrupted',
    });
    await nothingRuns(launched);
  });

  test.each([0, 2, 3])(
    'when process %d has just been started: 130, whichever it kills',
    async (id) => {
      const launched = slowly();
      await spawned(scratch, launched, id);
      launched.signalGroup('SIGINT');
      expect((await launched.ended).code).toBe(130);
      await nothingRuns(launched);
    },
  );

  test('before the launcher itself is up: it ends as any command would', async () => {
    const launched = slowly();
    launched.signalGroup('SIGINT');
    const { code, signal: by } = await launched.ended;
    expect([by, code]).toEqual(code === null ? ['SIGINT', null] : [null, 130]);
    await nothingRuns(launched);
  });

  test('twice: the second one does not wait for anybody, and no process is left', async () => {
    const launched = slowly();
    const run = await underWay(scratch, launched);
    // A process that stands still keeps the others waiting.
    signal(childPid(run, 2)!, 'SIGSTOP');
    launched.signalGroup('SIGINT');
    await until(
      () => masterEvents(run).some(({ kind }) => kind === 'finish'),
      'the first Ctrl-C to arrive',
    );
    // Sooner it would be taken for the same one, passed on by npm.
    await pause(700);
    signal(launched.pid, 'SIGINT');
    expect((await launched.ended).code).toBe(130);
    signal(childPid(run, 2)!, 'SIGCONT');
    await nothingRuns(launched);
  });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s to npm and all below it: the run is judged', async (name, expected) => {
  const words = ['--folder', scratch.runs, '--delay', '1000 1000', '--crash', '0'];
  const command = ['npm', 'run', '--silent', 'cluster', '--'];
  const launched = scratch.launch([sample('3nodes'), ...words], { command });
  const run = await underWay(scratch, launched);
  launched.signalGroup(name);
  // npm passes it on, once more.
  for (const pid of membersOf(launched.pid)) signal(pid, name);
  await nothingRuns(launched);
  expect(resultOf(run)).toMatchObject({ verdict: 'inconclusive', exitCode: expected });
  expect(existsSync(runFiles.report(run))).toBe(true);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s to the launcher alone ends the run with %d', async (name, expected) => {
  const launched = slowly();
  const run = await underWay(scratch, launched);
  signal(launched.pid, name);
  const { code, stdout } = await launched.ended;
  expect(code).toBe(expected);
  expect(stdout).toContain(`interrupted (${name})`);
  expect(nodeExits(run)).toEqual([2, 2, 2]);
  await nothingRuns(launched);
});

test('SIGTERM to the launcher while the nodes are starting ends them too', async () => {
  const launched = slowly();
  const run = await spawned(scratch, launched, 2);
  signal(launched.pid, 'SIGTERM');
  const { code } = await launched.ended;
  expect(code).toBe(143);
  expect(resultOf(run)).toMatchObject({ verdict: 'inconclusive', exitCode: 143 });
  await nothingRuns(launched);
});

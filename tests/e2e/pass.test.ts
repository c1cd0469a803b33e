import { cpSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Result } from '../../record/result.ts';
import { runFiles } from '../../record/run-directory.ts';
import {
  childPids,
  launcherEvents,
  masterEvents,
  nodeEvents,
  openScratch,
  planOf,
  resultOf,
  sample,
} from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';
import { isRunning } from '../fixtures/os-process.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const outputsOf = (run: string): number[] =>
  masterEvents(run).flatMap((event) => (event.kind === 'output' ? [event.value] : []));

const crashedIn = (run: string, n: number): number[] =>
  Array.from({ length: n }, (_, i) => i + 1).filter((id) =>
    nodeEvents(run, id).some(({ kind }) => kind === 'crash'),
  );

describe('a run of the first sample', () => {
  test('passes, says so and leaves its record, and nothing keeps running', async () => {
    const { code, stdout, stderr } = await scratch.cluster([sample('5nodes')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^5nodes: 5 nodes, f = 2, mean, ε = 0\.001, seed 7 \(config\)$/m);
    expect(stdout).toMatch(/^PASS /m);
    expect(stdout).toMatch(/^repeat {2}npm run cluster -- .*5nodes\.txt --seed 7$/m);
    const run = scratch.run()!;
    const outputs = outputsOf(run);
    expect(outputs.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...outputs) - Math.min(...outputs)).toBeLessThanOrEqual(0.001);
    expect(readFileSync(runFiles.given(run))).toEqual(readFileSync(sample('5nodes')));
    expect(resultOf(run)).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(readFileSync(runFiles.summary(run), 'utf8')).toMatch(/^PASS/);
    const exits = launcherEvents(run).filter(({ kind }) => kind === 'exited');
    expect(exits).toHaveLength(6);
    expect(childPids(run).filter(isRunning)).toEqual([]);
  });

  test('by the clocks of all its processes no message arrives before it was sent', async () => {
    await scratch.cluster([sample('20nodes'), '--crash', '0', '--delay', '0 0']);
    const run = scratch.run()!;
    const ids = Array.from({ length: 20 }, (_, i) => i + 1);
    const events = new Map(ids.map((id) => [id, nodeEvents(run, id)]));
    const sentAt = (from: number, round: number): number =>
      events.get(from)?.find((event) => event.kind === 'multicast' && event.round === round)?.t ??
      Infinity;
    const received = ids.flatMap((id) =>
      (events.get(id) ?? []).flatMap((event) => (event.kind === 'receive' ? [event] : [])),
    );
    const early = received.filter(({ from, round, arrived }) => arrived < sentAt(from, round));
    expect(received.length).toBeGreaterThan(20 * 10);
    expect(early).toEqual([]);
  });

  test('with --json there is one JSON document on standard output and nothing else', async () => {
    const { code, stdout, stderr } = await scratch.cluster([sample('5nodes'), '--json']);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as Result;
    expect(result).toEqual(resultOf(scratch.run()!));
    expect(result.verdict).toBe('pass');
    expect(stderr).toMatch(/^PASS /m);
  });

  test('the same seed crashes the same nodes at the same sends', async () => {
    const plans = [];
    for (let i = 0; i < 2; i += 1) {
      expect((await scratch.cluster([sample('5nodes'), '--seed', '11'])).code).toBe(0);
      plans.push(planOf(scratch.run()!));
    }
    expect(plans[0]).toEqual(plans[1]);
  });
});

describe('what the original got wrong', () => {
  test('equal inputs stay what they are, whatever crashes', async () => {
    const config = scratch.config([
      'f 2',
      'crash 0.5',
      'delay 0 5',
      ...[1, 2, 3, 4, 5].map((id) => `node ${id} 0.7 127.0.0.1 0`),
    ]);
    expect((await scratch.cluster([config])).code).toBe(0);
    const outputs = outputsOf(scratch.run()!);
    expect(new Set(outputs)).toEqual(new Set([0.7]));
  });

  test('when every node would crash at the same send, exactly f of them do', async () => {
    for (const mode of ['announce', 'silent']) {
      const flags = ['--crash', '1.0', '--crash-mode', mode, '--f', '2', '--delay', '0 5'];
      const { code } = await scratch.cluster([sample('5nodes'), ...flags]);
      const run = scratch.run()!;
      expect({ mode, code, crashed: crashedIn(run, 5).length }).toEqual({
        mode,
        code: 0,
        crashed: 2,
      });
      const deaths = masterEvents(run).filter(({ kind }) => kind === 'death');
      expect(deaths).toHaveLength(2);
    }
  });

  test('f 0 means that nobody crashes', async () => {
    const flags = ['--f', '0', '--crash', '1.0', '--delay', '0 0'];
    expect((await scratch.cluster([sample('3nodes'), ...flags])).code).toBe(0);
    expect(crashedIn(scratch.run()!, 3)).toEqual([]);
    expect(outputsOf(scratch.run()!)).toHaveLength(3);
  });
});

describe('configs of every kind', () => {
  test('min = max delay', async () => {
    const { code } = await scratch.cluster([sample('3nodes'), '--delay', '4 4', '--crash', '0']);
    expect(code).toBe(0);
    const delays = nodeEvents(scratch.run()!, 1).flatMap((event) =>
      event.kind === 'receive' ? [event.delay] : [],
    );
    expect(delays.length).toBeGreaterThan(0);
    for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(4000);
  });

  test('line ends of Windows, blank lines at the end, several spaces', async () => {
    const nodes = [1, 2, 3].map((id) => `node   ${id}  0.${id}    127.0.0.1   0`);
    const lines = ['f     1', 'crash 0', ...nodes, '', '   ', ''];
    const config = scratch.config(lines.map((line) => `${line}\r`));
    expect((await scratch.cluster([config])).code).toBe(0);
  });

  test('one node alone', async () => {
    const config = scratch.config(['f 0', 'node 1 0.25 127.0.0.1 0']);
    expect((await scratch.cluster([config])).code).toBe(0);
    expect(outputsOf(scratch.run()!)).toEqual([0.25]);
  });

  test('stop rounds: the nodes output their value of that round unasked', async () => {
    const flags = ['--stop', 'rounds', '--crash', '0', '--delay', '0 5'];
    expect((await scratch.cluster([sample('3nodes'), ...flags])).code).toBe(0);
    const events = masterEvents(scratch.run()!);
    expect(events.some(({ kind }) => kind === 'decide')).toBe(false);
    const rounds = events.flatMap((event) => (event.kind === 'output' ? [event.round] : []));
    expect(rounds).toHaveLength(3);
    expect(new Set(rounds).size).toBe(1);
  });

  test("the original's own example, its delays cut", async () => {
    const config = `${scratch.directory}/original.txt`;
    cpSync(sample('original'), config);
    expect((await scratch.cluster([config, '--delay', '5 25'])).code).toBe(0);
  });

  test('unsound yes runs what would be refused, and never passes', async () => {
    const flags = ['--unsound', 'yes', '--f', '2', '--rounds', '6', '--patience', '500'];
    const { code, stdout } = await scratch.cluster([sample('3nodes'), ...flags]);
    expect([1, 2]).toContain(code);
    expect(stdout).toMatch(/too small for f = 2 \(unsound\)/);
  });
});

/** Algorithms in files of the user, from the command line. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunConfig } from '../../configs/run-config.ts';
import { algorithmHash } from '../../record/load-algorithm.ts';
import { runFiles } from '../../record/run-directory.ts';
import { freePorts } from '../fixtures/free-ports.ts';
import {
  masterEvents,
  nodeEvents,
  openScratch,
  resultOf,
  root,
  sample,
} from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const page = readFileSync(join(root, 'docs', 'own-algorithms.md'), 'utf8');
const wrong = (name: string): string => sample(join('algorithms', 'wrong', name));

/** Writes an algorithm and a config of three nodes beside it. */
function configWith(algorithm: string, lines: readonly string[] = ['rounds 5']): string {
  writeFileSync(join(scratch.directory, 'my.ts'), algorithm);
  const nodes = [1, 2, 3].map((id) => `node ${id} 0.${id} 127.0.0.1 0`);
  return scratch.config(['algorithm ./my.ts', 'f 1', 'crash 0', ...lines, ...nodes]);
}

test('the worked example of the docs passes, and its code is in the run directory', async () => {
  const { code, stdout } = await scratch.cluster([sample('algorithms/weighted-midpoint')]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^PASS /m);
  expect(stdout).toContain('proven 0.667');
  const run = scratch.run()!;
  const config = JSON.parse(readFileSync(runFiles.resolved(run), 'utf8')) as RunConfig;
  const bundled = readFileSync(runFiles.algorithm(run), 'utf8');
  expect(config.algorithmHash).toBe(algorithmHash(bundled));
  expect(bundled).not.toContain(root);
  expect(readdirSync(runFiles.algorithmSources(run))).toEqual(['weighted-midpoint.ts']);
});

test('the median of the docs prints what they show', async () => {
  const [, shown = ''] = /```text\n(VIOLATED.*?)```/s.exec(page) ?? [];
  const { code, stdout } = await scratch.cluster([wrong('median')]);
  expect(code).toBe(1);
  // How many values are known when it ends is up to the operating system.
  const withoutCounts = (text: string): string => text.replaceAll(/all \d+ known/g, 'all known');
  expect(withoutCounts(stdout)).toContain(withoutCounts(shown));
  expect((await scratch.cluster([wrong('median'), '--algorithm', 'mean'])).code).toBe(0);
});

describe('a wrong algorithm is seen to be wrong under its schedule, and mean passes under it', () => {
  const table: [string, number, RegExp][] = [
    ['short-quorum', 1, /^VIOLATED {2}the outputs of nodes \d and \d are 1 apart; ε is 0\.001$/m],
    ['own-by-count', 1, /^ {2}validity {5}violated .* outside the range of the inputs, 5 to 5$/m],
  ];
  test.each(table)('%s', async (name, code, says) => {
    const ended = await scratch.cluster([wrong(name)]);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toMatch(says);
    expect((await scratch.cluster([wrong(name), '--algorithm', 'mean'])).code).toBe(0);
  });

  test('drop-future: node 2 waits for ever for a message that it was given', async () => {
    const { code, stdout } = await scratch.cluster([wrong('drop-future')]);
    expect([1, 2]).toContain(code);
    expect(stdout).toContain('no report for 1.5 s (patience)');
    const received = nodeEvents(scratch.run()!, 2).filter(({ kind }) => kind === 'receive');
    expect(received).toContainEqual(expect.objectContaining({ from: 1, round: 1 }));
    expect((await scratch.cluster([wrong('drop-future'), '--algorithm', 'mean'])).code).toBe(0);
  });
});

describe('an algorithm that fails during the run ends it at once', () => {
  test('by returning no number, as the docs show', async () => {
    const { code, stdout, stderr } = await scratch.cluster([wrong('geometric-midpoint')]);
    expect({ code, stderr }).toEqual({ code: 254, stderr: '' });
    const [, shown = ''] = /<!-- failure -->\n```text\n(.*?)\n```/s.exec(page) ?? [];
    const anyNode = (text: string): string => text.replaceAll(/node \d/g, 'node');
    expect(anyNode(stdout)).toContain(`\n${anyNode(shown)}\n`);
    const events = masterEvents(scratch.run()!);
    const finish = events.find(({ kind }) => kind === 'finish');
    expect(finish).toMatchObject({ outcome: 'algorithm-failed' });
    const start = events.find(({ kind }) => kind === 'start');
    expect(finish!.t - start!.t).toBeLessThan(5e6);
    // Nobody has crashed, and nobody says so.
    expect(events.filter(({ kind }) => kind === 'death')).toEqual([]);
    expect(resultOf(scratch.run()!).properties.faultBound).toMatchObject({ count: 0 });
  });

  test('by throwing, with the line where it did', async () => {
    const rule = 'export const rule = (s: number[]) => {\n  throw new Error(`no ${s.length}`);\n};';
    const { code, stdout } = await scratch.cluster([configWith(rule)]);
    expect(code).toBe(254);
    expect(stdout).toMatch(
      /\.\/my\.ts: node \d, round 0: update of 0\.\d 0\.\d with f = 1 threw Error: no 2 \(my\.ts:2\);/,
    );
  });

  test('by throwing before the start: the run is judged all the same', async () => {
    const initialState = "initialState() { throw new Error('not today'); }";
    const file = configWith(`export default { ${initialState}, step: () => [] };`);
    const { code, stdout } = await scratch.cluster([file]);
    expect(code).toBe(254);
    expect(stdout).toMatch(/^INCONCLUSIVE .*initialState threw Error: not today \(my\.ts:1\)/m);
    const run = scratch.run()!;
    const audit = await scratch.launch(['check', run, run]).ended;
    expect(audit.stdout).toMatch(/^2 runs: 0 pass, 0 violated, 2 inconclusive/m);
  });

  test('in one node only: its death is not taken for a crash, and nothing passes', async () => {
    const participant = `
      import { mean } from '${root}/agreement/mean.ts';
      import { roundBased } from '${root}/agreement/participant.ts';
      const right = roundBased(mean);
      export const algorithm = {
        ...right,
        step(state, event) {
          if (state.parameters.id === 2 && event.kind === 'receive') throw new Error('unwell');
          return right.step(state, event);
        },
      };`;
    const config = configWith(participant, ['delay 5 10']);
    const { code, stdout } = await scratch.cluster([config]);
    expect(code).toBe(254);
    expect(stdout).toMatch(/^INCONCLUSIVE {2}\.\/my\.ts: node 2, round 0: step at the value/m);
  });
});

test('a rule that draws lots is noticed: its nodes cannot be replayed', async () => {
  const rule = `
    export const rule = (sorted: number[]): number =>
      sorted[0] + (sorted[1] - sorted[0]) * Math.random();`;
  const { code, stdout } = await scratch.cluster([configWith(rule, ['stop rounds', 'rounds 3'])]);
  expect([1, 2]).toContain(code);
  expect(stdout).toContain('the participant, given the same events, does report of');
});

describe('a file that cannot be used is refused before anything starts', () => {
  test.each([
    ['does not compile', 'export const rule = (', 'it does not compile: my.ts:1:'],
    ['exports nothing', '', 'exports nothing; expected a default export'],
    ['throws', 'throw new Error("oops");', 'it throws when it is loaded: Error: oops (my.ts:1)'],
  ])('%s', async (_, algorithm, says) => {
    const config = configWith(algorithm);
    const { code, stdout, stderr } = await scratch.cluster([config]);
    expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
    expect(stderr).toContain(`${config}:1: algorithm ./my.ts: ${says}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(scratch.run()).toBeNull();
  });
});

describe('by hand', () => {
  async function start(algorithms: readonly string[]) {
    const ports = await freePorts(algorithms.length);
    const [masterPort = 0] = ports;
    // Each in a folder of its own, as on machines of their own.
    const commands = algorithms.map((algorithm, index) => {
      const nodes = ports.slice(1).map((port, i) => `node ${i + 1} 0.${i} 127.0.0.1 ${port}`);
      const lines = [`master 127.0.0.1 ${masterPort}`, 'f 0', 'crash 0', 'rounds 5', ...nodes];
      const rule = join(mkdtempSync(join(scratch.directory, 'machine-')), 'my.ts');
      writeFileSync(rule, algorithm);
      return [scratch.config(lines, `config-${index}`), '--algorithm', rule, '--wait', '30'];
    });
    const [master = [], ...nodes] = commands;
    return {
      master: scratch.launch(['master', ...master, '--folder', scratch.runs]),
      nodes: nodes.map((words, i) => scratch.launch(['node', ...words, '--id', `${i + 1}`])),
    };
  }

  const rule = 'export const rule = (s: number[]): number => (s[0] + s[s.length - 1]) / 2;\n';

  test('the same file in different places is the same algorithm', async () => {
    const { master, nodes } = await start([rule, rule, rule]);
    const ended = await Promise.all([master, ...nodes].map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  test('a node with another version of the file is turned away', async () => {
    const { master, nodes } = await start([rule, rule, rule.replace('/ 2', '/ 3')]);
    const { code, stderr } = await nodes[1]!.ended;
    expect(code).toBe(254);
    expect(stderr).toContain('another version of its algorithm');
    for (const one of [master, nodes[0]!]) one.signalGroup('SIGINT');
    await Promise.all([master.ended, nodes[0]!.ended]);
  });
});

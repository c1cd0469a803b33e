/** An algorithm is a program of the user's: it may end the process that asks it, with any code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openScratch, sample } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const inRule = (code: number): string =>
  `export function rule(s: readonly number[]): number { process.exit(${code}); }`;

function write(text: string): string {
  const file = join(scratch.directory, 'exits.ts');
  writeFileSync(file, `${text}\n`);
  return file;
}

test.each([
  ['simulate', inRule(0)],
  ['simulate', inRule(1)],
  ['simulate', inRule(130)],
  ['search', inRule(1)],
  ['explain', inRule(0)],
])('%s does not take its exit code for an answer: %s', async (command, text) => {
  const words = [command, sample('3nodes'), '--algorithm', write(text), '--rounds', '5'];
  if (command === 'search') words.push('--budget', '1');
  if (command !== 'explain') words.push('--folder', scratch.runs);
  const { code, stderr } = await scratch.launch(words).ended;
  expect(code).toBe(255);
  expect(stderr).toContain('must not call process.exit');
});

test.each([
  ['a sweep', ['sweep', '--repeat', '20']],
  ['many runs', ['simulate', '--runs', '100']],
])('%s does not wait for a thread that it has ended', async (_, words) => {
  const algorithm = ['--algorithm', write(inRule(0)), '--rounds', '5'];
  const command = [...words, sample('3nodes'), ...algorithm, '--folder', scratch.runs];
  const { code, stderr } = await scratch.launch(command).ended;
  expect(code).toBe(255);
  expect(stderr).toContain('must not call process.exit');
});

test.each([0, 2])(
  'a node that it ends with %i has not crashed, and the run does not pass',
  async (exitCode) => {
    const file = write(`let calls = 0;
export function rule(s: readonly number[]): number {
  calls += 1;
  if (calls === 2 && process.argv[2]?.includes('"id":3')) process.exit(${exitCode});
  return ((s[0] ?? 0) + (s.at(-1) ?? 0)) / 2;
}`);
    const words = [sample('5nodes'), '--algorithm', file, '--rounds', '30', '--crash', '0'];
    const { code, stderr } = await scratch.cluster(words);
    expect(code).toBe(255);
    expect(stderr).toMatch(/failed at node 3[^]*must not call process\.exit/);
  },
);

const rule = 'export const rule = (s: readonly number[]): number => s[0] ?? 0;';

test('one that ends the process while it is loaded is refused', async () => {
  const file = write(`process.exit(0); ${rule}`);
  const { code, stderr } = await scratch.cluster([sample('3nodes'), '--algorithm', file]);
  expect(code).toBe(254);
  expect(stderr).toContain('it ends the process while it is loaded');
});

test('what one prints is on standard error, where no script reads', async () => {
  const file = write(`console.log('hello'); ${rule}`);
  const words = ['simulate', sample('3nodes'), '--algorithm', file, '--rounds', '5', '--json'];
  const { stdout, stderr } = await scratch.launch([...words, '--folder', scratch.runs]).ended;
  expect(JSON.parse(stdout)).toHaveProperty('verdict');
  expect(stderr).toContain('hello');
});

test('a promise that one leaves behind is named, without a stack', async () => {
  const late = 'void Promise.reject(new Error("late"));';
  const file = write(`export function rule(s: readonly number[]) { ${late} return s[0] ?? 0; }`);
  const words = ['simulate', sample('3nodes'), '--algorithm', file, '--rounds', '5'];
  const { code, stderr } = await scratch.launch([...words, '--folder', scratch.runs]).ended;
  expect(code).toBe(255);
  expect(stderr).toContain('failed outside of a step: late. An algorithm must leave no promise');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('cluster does not wait for one that is never loaded', async () => {
  const file = write(`for (;;); ${rule}`);
  const { code, stderr } = await scratch.cluster([sample('3nodes'), '--algorithm', file]);
  expect(code).toBe(254);
  expect(stderr).toContain('it is still being loaded after 10 s');
}, 30_000);

test('a folder without a run is not written into', async () => {
  const { code, stderr } = await scratch.launch(['report', scratch.directory]).ended;
  expect(code).toBe(254);
  expect(stderr).toContain('holds no record of a run');
});

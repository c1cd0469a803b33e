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

const inRule = 'export function rule(s: readonly number[]): number { process.exit(0); }';
const atOnce = 'process.exit(0); export const rule = (s: readonly number[]): number => s[0] ?? 0;';

test.each([
  ['simulate', inRule],
  ['simulate', atOnce],
  ['search', inRule],
  ['explain', inRule],
])('%s does not take its exit code for an answer: %s', async (command, text) => {
  const file = join(scratch.directory, 'exits.ts');
  writeFileSync(file, `${text}\n`);
  const words = [command, sample('3nodes'), '--algorithm', file, '--rounds', '5'];
  const launched = scratch.launch(command === 'search' ? [...words, '--budget', '1'] : words);
  const { code, stderr } = await launched.ended;
  expect(code).toBe(255);
  expect(stderr).toContain('must not call process.exit');
});

test('cluster does not wait for one that is never loaded', async () => {
  const file = join(scratch.directory, 'endless.ts');
  writeFileSync(
    file,
    'for (;;); export const rule = (s: readonly number[]): number => s[0] ?? 0;\n',
  );
  const { code, stderr } = await scratch.cluster([sample('3nodes'), '--algorithm', file]);
  expect(code).toBe(254);
  expect(stderr).toContain('it is still being loaded after 10 s');
}, 30_000);

test('a folder without a run is not written into', async () => {
  const { code, stderr } = await scratch.launch(['report', scratch.directory]).ended;
  expect(code).toBe(254);
  expect(stderr).toContain('holds no record of a run');
});

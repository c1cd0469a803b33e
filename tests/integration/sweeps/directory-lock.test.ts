/** The lock of a sweep's directory, between real processes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lockDirectory } from '../../../sweeps/directory-lock.ts';
import { sweepFiles } from '../../../sweeps/results-directory.ts';

let root = '';
let started: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'within-lock-'));
});

afterEach(async () => {
  await Promise.all(started.map(kill));
  started = [];
  rmSync(root, { recursive: true });
});

interface Starter {
  readonly child: ChildProcess;
  /** The next line that it says. */
  readonly next: () => Promise<unknown>;
}

function startOn(directories: readonly string[]): Starter {
  const program = join(import.meta.dirname, '..', '..', 'fixtures', 'locks-directories.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...directories], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, next: async () => JSON.parse(String((await lines.next()).value)) as unknown };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** What each of them says of each directory. */
async function race(starters: readonly Starter[]): Promise<string[][]> {
  for (const { next } of starters) expect(await next()).toBe('ready');
  const startMs = Date.now() + 50;
  for (const { child } of starters) child.stdin?.write(`${startMs}\n`);
  return Promise.all(starters.map(async ({ next }) => (await next()) as string[]));
}

const STARTERS = 3;
const DIRECTORIES = 60;

/** Free, or left behind by a process that is gone: no process has such an id. */
test.each([
  ['a free directory', null],
  ['one whose holder is gone', '99999999'],
])('of those who start at once in %s exactly one gets it', async (_, left) => {
  const directories = Array.from({ length: DIRECTORIES }, (_one, index) => join(root, `${index}`));
  for (const directory of directories) {
    mkdirSync(directory);
    if (left !== null) writeFileSync(sweepFiles.lock(directory), left);
  }
  const said = await race(Array.from({ length: STARTERS }, () => startOn(directories)));
  for (const index of directories.keys()) {
    const ofThis = said.map((words) => words[index] ?? '');
    const refused = ofThis.filter((word) => word !== 'locked');
    expect(refused).toEqual(
      Array(STARTERS - 1).fill(expect.stringMatching(/^(another )?process .*is at work in /)),
    );
  }
});

test('the lock of a process that was killed is taken, and nothing else is left', async () => {
  const directory = join(root, 'one');
  const starter = startOn([directory]);
  expect(await race([starter])).toEqual([['locked']]);
  expect(() => lockDirectory(directory)).toThrow(`process ${starter.child.pid} is at work in`);
  await kill(starter.child);
  const release = lockDirectory(directory);
  expect(readdirSync(directory)).toEqual(['lock']);
  release();
  expect(readdirSync(directory)).toEqual([]);
});

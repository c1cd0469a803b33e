import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openScratch, sample } from '../fixtures/launched.ts';
import type { Finished, Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** Refused before anything has begun: nothing on standard output, no run directory. */
function expectRefusal({ code, stdout, stderr }: Finished, ...says: (string | RegExp)[]): void {
  expect({ code, stdout }).toEqual({ code: 254, stdout: '' });
  for (const words of says) expect(stderr).toMatch(words);
  // A sentence for people, not a stack.
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(scratch.runs)).toBe(false);
}

describe('a command line that is wrong is refused with 254', () => {
  const first = sample('5nodes');
  const cases: [string, string[], (string | RegExp)[]][] = [
    ['no file', [], ['Which config?', '--help']],
    ['two files', [first, first], ['Too many', 'quote it']],
    ['a value in two words', [first, '--delay', '0', '20'], ['--delay "0 20"']],
    ['an unknown flag', [first, '--sed', '3'], ['Unknown argument: sed', 'Did you mean --seed?']],
    ['a flag without its value', [first, '--f'], [/Not enough arguments following: f/]],
    ['a value of the wrong kind', [first, '--f', 'two'], ['--f', 'two']],
    ['a wait that is no number', [first, '--wait', 'soon'], ['--wait soon', 'a number']],
    ['a switch with a value', [first, '--json=maybe'], ['--json takes no value']],
    ['a wait that is empty', [first, '--wait='], ['--wait expects one value']],
    ['the same flag twice', [first, '--f', '1', '--f', '2'], ['--f', 'remove one']],
    ['a file that is not there', ['nowhere.txt'], ['nowhere.txt', 'no such file', 'configs/']],
    ['a folder', ['configs'], ['it is a directory']],
    ['f too large for n', [first, '--f', '3'], ['too small', 'at least 7 nodes', 'f at most 2']],
  ];
  test.each(cases)('%s', async (_, words, says) => {
    expectRefusal(await scratch.cluster(words), ...says);
  });

  const others: [string, string[], (string | RegExp)[]][] = [
    ['a folder without a name', ['simulate', first, '--folder='], ['--folder expects one value']],
    [
      'seeds beyond the last',
      ['simulate', first, '--seed-from', '9007199254740991', '--runs', '3'],
      [/--runs 3: expected .* from 1 to 1\./],
    ],
    ['too many soaks at once', ['soak', '--at-once', '1e9'], ['--at-once', 'from 1 to 100']],
    ['keys for a million years', ['keys', first, '--days', '1e9'], ['--days', 'from 1 to 36500']],
    [
      'a namespace with capitals',
      ['k8s', first, '--namespace', 'A', '--insecure'],
      ['--namespace "A"', 'small letters'],
    ],
    [
      'an image in two lines',
      ['k8s', first, '--image', 'a\nb', '--insecure'],
      ['--image', 'a reference like'],
    ],
    [
      'more minutes than there are',
      ['k8s', first, '--minutes', '1e300', '--insecure'],
      ['--minutes'],
    ],
    [
      'an option of sbatch in two lines',
      ['slurm', first, '--sbatch=-p\nrm x'],
      ['--sbatch', 'in one line'],
    ],
    ['a job without a config', ['slurm'], ['Which config or sweep?']],
  ];
  test.each(others)('%s', async (_, words, says) => {
    expectRefusal(await scratch.launch(words).ended, ...says);
  });

  test.each([
    ['--part', '1/2'],
    ['--gather', ''],
    ['--seed-from', '9007199254740991'],
  ])('a sweep with %s %s leaves no directory', async (...flags) => {
    const words = [
      'sweep',
      first,
      '--folder',
      scratch.runs,
      ...flags.filter((flag) => flag !== ''),
    ];
    const { code } = await scratch.launch(words).ended;
    expect(code).toBe(254);
    expect(existsSync(scratch.runs)).toBe(false);
  });

  test('no command, or one that does not exist', async () => {
    for (const words of [[], ['clutser', first]]) {
      const ended = await scratch.launch(words).ended;
      expectRefusal(ended, 'Commands: cluster, master, node');
    }
  });

  test('an id that is not in the config', async () => {
    const ended = await scratch.launch(['node', first, '--id', '9']).ended;
    expectRefusal(ended, '--id 9', 'has nodes 1 to 5');
  });

  test('a flag that npm took for itself', async () => {
    for (const [name, flag] of [
      ['npm_config_seed', '--seed'],
      ['npm_config_crash_mode', '--crash-mode'],
      ['npm_config_force', '--force'],
    ]) {
      const ended = await scratch.cluster([first], { env: { [name!]: 'true' } });
      expectRefusal(ended, `npm took ${flag} for itself`, 'npm run COMMAND -- FILE --flag VALUE');
    }
  });
});

test('all problems of a config are told at once, each with its line and a remedy', async () => {
  const config = scratch.config([
    'f two',
    'epsilom 0.1',
    'delay 5',
    'crash 1.5',
    'node 1 x 127.0.0.1 0',
    'node 1 0.5 127.0.0.1 0',
  ]);
  const ended = await scratch.cluster([config]);
  expectRefusal(
    ended,
    'did you mean "epsilon"',
    ...[1, 2, 3, 4, 5, 6].map((n) => `${config}:${n}: `),
  );
  expect(ended.stderr.trim().split('\n').length).toBeGreaterThanOrEqual(6);
});

test('--help explains every flag and the exit codes, and nothing runs', async () => {
  const { code, stdout } = await scratch.cluster(['--help']);
  expect(code).toBe(0);
  for (const words of ['--seed', '--crash-mode', '--fixed-ports', '--json', 'Exit codes']) {
    expect(stdout).toContain(words);
  }
  expect(existsSync(scratch.runs)).toBe(false);
});

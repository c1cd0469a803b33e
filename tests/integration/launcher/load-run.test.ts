/** The user's files, the bundler and the loader together. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { configDigest } from '../../../record/config-digest.ts';
import { loadRun } from '../../../launcher/load-run.ts';
import type { LoadedRun } from '../../../launcher/load-run.ts';

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'within-load-')));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const nodes = [1, 2, 3].map((id) => `node ${id} 0.${id} 127.0.0.1 0`).join('\n');

function write(name: string, content: string): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A config in `folder` beside an algorithm of this content. */
function load(algorithm: string, folder = '.', name = 'my.ts'): Promise<LoadedRun> {
  write(join(folder, name), algorithm);
  return loadRun(write(join(folder, 'x.txt'), `f 1\nrounds 9\nalgorithm ./${name}\n${nodes}`), {});
}

const problemOf = async (algorithm: string): Promise<string> => {
  const failed = await load(algorithm).then(
    () => null,
    (error: unknown) => error as Error,
  );
  expect(failed?.name).toBe('ConfigError');
  return (failed?.message ?? '').replaceAll(directory, '');
};

const plain = 'export const rule = (sorted: readonly number[]): number => sorted[0]!;\n';

test('a file that no node could be sent is refused', async () => {
  const large = `${plain}export const words = ${JSON.stringify('word '.repeat(500_000))};\n`;
  expect(await problemOf(large)).toMatch(/characters as a module; expected at most 3000000/);
});

describe('a config with a file of the user', () => {
  test('in TypeScript or JavaScript is loaded', async () => {
    expect((await load(plain)).own?.algorithm.name).toBe('./my.ts');
    const js = 'exports.rule = { name: "old school", update: (sorted) => sorted[0] };';
    expect((await load(js, '.', 'my.cjs')).own?.algorithm.name).toBe('old school');
    expect((await load('export default (s) => s[0];', '.', 'my.mjs')).own).not.toBeNull();
  });

  test('finds it from its own folder, and from a flag in the working directory', async () => {
    const { config } = await load(plain, 'deep/er');
    expect(config.algorithm).toBe('./my.ts');
    const flags = { algorithm: './configs/algorithms/weighted-midpoint.ts' };
    const flagged = await loadRun(join(directory, 'deep/er/x.txt'), flags);
    expect(flagged.own?.algorithm.name).toBe('weighted midpoint');
  });

  test('takes the files that it imports, and keeps them for people', async () => {
    write('lib/help.ts', 'export const first = (s: readonly number[]): number => s[0]!;');
    const file = "import { first } from './lib/help.ts';\nexport default first;";
    const { own } = await load(file);
    expect([...(own?.sources ?? [])].map(([path]) => path).toSorted()).toEqual([
      'lib/help.ts',
      'my.ts',
    ]);
    expect(own?.sources.get('my.ts')).toBe(file);
    expect(own?.code).not.toMatch(/^import/m);
  });

  test('has the same code and digest wherever it lies, and another one when anything changes', async () => {
    const help = 'export const first = (s: readonly number[]): number => s[0]!;';
    const file = "import { first } from './help.ts';\nexport default first;";
    const loadIn = async (folder: string, helping: string) => {
      write(join(folder, 'help.ts'), helping);
      const { config, own } = await load(file, folder);
      return { digest: configDigest(config), code: own?.code };
    };
    const one = await loadIn('one', help);
    expect(await loadIn('another/place', help)).toEqual(one);
    expect(one.code).not.toContain(directory);
    const changed = await loadIn('changed', help.replace('s[0]', 's[1]'));
    expect(changed.digest).not.toBe(one.digest);
  });

  test('with a built-in algorithm loads nothing', async () => {
    expect((await loadRun('configs/5nodes.txt', {})).own).toBeNull();
  });
});

describe('a file that cannot be used is a problem of the line that names it', () => {
  test.each([
    [
      'a mistake in the syntax',
      'export const rule = (s) =>\n  s[0',
      /it does not compile: my\.ts:2:6: /,
    ],
    [
      'an import that is not there',
      "import './no.ts';\n" + plain,
      /my\.ts:1:8: Could not resolve "\.\/no\.ts"/,
    ],
    [
      'a module of Node.js',
      "import { readFileSync } from 'node:fs';\nexport default () => readFileSync('x').length;",
      /my\.ts:1:30: imports node:fs, but an algorithm has nothing but its values and messages/,
    ],
    [
      'an old name of one',
      "import os from 'os';\nexport default () => os.uptime();",
      /imports os, but/,
    ],
    [
      'a throw',
      '\n\nthrow new TypeError("oops");',
      /throws when it is loaded: TypeError: oops \(my\.ts:3\)/,
    ],
    ['no export', 'const rule = 1;', /exports nothing; .*write for example/],
    ['a wrong export', 'export const rules = [];', /exports only rules; expected a default export/],
  ])('%s', async (_, algorithm, says) => {
    const problem = await problemOf(algorithm);
    expect(problem).toMatch(/^\/x\.txt:3: algorithm \.\/my\.ts: /);
    expect(problem).toMatch(says);
  });

  test('a path where nothing is', async () => {
    const config = write('x.txt', `f 1\nalgorithm ./no.ts\n${nodes}`);
    await expect(loadRun(config, {})).rejects.toThrow(
      `x.txt:2: algorithm ./no.ts: there is no file ${join(directory, 'no.ts')}; expected a TypeScript`,
    );
    const folder = write('x.txt', `f 1\nalgorithm ./\n${nodes}`);
    await expect(loadRun(folder, {})).rejects.toThrow('x.txt:2: algorithm ./: ');
  });

  test('other problems of the config are told beside it', async () => {
    write('my.ts', 'export {}');
    const config = write('x.txt', `f 7\nalgorithm ./my.ts\ndelay 9 1\n${nodes}`);
    const message = await loadRun(config, {}).catch((error: unknown) => String(error));
    expect(message).toMatch(/x\.txt:2: algorithm .*exports nothing/);
    expect(message).toMatch(/x\.txt:3: the delay/);
  });
});

test('an error in a step names the line of the file, also of one that it imports', async () => {
  write(
    'help.ts',
    'type T = number;\n\nexport const bad = (): T => {\n  throw new Error("deep");\n};',
  );
  const { own } = await load("import { bad } from './help.ts';\nexport const rule = () => bad();");
  const asked = { lastRound: 5, outputRound: null, restsAfterOutput: true };
  const state = own?.algorithm.initialState({ id: 1, n: 3, f: 2, ...asked });
  expect(() => own?.algorithm.step(state, { kind: 'start', input: 0.5 })).toThrow(
    './my.ts: node 1, round 0: update of 0.5 with f = 2 threw Error: deep (help.ts:4); expected',
  );
});

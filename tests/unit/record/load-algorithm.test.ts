import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AlgorithmError } from '../../../agreement/algorithm-error.ts';
import { algorithmHash, importAlgorithm, loadAlgorithm } from '../../../record/load-algorithm.ts';
import { readRunWithAlgorithm } from '../../../record/read-run-with-algorithm.ts';
import { runFiles } from '../../../record/run-directory.ts';
import { playRun, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';

const code = 'export const rule = { name: "mine", update: (sorted) => sorted[0] };';

describe('the code of an algorithm', () => {
  test('is run from its text', async () => {
    expect((await importAlgorithm(code, './my.ts')).name).toBe('mine');
  });

  test.each([
    ['throws', 'throw new TypeError("oops")', 'it throws when it is loaded: TypeError: oops'],
    ['is no JavaScript', 'export const {', 'it throws when it is loaded: SyntaxError'],
    ['exports nothing', '', 'exports nothing'],
  ])('that %s is refused by the name that the user gave it', async (_, text, what) => {
    await expect(importAlgorithm(text, './my.ts')).rejects.toThrow(`./my.ts: ${what}`);
    await expect(importAlgorithm(text, './my.ts')).rejects.toBeInstanceOf(AlgorithmError);
  });
});

describe('the algorithm of a run', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'within-algorithm-'));
    writeFileSync(runFiles.algorithm(directory), code);
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test('is built in unless the config has a hash', async () => {
    expect((await loadAlgorithm(directory, smallConfig())).name).toBe('mean');
  });

  test('is the code in the run directory that has this hash', async () => {
    const config = {
      ...smallConfig(),
      algorithm: './my.ts',
      algorithmHash: algorithmHash(code),
    };
    expect((await loadAlgorithm(directory, config)).name).toBe('mine');
    writeFileSync(runFiles.algorithm(directory), `${code} `);
    await expect(loadAlgorithm(directory, config)).rejects.toThrow(
      'algorithm.mjs has been changed',
    );
    rmSync(runFiles.algorithm(directory));
    await expect(loadAlgorithm(directory, config)).rejects.toThrow('cannot be read');
  });
});

describe('a record with an algorithm of the user', () => {
  const recorded = async (hashed: string, stored: string | null): Promise<string> => {
    const config = {
      ...smallConfig(),
      algorithm: './my.ts',
      algorithmHash: algorithmHash(hashed),
    };
    const directory = writeRun({ ...playRun(smallConfig()), config });
    if (stored !== null) writeFileSync(runFiles.algorithm(directory), stored);
    return directory;
  };

  test('has it at hand', async () => {
    const directory = await recorded(code, code);
    const { own, damage } = await readRunWithAlgorithm(directory);
    expect(own?.name).toBe('mine');
    expect(damage).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  test.each([
    ['missing', null],
    ['changed', `${code}//`],
  ])('names one that is %s as damage', async (_, stored) => {
    const directory = await recorded(code, stored);
    const { own, damage } = await readRunWithAlgorithm(directory);
    expect(own).toBeNull();
    expect(damage).toMatchObject([{ kind: 'malformed', file: 'algorithm.mjs', line: null }]);
    rmSync(directory, { recursive: true });
  });

  test('of a built-in one has none to load', async () => {
    const directory = writeRun(playRun(smallConfig()));
    expect((await readRunWithAlgorithm(directory)).own).toBeNull();
    rmSync(directory, { recursive: true });
  });
});

import { describe, expect, test } from '@jest/globals';
import { repeatCommand } from '../../../checker/repeat-command.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { smallConfig } from '../../fixtures/recorded-run.ts';

function repeatOf(file: string, flags: readonly string[]): string {
  const environment = { node: 'v20', platform: 'linux x64', cpus: 1 };
  const command = { version: 1 as const, file, flags, digest: null, environment };
  return repeatCommand({
    command,
    config: smallConfig(),
    directory: 'runs/x',
  } as unknown as RunRecord);
}

describe('the command that repeats a run', () => {
  test('names the seed, wherever it came from', () => {
    expect(repeatOf('configs/5nodes.txt', [])).toBe(
      'npm run cluster -- configs/5nodes.txt --seed 7',
    );
  });

  test('keeps the flags, but not another seed', () => {
    const expected = "npm run cluster -- a.txt --seed 7 --f 2 --delay '0 20'";
    expect(repeatOf('a.txt', ['--seed', 'random', '--f', '2', '--delay', '0 20'])).toBe(expected);
    expect(repeatOf('a.txt', ['--f', '2', '--seed=9', '--delay', '0 20'])).toBe(expected);
  });

  test('quotes what a shell would take apart', () => {
    expect(repeatOf("it's mine.txt", [])).toBe("npm run cluster -- 'it'\\''s mine.txt' --seed 7");
  });

  test('falls back on the copy in the run directory', () => {
    const record = { command: null, config: null, directory: 'runs/x' } as unknown as RunRecord;
    expect(repeatCommand(record)).toBe('npm run cluster -- runs/x/config.txt');
  });
});

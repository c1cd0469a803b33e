import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../configs/config-error.ts';
import { configDigest } from '../../../record/config-digest.ts';
import { loadConfig } from '../../../configs/load.ts';
import { runName } from '../../../configs/resolve.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import { legalText, parse, parseWith } from './config.fixture.ts';

describe('loadConfig', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'within-configs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const fileOf = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  const problemOf = (path: string): string => {
    try {
      loadConfig(path);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    throw new Error('there was no problem');
  };

  test('keeps the text as it is', () => {
    const text = `\uFEFF${legalText.replaceAll('\n', '\r\n')}`;
    const { config, given } = loadConfig(fileOf('my run.v2.txt', text));
    expect(given).toBe(text);
    expect(config).toEqual({ ...parse(legalText), name: 'my-run.v2' });
  });

  test('draws a seed only when asked to', () => {
    const path = fileOf('seeds.txt', legalText);
    const random = () => loadConfig(path, { seed: 'random' }).config.seed;
    const seeds = Array.from({ length: 5 }, random);
    expect(new Set(seeds).size).toBe(5);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
    const given = loadConfig(path, { seed: 'random' }, { drawSeed: () => 5 }).config;
    expect(given).toMatchObject({ seed: 5, seedFrom: 'random' });
  });

  test('names what is wrong with the file', () => {
    const missing = join(folder, 'none.txt');
    expect(problemOf(missing)).toBe(
      `${missing}: there is no such file; expected a config file; check the path; samples are in configs/`,
    );
    expect(problemOf(folder)).toBe(
      `${folder}: it is a directory; expected a config file; name a file in it`,
    );
    const latin = fileOf('latin.txt', Uint8Array.of(0x66, 0x20, 0x32, 0x20, 0x23, 0xe9));
    expect(problemOf(latin)).toBe(
      `${latin}: the file is not text; expected UTF-8; check the path, or save it as UTF-8`,
    );
    expect(problemOf(fileOf('wide.txt', Buffer.from(legalText, 'utf16le')))).toContain('not text');
    const large = fileOf('large.txt', '#'.repeat(10_000_001));
    expect(problemOf(large)).toBe(
      `${large}: the file is too large; expected at most 10 MB; check the path`,
    );
  });

  test('reads up to 10 MB', () => {
    const text = `${legalText}#`.padEnd(10_000_000, '#');
    expect(loadConfig(fileOf('full.txt', text)).config.seed).toBe(7);
  });

  test('reports the problems of the text under its path', () => {
    const path = fileOf('bad.txt', 'f 1\n');
    expect(problemOf(path)).toMatch(/bad\.txt: there is no node/);
  });
});

describe('limits', () => {
  test('of a run without delays are half a minute and ten seconds', () => {
    expect(parse(legalText)).toMatchObject({ timeLimitMs: 30_000, patienceMs: 10_000 });
  });

  test('grow with the longest delay and the longest hold that ends', () => {
    // R + 3 = 22 times 100 ms; 2 times 100 ms.
    expect(parseWith('delay 0 100')).toMatchObject({ timeLimitMs: 32_200, patienceMs: 10_200 });
    const holds = 'hold 1 2 rounds 0 until 50\nhold 1 2 rounds 1 until never';
    expect(parseWith(`delay exponential 0 1 cap 100\n${holds}`)).toMatchObject({
      timeLimitMs: 33_300,
      patienceMs: 10_300,
    });
  });

  test('stay within what a timer can do', () => {
    expect(parseWith('delay 0 2000000 s')).toMatchObject({
      timeLimitMs: 2_147_483_647,
      patienceMs: 2_147_483_647,
    });
  });
});

describe('configDigest', () => {
  const config = parse(legalText);

  test('is the same for the same text, and for the same config in another order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(config).reverse()) as unknown as RunConfig;
    expect(configDigest(config)).toMatch(/^[0-9a-f]{64}$/);
    expect(configDigest(parse(legalText))).toBe(configDigest(config));
    expect(configDigest(reversed)).toBe(configDigest(config));
  });

  test('survives JSON', () => {
    const again = JSON.parse(JSON.stringify(config)) as RunConfig;
    expect(configDigest(again)).toBe(configDigest(config));
  });

  test('does not feel addresses, the name and where the seed came from', () => {
    const moved = legalText.replaceAll('127.0.0.1 9', 'localhost 8');
    const options = { name: 'y.txt', flags: { seed: '7', master: '::1 7' } };
    expect(configDigest(parse(moved, options))).toBe(configDigest(config));
  });

  test.each([
    ['an input', { node: ['1 0.1 ::1 0', '2 0.2 ::1 0'], f: '0' }],
    ['f', { f: '1' }],
    ['the seed', { seed: '8' }],
    ['epsilon', { epsilon: '0.002' }],
    ['a hold', { hold: '1 2 rounds 0 until 1' }],
    ['the order', { order: 'any' }],
    ['the time limit', { 'time-limit': '5 s' }],
  ])('feels %s', (_what, flags) => {
    expect(configDigest(parse(legalText, { flags }))).not.toBe(configDigest(config));
  });
});

test.each([
  ['configs/5nodes.txt', '5nodes'],
  ['a\\b\\c.d.txt', 'c.d'],
  ['noending', 'noending'],
  ['.hidden', 'hidden'],
  ['..', 'config'],
  ['/', 'config'],
  ['my  (first) run.txt', 'my-first-run'],
  ['größe.cfg', 'größe'],
])('the run of %s is named %s', (file, name) => {
  expect(runName(file)).toBe(name);
});

import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { loadConfig } from '../../../configs/load.ts';

const samples = readdirSync('configs').filter((name) => name.endsWith('.txt'));
const load = (name: string) => loadConfig(`configs/${name}`).config;

describe('samples', () => {
  test('are these', () => {
    expect(samples.toSorted()).toEqual([
      '20nodes.txt',
      '3nodes.txt',
      '50nodes.txt',
      '5nodes.txt',
      '7nodes.txt',
      'bad-network.txt',
      'crash-heavy.txt',
      'kill-and-pause.txt',
      'original.txt',
      'partition.txt',
      'scripted-faults.txt',
      'silent-crash.txt',
      'slow-network.txt',
    ]);
  });

  test.each(samples)('%s loads, also by hand', (name) => {
    const options = { allowRandomSeed: false, allowMasterPortZero: false };
    const { config, given } = loadConfig(`configs/${name}`, {}, options);
    expect(config.name).toBe(name.replace('.txt', ''));
    expect(given).toBe(readFileSync(`configs/${name}`, 'utf8'));
    expect(config.unsound).toBe(false);
  });

  test.each(samples.filter((name) => name !== 'original.txt'))('%s says what it shows', (name) => {
    const [first, ...rest] = readFileSync(`configs/${name}`, 'utf8').split('\n');
    expect(first).toMatch(/^# [A-Z].{20,}/);
    expect(rest.findIndex((line) => !line.startsWith('#'))).toBeLessThan(3);
  });

  test.each([
    ['3nodes.txt', 3],
    ['5nodes.txt', 5],
    ['7nodes.txt', 7],
    ['20nodes.txt', 20],
    ['50nodes.txt', 50],
  ])('%s has %d nodes and spread inputs', (name, n) => {
    const inputs = load(name).nodes.map(({ input }) => input);
    expect(inputs).toHaveLength(n);
    expect(new Set(inputs).size).toBe(n);
    expect(Math.max(...inputs) - Math.min(...inputs)).toBe(1);
  });

  test('5nodes.txt: f 2, delay 0 20, crash 0.03, ports 9000 to 9005', () => {
    const config = load('5nodes.txt');
    expect(config).toMatchObject({
      algorithm: 'mean',
      epsilon: 0.001,
      f: 2,
      master: { host: '127.0.0.1', port: 9000 },
      faults: {
        crash: { probability: 0.03, per: 'send' },
        delay: { kind: 'uniform', minMs: 0, maxMs: 20 },
      },
    });
    expect(config.nodes.map(({ port }) => port)).toEqual([9001, 9002, 9003, 9004, 9005]);
  });

  test('50nodes.txt has the largest legal f', () => {
    expect(load('50nodes.txt')).toMatchObject({
      f: 24,
      faults: { delay: { kind: 'uniform', minMs: 0, maxMs: 20 } },
    });
  });

  test('slow-network.txt may reorder; silent-crash.txt is silent; scripted-faults.txt is certain', () => {
    expect(load('slow-network.txt').faults).toMatchObject({ order: 'any' });
    expect(load('silent-crash.txt').faults).toMatchObject({ crashMode: 'silent' });
    const { faults } = load('scripted-faults.txt');
    expect(faults.crash.probability).toBe(0);
    expect(faults.scriptedCrashes).toHaveLength(2);
    expect(faults.holds).toHaveLength(1);
  });

  test('original.txt loads unchanged', () => {
    const config = load('original.txt');
    expect(readFileSync('configs/original.txt', 'utf8').split('\n')[0]).toBe('1000 5000 1');
    expect(config).toMatchObject({
      f: 1,
      algorithm: 'mean',
      epsilon: 0.001,
      master: { host: '127.0.0.1', port: 5000 },
      faults: {
        delay: { kind: 'uniform', minMs: 1000, maxMs: 5000 },
        crash: { probability: 0.03, per: 'send' },
      },
    });
    expect(config.nodes.map(({ id, input, port }) => [id, input, port])).toEqual([
      [1, 0.3, 5001],
      [2, 0.4, 5002],
      [3, 0.5, 5003],
      [4, 0.9, 5004],
    ]);
  });

  test('no two samples share a port, so that they can run side by side', () => {
    const ports = samples.flatMap((name) => {
      const { master, nodes } = load(name);
      return [master.port, ...nodes.map(({ port }) => port)];
    });
    expect(new Set(ports).size).toBe(ports.length);
  });
});

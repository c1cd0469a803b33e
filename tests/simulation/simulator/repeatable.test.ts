import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { algorithms } from '../../../agreement/algorithms.ts';
import { configDigest } from '../../../record/config-digest.ts';
import { loadConfig } from '../../../configs/load.ts';
import { judge } from '../../../checker/verdict.ts';
import { readRun } from '../../../record/read-run.ts';
import { writeRunDocuments } from '../../../record/run-documents.ts';
import { recordRun } from '../../../simulator/record-run.ts';
import { planOf } from '../../../simulator/run-summary.ts';
import { simulated } from './simulated.ts';

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function record(file: string, seed: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'within-simulated-'));
  directories.push(directory);
  const { config, given } = loadConfig(file, { seed });
  const digest = configDigest(config);
  const environment = { node: '', platform: '', cpus: 1 };
  const command = { version: 1, file, flags: [], digest, environment } as const;
  writeRunDocuments(directory, { given, config, plan: planOf(config), command });
  recordRun({ directory, config, digest, algorithm: algorithms.get(config.algorithm)! });
  return directory;
}

const contents = (directory: string): Map<string, string> =>
  new Map(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );

describe('a simulated run', () => {
  test('leaves the same bytes for the same seed, and others for another one', () => {
    const first = contents(record('configs/crash-heavy.txt', '3'));
    expect(contents(record('configs/crash-heavy.txt', '3'))).toEqual(first);
    expect(contents(record('configs/crash-heavy.txt', '4'))).not.toEqual(first);
  });

  test.each([
    '3nodes',
    '5nodes',
    '20nodes',
    'crash-heavy',
    'silent-crash',
    'scripted-faults',
    'slow-network',
    'original',
  ])('%s reads back as it was, and its files say what its memory says', (name) => {
    const file = `configs/${name}.txt`;
    const read = readRun(record(file, '5'));
    const { record: kept } = simulated(loadConfig(file, { seed: '5' }).config);
    expect(read.damage).toEqual([]);
    expect(read.master.events).toEqual(kept.master.events);
    for (const [id, { events }] of read.nodes) expect(events).toEqual(kept.nodes.get(id)?.events);
    const { verdict, reasons } = judge(read);
    expect({ verdict, reasons }).toEqual({ verdict: 'pass', reasons: [] });
  });

  test('of a dead node ends with its crash, and the living note its links', () => {
    const { config } = loadConfig('configs/5nodes.txt', { seed: '7' });
    const { record: kept, run } = simulated(config);
    const dead = run.nodes.filter(({ isCrashed }) => isCrashed).map(({ id }) => id);
    expect(dead).toEqual([1, 4]);
    for (const id of dead) {
      expect(kept.nodes.get(id)!.events.at(-1)!.kind).toBe('crash');
      const goodbyes = kept.nodes.get(2)!.events.filter((event) => event.kind === 'fail');
      expect(goodbyes.map(({ from }) => from)).toEqual(dead);
    }
    expect(kept.master.events.filter(({ kind }) => kind === 'death')).toHaveLength(2);
  });
});

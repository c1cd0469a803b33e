import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appendRows,
  lockDirectory,
  readRows,
  readSweep,
  sweepFiles,
  writeSweep,
} from '../../../sweeps/results-directory.ts';
import { inOrder } from '../../../sweeps/row.ts';
import { differencesFrom } from '../../../sweeps/same-sweep.ts';
import { FIVE, prepared, rowsOf } from '../../fixtures/sweeps.ts';

const sweep = prepared(['n=5,6', 'delay=0 20,0 5'], { repeat: 3 });
const rows = rowsOf(sweep);

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'within-sweep-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('rows', () => {
  test('come back as they were', () => {
    appendRows(directory, rows.slice(0, 5), sweep.byId);
    appendRows(directory, rows.slice(5), sweep.byId);
    const read = readRows(directory);
    expect(inOrder(read).map(({ measured }) => measured)).toEqual(
      inOrder(rows).map(({ measured }) => measured),
    );
    expect(read.map(({ cell, repetition }) => [cell, repetition])).toEqual(
      rows.map(({ cell, repetition }) => [cell, repetition]),
    );
  });

  test('cut anywhere, they are a prefix, and what follows is whole again', () => {
    appendRows(directory, rows, sweep.byId);
    const path = sweepFiles.rows(directory);
    const whole = readFileSync(path);
    for (let length = whole.length; length >= 0; length -= 97) {
      writeFileSync(path, whole.subarray(0, length));
      const ends = whole.subarray(0, length).toString('utf8').split('\n').length - 1;
      expect(readRows(directory)).toHaveLength(ends);
      appendRows(directory, rows.slice(ends, ends + 1), sweep.byId);
      expect(readRows(directory)).toHaveLength(Math.min(rows.length, ends + 1));
    }
  });

  test('the first of two that are the same run counts', () => {
    appendRows(directory, [rows[0]!, { ...rows[0]!, reason: 'second' }], sweep.byId);
    expect(readRows(directory).map(({ reason }) => reason)).toEqual([rows[0]!.reason]);
  });

  test('a line that is none is named, not skipped', () => {
    appendRows(directory, rows.slice(0, 1), sweep.byId);
    appendFileSync(sweepFiles.rows(directory), '{"cell":1}\n');
    expect(() => readRows(directory)).toThrow('runs.jsonl:2 is no run');
  });
});

describe('the sweep in a directory', () => {
  test('comes back as it was', () => {
    expect(readSweep(directory)).toBeNull();
    writeSweep(directory, sweep.source.sweep, FIVE);
    expect(readSweep(directory)).toEqual({ sweep: sweep.source.sweep, text: FIVE });
    writeFileSync(sweepFiles.sweep(directory), '{"version":9}');
    expect(() => readSweep(directory)).toThrow('is no sweep of this release');
    writeFileSync(sweepFiles.sweep(directory), '{"ver');
    expect(() => readSweep(directory)).toThrow('cannot be read');
  });

  test('goes on with more repetitions, not with another sweep', () => {
    const before = sweep.source.sweep;
    expect(differencesFrom(before, { ...before, repeat: 9, keep: 'all' })).toEqual([]);
    expect(differencesFrom(before, { ...before, repeat: 2 })).toEqual([
      'there were 3 repetitions and are 2; there can only be more',
    ]);
    expect(differencesFrom(before, { ...before, seedFrom: 2, engine: 'cluster' })).toEqual([
      'the engine was "simulate" and is "cluster"',
      'the first seed was 1 and is 2',
    ]);
  });
});

describe('the lock', () => {
  test('is held by a living process only', () => {
    const release = lockDirectory(directory);
    expect(readFileSync(sweepFiles.lock(directory), 'utf8')).toBe(String(process.pid));
    release();
    writeFileSync(sweepFiles.lock(directory), String(process.ppid));
    expect(() => lockDirectory(directory)).toThrow(`process ${process.ppid} is at work in`);
    // No process has such an id.
    writeFileSync(sweepFiles.lock(directory), '99999999');
    lockDirectory(directory)();
  });
});

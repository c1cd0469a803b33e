import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appendRows,
  readRows,
  readSweep,
  sweepFiles,
  writeSweep,
} from '../../../sweeps/results-directory.ts';
import { lockDirectory } from '../../../sweeps/directory-lock.ts';
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
  const write = (text: string): void => writeFileSync(sweepFiles.lock(directory), text);

  test('is held by a living process only', () => {
    const release = lockDirectory(directory);
    const text = readFileSync(sweepFiles.lock(directory), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ host: hostname(), pid: process.pid });
    expect(() => lockDirectory(directory)).toThrow(`process ${process.pid} is at work in`);
    release();
    // As earlier releases wrote it.
    write(String(process.ppid));
    expect(() => lockDirectory(directory)).toThrow(`process ${process.ppid} is at work in`);
    // No process has such an id.
    write('99999999');
    lockDirectory(directory)();
  });

  test('of another host counts as held, and the refusal says what to do', () => {
    write(JSON.stringify({ host: 'elsewhere', pid: 99999999, begun: null }));
    expect(() => lockDirectory(directory)).toThrow(
      `process 99999999 on host elsewhere is at work in ${directory}. Wait for its end, or choose another directory. ` +
        `(From here that cannot be seen: if that process is gone, remove ${sweepFiles.lock(directory)}.)`,
    );
  });

  test('of an id that another process has by now is free', () => {
    const holder = { host: hostname(), pid: process.ppid };
    write(JSON.stringify({ ...holder, begun: 'before the last boot' }));
    lockDirectory(directory)();
    write(JSON.stringify({ ...holder, begun: null }));
    expect(() => lockDirectory(directory)).toThrow(`process ${process.ppid} is at work in`);
  });

  test('that says no holder yet is left alone', () => {
    write('');
    expect(() => lockDirectory(directory)).toThrow(/another process is at work in .* remove /);
  });

  test('that somebody else is about to take over is left to them', () => {
    write('99999999');
    const second = `${sweepFiles.lock(directory)}.takeover`;
    writeFileSync(second, JSON.stringify({ host: hostname(), pid: process.ppid, begun: null }));
    expect(() => lockDirectory(directory)).toThrow(`remove ${second}.`);
    expect(readFileSync(sweepFiles.lock(directory), 'utf8')).toBe('99999999');
  });

  test('is not released by who has lost it', () => {
    const release = lockDirectory(directory);
    const other = JSON.stringify({ host: 'elsewhere', pid: 7, begun: null });
    write(other);
    release();
    expect(readFileSync(sweepFiles.lock(directory), 'utf8')).toBe(other);
  });
});

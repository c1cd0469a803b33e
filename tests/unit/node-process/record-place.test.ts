import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findRecordPlace, removePlace } from '../../../node-process/record-place.ts';
import type { RecordPlace } from '../../../node-process/record-place.ts';
import { headerOf } from '../../../record/process-statistics.ts';
import { createRecorder } from '../../../record/recorder.ts';
import { runFiles } from '../../../record/run-directory.ts';

let directory = '';
let places: RecordPlace[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'within-place-'));
  places = [];
});

afterEach(() => {
  for (const place of places) if (place.isAway) removePlace(place);
  rmSync(directory, { recursive: true });
});

const find = (run: string, algorithm = '', alwaysAway = false): RecordPlace => {
  const addresses: never[] = [];
  const welcome = {
    kind: 'welcome',
    run,
    directory,
    originUs: 0,
    config: '{}',
    addresses,
  } as const;
  const place = findRecordPlace(3, { ...welcome, algorithm }, alwaysAway);
  places.push(place);
  return place;
};

const masterOf = (run: string): void => {
  const header = headerOf({ process: 'master', run, originUs: 0, t: 0 });
  createRecorder(runFiles.events(directory, 0), header).close();
};

test("the run directory, when the master's record is there", () => {
  masterOf('this run');
  expect(find('this run')).toEqual({ directory, isAway: false });
});

test.each([
  ['no record of a master', () => undefined],
  ['the record of another run', () => masterOf('another run')],
  ['no record at all', () => writeFileSync(runFiles.events(directory, 0), '{"kind":"hea')],
])('a folder of its own: %s', (_, prepare) => {
  prepare();
  const place = find('this run');
  expect(place.isAway).toBe(true);
  expect(place.directory).not.toBe(directory);
});

test('a folder of its own when it is asked for, with the algorithm in it', () => {
  masterOf('this run');
  const place = find('this run', 'export default 1', true);
  expect(readFileSync(runFiles.algorithm(place.directory), 'utf8')).toBe('export default 1');
});

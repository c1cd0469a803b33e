/** Snapshots that Node.js itself has written, and starts from. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { trimSnapshot } from '../../../launcher/trim-snapshot.ts';

let directory: string;
let whole: Buffer;

const run = (words: readonly string[]): string =>
  execFileSync(process.execPath, words, { cwd: directory, encoding: 'utf8', env: {} });

/** Compresses, with a module that was not loaded before the snapshot was made. */
const SCRIPT = `
require('node:v8').startupSnapshot.setDeserializeMainFunction(() => {
  const zlib = require('node:zlib');
  console.log(zlib.inflateSync(zlib.deflateSync('as before')).toString());
});
`;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'within-trim-'));
  writeFileSync(join(directory, 'script.cjs'), SCRIPT);
  run(['--snapshot-blob', 'whole', '--build-snapshot', 'script.cjs']);
  whole = readFileSync(join(directory, 'whole'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

test('a trimmed snapshot is much smaller, and does all that it did before', () => {
  const trimmed = trimSnapshot(whole);
  expect(whole.length - trimmed.length).toBeGreaterThan(1_000_000);
  writeFileSync(join(directory, 'trimmed'), trimmed);
  const [before, after] = ['whole', 'trimmed'].map((blob) => run(['--snapshot-blob', blob]));
  expect(before).toBe('as before\n');
  expect(after).toBe(before);
});

test('the rest is as it was, and is not trimmed a second time', () => {
  const trimmed = trimSnapshot(whole);
  expect(whole.subarray(0, trimmed.length - 8).equals(trimmed.subarray(0, -8))).toBe(true);
  expect(trimmed.subarray(-8)).toEqual(Buffer.alloc(8));
  expect(trimSnapshot(trimmed)).toBe(trimmed);
});

test.each([
  ['is cut short', (blob: Buffer) => blob.subarray(0, -1)],
  ['goes on after the list', (blob: Buffer) => Buffer.concat([blob, Buffer.alloc(8, 1)])],
  ['is none', () => Buffer.from('no snapshot')],
  ['is empty', () => Buffer.alloc(0)],
])('what %s stays as it is', (_, changed) => {
  const blob = changed(whole);
  expect(trimSnapshot(blob)).toBe(blob);
});

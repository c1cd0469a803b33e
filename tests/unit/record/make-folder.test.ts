import { expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../../record/make-folder.ts';

const empty = (): string => mkdtempSync(join(tmpdir(), 'within-'));

test('all levels are made, with the mode; what is there stays as it is', () => {
  const root = empty();
  makeFolder(join(root, 'a', 'b', 'c'), 0o700);
  writeFileSync(join(root, 'a', 'b', 'c', 'file'), '');
  makeFolder(join(root, 'a', 'b', 'c'));
  expect(readdirSync(join(root, 'a', 'b', 'c'))).toEqual(['file']);
  expect(statSync(join(root, 'a', 'b')).mode & 0o777).toBe(0o700);
});

test('a file in the way is an error', () => {
  const root = empty();
  writeFileSync(join(root, 'file'), '');
  expect(() => {
    makeFolder(join(root, 'file'));
  }).toThrow(/EEXIST/);
  expect(() => {
    makeFolder(join(root, 'file', 'b'));
  }).toThrow(/ENOTDIR/);
});

test('where the system makes no folders it is told so, and does not try for ever', () => {
  expect(() => {
    makeFolder('/proc/within/runs');
  }).toThrow(/ENOENT.*\/proc\/within'/);
});

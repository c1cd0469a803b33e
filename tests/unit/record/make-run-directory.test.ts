import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { makeRunDirectory } from '../../../record/make-run-directory.ts';
import { temporaryDirectory } from '../../fixtures/recorded-run.ts';

let root = '';
beforeAll(() => {
  root = realpathSync(temporaryDirectory());
});
afterAll(() => {
  rmSync(root, { recursive: true });
});
const now = new Date('2026-11-22T21:37:05.678Z');

test('the folder is named by config, time and seed', () => {
  const directory = makeRunDirectory(root, '5nodes', 42, now);
  expect(isAbsolute(directory)).toBe(true);
  expect(relative(root, directory)).toBe(join('5nodes', '2026-11-22T213705Z-42'));
  expect(existsSync(directory)).toBe(true);
});

test('a run of the same second gets a folder of its own', () => {
  const made = [1, 2, 3].map(() => makeRunDirectory(root, 'same', 1, now));
  expect(made.map((directory) => relative(join(root, 'same'), directory))).toEqual([
    '2026-11-22T213705Z-1',
    '2026-11-22T213705Z-1-2',
    '2026-11-22T213705Z-1-3',
  ]);
});

test('latest points to the newest, by a relative link, and leaves nothing else behind', () => {
  makeRunDirectory(root, 'old', 1, now);
  const newest = makeRunDirectory(root, 'new', 2, now);
  expect(realpathSync(join(root, 'latest'))).toBe(newest);
  expect(isAbsolute(readlinkSync(join(root, 'latest')))).toBe(false);
  expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('where latest cannot be a link, the run still gets its folder', () => {
  const odd = join(root, 'odd');
  mkdirSync(join(odd, 'latest', 'in-the-way'), { recursive: true });
  const directory = makeRunDirectory(odd, 'x', 1, now);
  expect(existsSync(directory)).toBe(true);
  expect(readdirSync(odd).sort()).toEqual(['latest', 'x']);
});

test.each(['latest', '..', '', '../../etc', 'a/b'])(
  'the config name %j stays below the root',
  (name) => {
    const directory = makeRunDirectory(join(root, 'names'), name, 1, now);
    const parts = relative(join(root, 'names'), directory).split('/');
    expect(parts).toHaveLength(2);
    expect(parts[0]).not.toBe('latest');
    expect(parts[0]).not.toBe('..');
  },
);

test('a root that cannot be made is an error of the file system', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeRunDirectory(join(root, 'file'), 'x', 1, now)).toThrow(/ENOTDIR|EEXIST/);
});

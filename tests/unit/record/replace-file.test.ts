import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { replaceFile } from '../../../record/replace-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'within-replace-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a document is made, and made again in place of the old one', () => {
  const path = join(folder, 'result.json');
  for (const text of ['a long first one', 'short']) {
    replaceFile(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
  expect(readdirSync(folder)).toEqual(['result.json']);
});

test('in place of a named pipe too, and nobody waits for a reader', () => {
  const path = join(folder, 'result.json');
  execFileSync('mkfifo', [path]);
  replaceFile(path, 'text');
  expect(readFileSync(path, 'utf8')).toBe('text');
});

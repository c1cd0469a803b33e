/** docs/check.md explains every oracle and every class of changes that nobody can notice. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import { judged } from './judged.ts';
import { legalClasses } from './legal-changes.ts';

const page = readFileSync('docs/check.md', 'utf8');

test('every oracle has its line, by id and name', () => {
  const { oracles } = judged(playRun(smallConfig()));
  expect(oracles.filter(({ id, name }) => !page.includes(`| ${id} ${name} |`))).toEqual([]);
  const lines = page.match(/^\| O\d+ /gm) ?? [];
  expect(lines).toHaveLength(oracles.length);
});

test('every class of legal changes has its line', () => {
  expect(legalClasses.filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
});

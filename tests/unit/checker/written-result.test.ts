import { expect, test } from '@jest/globals';
import { differencesFrom } from '../../../checker/written-result.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import { judged } from './judged.ts';

const result = judged(playRun(smallConfig()));
const copy = (): Record<string, unknown> =>
  JSON.parse(JSON.stringify(result)) as Record<string, unknown>;

test('what was written by the same release from the same record says the same', () => {
  expect(differencesFrom(copy(), result)).toEqual([]);
});

test('every part that the events contradict is named, short ones with both words', () => {
  const written = { ...copy(), verdict: 'violated', ledger: [{}], statistics: {} };
  expect(differencesFrom(written, result)).toEqual([
    'verdict: "violated", but the events say "pass"',
    'ledger: [{}], but the events say []',
    'statistics: other than what the events say',
  ]);
});

test('a part that an earlier release did not write is no difference; the machine is none either', () => {
  const older = copy();
  delete older['oracles'];
  expect(differencesFrom({ ...older, environment: null, repeat: '' }, result)).toEqual([]);
});

test('whatever else is in the file is named', () => {
  expect(differencesFrom([], result)).toEqual(['it is not a JSON object']);
  expect(differencesFrom('pass', result)).toEqual(['it is not a JSON object']);
});

import { expect, test } from '@jest/globals';
import { algorithmOf, algorithms } from '../../../agreement/algorithms.ts';
import { mean } from '../../../agreement/mean.ts';
import { roundBased } from '../../../agreement/participant.ts';

const own = roundBased({ ...mean, name: 'mine' });

test('without a hash the name says which algorithm it is', () => {
  const named = (algorithm: string) => algorithmOf({ algorithm, algorithmHash: null }, own);
  expect(named('select')).toBe(algorithms.get('select'));
  expect(named('mine')).toBeNull();
});

test('with a hash it is the one that was loaded, whatever its name', () => {
  const config = { algorithm: 'mean', algorithmHash: 'a1' };
  expect(algorithmOf(config, own)).toBe(own);
  expect(algorithmOf(config, null)).toBeNull();
});

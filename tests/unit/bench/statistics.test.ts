import { describe, expect, test } from '@jest/globals';
import { inTurns } from '../../../bench/measure.ts';
import { growthExponent, median, pairedRatio } from '../../../bench/statistics.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 2])).toBe(3);
});

test('a paired ratio compares what was measured in the same turn', () => {
  // In the second turn the machine was ten times as slow, for both.
  expect(pairedRatio([2, 20, 2], [1, 10, 1])).toBe(2);
});

describe('a growth exponent', () => {
  test.each([
    [0, () => 7],
    [1, (x: number) => 3 * x],
    [2, (x: number) => 5 * x * x],
  ])('%d is found', (exponent, y) => {
    expect(growthExponent([1, 2, 4, 10].map((x) => [x, y(x)] as const))).toBeCloseTo(exponent, 10);
  });

  test('is that of the trend when the points scatter', () => {
    const points = [10, 20, 40, 80].map(
      (x, i) => [x, x * x * (i % 2 === 0 ? 1.05 : 0.95)] as const,
    );
    expect(growthExponent(points)).toBeGreaterThan(1.9);
    expect(growthExponent(points)).toBeLessThan(2.1);
  });
});

test('what is compared takes turns, and goes first by turns', async () => {
  const order: string[] = [];
  const note = (name: string) => () => Promise.resolve(order.push(name));
  const results = await inTurns(3, { floor: note('floor'), within: note('within') });
  expect(order).toEqual(['floor', 'within', 'within', 'floor', 'floor', 'within']);
  expect(results).toEqual({ floor: [1, 4, 5], within: [2, 3, 6] });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { algorithms, updateRules } from '../../../agreement/algorithms.ts';
import { InvariantError } from '../../../agreement/invariant.ts';
import { mean } from '../../../agreement/mean.ts';
import { midpoint } from '../../../agreement/midpoint.ts';
import { select } from '../../../agreement/select.ts';
import { applyRule, isLegalValue, VALUE_MAX } from '../../../agreement/update-rule.ts';
import type { UpdateRule } from '../../../agreement/update-rule.ts';
import { ulp } from '../../../agreement/worst-case-rounds.ts';
import { exactValue, isAtMost, meanOf, minus, plus } from './exact-value.ts';
import type { Exact } from './exact-value.ts';

const rule = fc.constantFrom(...updateRules);
const legal = fc.double({ min: -VALUE_MAX, max: VALUE_MAX, noNaN: true });
const near = fc.double({ min: 1, max: 2, noNaN: true });
const values = fc.oneof(
  fc.array(legal, { minLength: 1, maxLength: 12 }),
  fc.array(near, { minLength: 1, maxLength: 12 }),
);
const tolerated = fc.integer({ min: 0, max: 4 });

describe('the rules', () => {
  test('are registered by their names', () => {
    expect([...algorithms.keys()]).toEqual(['mean', 'midpoint', 'select']);
    expect([...algorithms.values()].map(({ name }) => name)).toEqual([...algorithms.keys()]);
  });

  test('mean is the mean', () => {
    expect(applyRule(mean, [4, 0, 1, 3], 1)).toBe(2);
  });

  test('midpoint is half way between the smallest and the largest', () => {
    expect(applyRule(midpoint, [8, 1, 2, 1], 2)).toBe(4.5);
  });

  test.each([
    { f: 0, used: '0 1 2 3 4 5', expected: 2.5 },
    { f: 1, used: '0 1 2 3 4 5', expected: 2.5 },
    { f: 2, used: '0 2 4', expected: 2 },
    { f: 3, used: '0 3', expected: 1.5 },
    { f: 4, used: '0 4', expected: 2 },
    { f: 9, used: '0', expected: 0 },
  ])('select takes the mean of every f-th value: f = $f uses $used', ({ f, expected }) => {
    expect(applyRule(select, [5, 4, 3, 2, 1, 0], f)).toBe(expected);
  });
});

describe('an update', () => {
  test('is the same to the last bit whatever the order of arrival', () => {
    const shuffled = values.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(rule, shuffled, tolerated, (chosen, [some, other], f) => {
        expect(applyRule(chosen, other, f)).toBe(applyRule(chosen, some, f));
      }),
    );
  });

  test('would depend on the order of arrival, if the values were not sorted', () => {
    const plainMean = (all: number[]): number => all.reduce((a, b) => a + b) / all.length;
    expect(plainMean([0.1, 0.2, 0.3])).not.toBe(plainMean([0.3, 0.2, 0.1]));
  });

  test('stays in the range of the values used', () => {
    fc.assert(
      fc.property(rule, values, tolerated, (chosen, all, f) => {
        const next = applyRule(chosen, all, f);
        expect(next).toBeGreaterThanOrEqual(Math.min(...all));
        expect(next).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });

  test('is clamped when rounding carries it out: three times 0.1', () => {
    const plainMean: UpdateRule = {
      name: 'plain mean',
      update: (sorted) => sorted.reduce((a, b) => a + b) / sorted.length,
      contraction: () => null,
    };
    expect(plainMean.update(Float64Array.of(0.1, 0.1, 0.1), 1)).toBe(0.10000000000000002);
    expect(applyRule(plainMean, [0.1, 0.1, 0.1], 1)).toBe(0.1);
  });

  test('is clamped whenever only rounding can have carried it out', () => {
    const plainMean: UpdateRule = {
      name: 'plain mean',
      update: (sorted) => sorted.reduce((a, b) => a + b) / sorted.length,
      contraction: () => null,
    };
    let outside = 0;
    const nearEachOther = fc
      .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 1000 }))
      .map(([value, count]) => new Array<number>(count).fill(value));
    fc.assert(
      fc.property(nearEachOther, (all) => {
        const value = all[0]! + 0;
        if (plainMean.update(Float64Array.from(all), 1) !== value) outside += 1;
        expect(applyRule(plainMean, all, 1)).toBe(value);
      }),
    );
    expect(outside).toBeGreaterThan(5);
  });

  test('is left where it is when rounding cannot explain it: a wrong rule is seen to be wrong', () => {
    const byCount: UpdateRule = {
      name: 'by count',
      update: (sorted) => (sorted[0] ?? 0) / sorted.length,
      contraction: () => null,
    };
    expect(applyRule(byCount, [5, 5], 1)).toBe(2.5);
    const above: UpdateRule = { ...byCount, update: (sorted) => (sorted.at(-1) ?? 0) * 1.000001 };
    expect(applyRule(above, [1, 2], 1)).toBe(2.000002);
  });

  test('of equal values is that value, to the bit', () => {
    const count = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(rule, legal, count, tolerated, (chosen, value, n, f) => {
        expect(applyRule(chosen, new Array<number>(n).fill(value), f)).toBe(value + 0);
      }),
    );
  });

  test('never gives −0', () => {
    for (const chosen of updateRules) expect(applyRule(chosen, [-0, -0], 1)).toBe(0);
  });

  test('of values scaled by a power of two is scaled exactly', () => {
    const size = fc.double({ min: 2 ** -10, max: 2 ** 10, noNaN: true });
    const exponent = fc.integer({ min: -30, max: 30 });
    const list = fc.array(size, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rule, list, exponent, tolerated, (chosen, all, power, f) => {
        const factor = 2 ** power;
        const scaled = all.map((value) => value * factor);
        expect(applyRule(chosen, scaled, f)).toBe(applyRule(chosen, all, f) * factor);
      }),
    );
  });

  test('of values moved by an integer is moved by it, up to rounding', () => {
    const integer = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const list = fc.array(integer, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rule, list, integer, tolerated, (chosen, all, by, f) => {
        const moved = all.map((value) => value + by);
        const difference = applyRule(chosen, moved, f) - (applyRule(chosen, all, f) + by);
        const largest = Math.max(...all.map(Math.abs), ...moved.map(Math.abs));
        expect(Math.abs(difference)).toBeLessThanOrEqual(2 * ulp(largest));
      }),
    );
  });

  test('is wrong by half an ulp of the largest value at most, plus what scales with the spread', () => {
    const nearLarge = fc.array(
      fc.double({ min: 0, max: 8, noNaN: true }).map((part) => 8e12 + part),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(fc.oneof(values, nearLarge), (all) => {
        const bound = errorBound(all);
        const ofMean = minus(exactValue(applyRule(mean, all, 1)), meanOf(all));
        expect(isAtMost(ofMean, bound)).toBe(true);
        const ends = [Math.min(...all), Math.max(...all)];
        const ofMidpoint = minus(exactValue(applyRule(midpoint, all, 1)), meanOf(ends));
        expect(isAtMost(ofMidpoint, bound)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** ulp/2 + (n + 3) · spread · 2^−53, exactly: in doubles it would itself vanish near 0. */
function errorBound(all: readonly number[]): Exact {
  const step = exactValue(ulp(Math.max(...all.map(Math.abs))));
  const spread = exactValue(Math.max(...all) - Math.min(...all));
  const scaled = { top: spread.top * BigInt(all.length + 3), bottom: spread.bottom << 53n };
  return plus({ top: step.top, bottom: step.bottom * 2n }, scaled);
}

describe('values that are no values', () => {
  test('an update of nothing is a bug', () => {
    expect(() => applyRule(mean, [], 1)).toThrow(InvariantError);
  });

  test('a rule that returns NaN is a bug, and the message shows what it got', () => {
    const broken: UpdateRule = { name: 'broken', update: () => NaN, contraction: () => null };
    expect(() => applyRule(broken, [2, 1], 1)).toThrow('broken: update of 1 2 gave NaN');
  });

  test('NaN, infinities and magnitudes over 1e300 are not legal', () => {
    expect([NaN, Infinity, -Infinity, 1.1e300, -1.1e300].filter(isLegalValue)).toEqual([]);
    expect([0, -0, 1e300, -1e300, 5e-324].every(isLegalValue)).toBe(true);
  });

  test('a thousand of the largest legal values do not overflow', () => {
    const all = new Array<number>(1000).fill(VALUE_MAX).fill(-VALUE_MAX, 0, 500);
    for (const chosen of updateRules) expect(applyRule(chosen, all, 2)).toBeLessThan(VALUE_MAX);
  });
});

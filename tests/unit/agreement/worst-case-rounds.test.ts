import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { updateRules } from '../../../agreement/algorithms.ts';
import { mean } from '../../../agreement/mean.ts';
import { midpoint } from '../../../agreement/midpoint.ts';
import { ratio } from '../../../agreement/ratio.ts';
import { allNodes } from '../../../agreement/resilience.ts';
import { select } from '../../../agreement/select.ts';
import { applyRule } from '../../../agreement/update-rule.ts';
import type { UpdateRule } from '../../../agreement/update-rule.ts';
import { smallestEpsilon, ulp, worstCaseRounds } from '../../../agreement/worst-case-rounds.ts';

/** docs/theory.md, "Worst-case rounds": Δ = 1, ε = 0.001; R of mean, midpoint, select. */
const table: [number, number, number, number, number][] = [
  [3, 1, 10, 10, 10],
  [4, 1, 7, 10, 7],
  [5, 1, 5, 10, 5],
  [5, 2, 18, 10, 10],
  [6, 2, 10, 10, 10],
  [7, 1, 4, 10, 4],
  [7, 2, 8, 10, 7],
  [7, 3, 25, 10, 10],
  [9, 4, 31, 10, 10],
  [10, 1, 4, 10, 4],
  [10, 3, 9, 10, 7],
  [10, 4, 18, 10, 10],
  [20, 4, 5, 10, 5],
  [20, 9, 35, 10, 10],
  [100, 1, 2, 10, 2],
  [100, 49, 173, 10, 10],
];

describe('the worst number of rounds', () => {
  test.each(table)('n = %i, f = %i: mean %i, midpoint %i, select %i', (n, f, ...expected) => {
    const found = [mean, midpoint, select].map((rule) =>
      worstCaseRounds(rule.contraction(n, f)!, [0, 1], 0.001),
    );
    expect(found).toEqual(expected);
  });

  test('is 0 when the inputs are equal or already within ε', () => {
    expect(worstCaseRounds(ratio(1, 2), [7, 7, 7], 1e-9)).toBe(0);
    expect(worstCaseRounds(ratio(1, 2), [0, 0.25], 0.25)).toBe(0);
    expect(worstCaseRounds(ratio(1, 1), [3, 3], 0.1)).toBe(0);
  });

  test('is 1 when one round agrees exactly (f = 0)', () => {
    expect(worstCaseRounds(ratio(0, 1), [0, 1e300], 1e-300)).toBe(1);
  });

  test('does not exist without a contraction', () => {
    expect(worstCaseRounds(ratio(1, 1), [0, 1], 0.1)).toBeNull();
    expect(worstCaseRounds(ratio(3, 2), [0, 1], 0.1)).toBeNull();
  });

  test('does not exist over the limit of ten thousand', () => {
    expect(worstCaseRounds(ratio(9_999, 10_000), [0, 1], 0.001)).toBeNull();
    expect(worstCaseRounds(ratio(999, 1000), [0, 1], 0.001)).toBe(6905);
  });

  test('uses the spread of the inputs, wherever they lie', () => {
    expect(worstCaseRounds(ratio(1, 2), [-512, 0.5, 512], 1)).toBe(10);
  });

  test('takes ε as the double it is: 0.001 lies above 1/1000 and 1/9 below', () => {
    expect(worstCaseRounds(ratio(1, 10), [0, 1000], 0.001)).toBe(6);
    expect(worstCaseRounds(ratio(1, 3), [0, 1], 1 / 9)).toBe(3);
  });

  test('is not what the logarithm says: it is wrong in both directions', () => {
    const byLogarithm = (delta: number, rho: number): number =>
      Math.ceil(Math.log(delta) / Math.log(1 / rho));
    expect(byLogarithm(9, 1 / 3)).toBe(3);
    expect(worstCaseRounds(ratio(1, 3), [0, 9], 1)).toBe(2);
    const justOver = 1000 + ulp(1000);
    expect(byLogarithm(justOver, 1 / 10)).toBe(3);
    expect(worstCaseRounds(ratio(1, 10), [0, justOver], 1)).toBe(4);
  });

  test('is not what multiplying doubles says: that may be one more or one less', () => {
    const byLoop = (delta: number, epsilon: number, rho: number): number => {
      let rounds = 0;
      for (let spread = delta; spread > epsilon; spread *= rho) rounds += 1;
      return rounds;
    };
    expect(byLoop(1000, 0.001, 0.1)).toBe(7);
    expect(byLoop(1, 1 / 9, 1 / 3)).toBe(2);
  });

  test('is the smallest: one round less leaves more than ε', () => {
    const fraction = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 10 }))
      .map(([numerator, more]) => ratio(numerator, numerator + more));
    const exponent = fc.integer({ min: -20, max: 0 });
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 99 }), exponent, (rho, delta, power) => {
        const rounds = worstCaseRounds(rho, [0, delta], 2 ** power)!;
        // ρ^r Δ ≤ 2^power, in integers.
        const isEnough = (r: number): boolean =>
          BigInt(rho.numerator) ** BigInt(r) * BigInt(delta) * 2n ** BigInt(-power) <=
          BigInt(rho.denominator) ** BigInt(r);
        expect(isEnough(rounds)).toBe(true);
        expect(rounds > 0 && isEnough(rounds - 1)).toBe(false);
      }),
    );
  });
});

describe('an ulp', () => {
  test('is the distance to the next double', () => {
    expect(ulp(1)).toBe(Number.EPSILON);
    expect(ulp(-1)).toBe(Number.EPSILON);
    expect(ulp(2 ** 53)).toBe(2);
    expect(ulp(0)).toBe(Number.MIN_VALUE);
    expect(ulp(1e300)).toBeGreaterThan(1e283);
  });

  test('added to a number gives a larger one, and half of it does not', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -900, max: 1e300, noNaN: true }), (x) => {
        expect(x + ulp(x)).toBeGreaterThan(x);
        expect([x, x + ulp(x)]).toContain(x + ulp(x) / 2);
      }),
    );
  });
});

/** Rounds of random quorums among values that start near 8e12, in doubles; the spread afterwards. */
function spreadAfter(rule: UpdateRule, n: number, f: number, rounds: number, picks: number[]) {
  let values = picks.slice(0, n).map((pick) => 8e12 + pick / 2 ** 31);
  const inputs = values;
  let next = 0;
  for (let round = 0; round < rounds; round += 1) {
    const current = values;
    values = allNodes(n).map((id) => {
      const peers = allNodes(n).filter((other) => other !== id);
      while (peers.length > n - f - 1) {
        next += 1;
        peers.splice(picks[next % picks.length]! % peers.length, 1);
      }
      return applyRule(
        rule,
        [id, ...peers].map((j) => current[j - 1]!),
        f,
      );
    });
  }
  return { inputs, spread: Math.max(...values) - Math.min(...values) };
}

describe('the smallest ε', () => {
  const picks = fc.array(fc.nat(2 ** 31 - 1), { minLength: 101, maxLength: 101 });
  const size = fc.constantFrom<[number, number]>([3, 1], [5, 1], [5, 2], [7, 3]);

  test('is two ulp of the largest input, over the square of 1 − ρ', () => {
    expect(smallestEpsilon(ratio(1, 2), [-4, 1])).toBe(8 * ulp(4));
    expect(smallestEpsilon(ratio(2, 3), [1, 0])).toBeCloseTo(18 * ulp(1), 25);
    expect(smallestEpsilon(ratio(0, 1), [1, 0])).toBe(2 * ulp(1));
    expect(smallestEpsilon(null, [1])).toBe(8 * ulp(1));
  });

  test('is reached in R + 1 rounds although every update rounds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...updateRules), size, picks, (rule, [n, f], random) => {
        const rho = rule.contraction(n, f)!;
        const { inputs } = spreadAfter(rule, n, f, 0, random);
        const epsilon = smallestEpsilon(rho, inputs);
        const rounds = worstCaseRounds(rho, inputs, epsilon)! + 1;
        expect(spreadAfter(rule, n, f, rounds, random).spread).toBeLessThanOrEqual(epsilon);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    { n: 5, f: 2, gap: 1 },
    { n: 100, f: 49, gap: 12 },
  ])('is needed: two camps $gap ulp apart never come closer, n = $n, f = $f', ({ n, f, gap }) => {
    const low = 8e12;
    const high = low + gap * ulp(low);
    const heardByHighCamp = allNodes(n - f).map((id) => (id <= n - 2 * f ? low : high));
    expect(applyRule(mean, heardByHighCamp, f)).toBe(high);
    expect(smallestEpsilon(mean.contraction(n, f), [low, high])).toBeGreaterThan(high - low);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exp, ln, normalQuantile, squareRoot } from '../../../faults/elementary.ts';

/** Measured: at most 4.5 · 10^−16. The tolerance leaves room for another engine's Math. */
const TOLERANCE = 2e-15;
const relativeError = (got: number, expected: number) =>
  expected === 0 ? Math.abs(got) : Math.abs(got / expected - 1);

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe('ln', () => {
  test('agrees with Math.log over all magnitudes', () => {
    fc.assert(
      fc.property(positive, (x) => relativeError(ln(x), Math.log(x)) < TOLERANCE),
      { numRuns: 5000 },
    );
  });

  test('keeps its relative accuracy near 1, where the logarithm vanishes', () => {
    const near = fc.double({ min: 0.7, max: 1.42, noNaN: true });
    fc.assert(
      fc.property(near, (x) => relativeError(ln(x), Math.log(x)) < TOLERANCE),
      { numRuns: 5000 },
    );
    expect(ln(1)).toBe(0);
    expect(relativeError(ln(1.0000001), 9.999999505838704e-8)).toBeLessThan(TOLERANCE);
  });

  // Expected values to 17 digits from multiple-precision arithmetic (mpmath).
  test.each([
    [0.1, -2.3025850929940455],
    [2, 0.6931471805599453],
    [1e-300, -690.7755278982137],
    [5e-324, -744.4400719213812],
    [Number.MAX_VALUE, 709.782712893384],
  ])('of %d is %d', (x, expected) => {
    expect(relativeError(ln(x), expected)).toBeLessThan(TOLERANCE);
  });
});

describe('exp', () => {
  test('agrees with Math.exp between −708 and 708', () => {
    const exponent = fc.double({ min: -708, max: 708, noNaN: true });
    fc.assert(
      fc.property(exponent, (x) => relativeError(exp(x), Math.exp(x)) < TOLERANCE),
      { numRuns: 5000 },
    );
  });

  test.each([
    [0, 1],
    [1, 2.718281828459045],
    [-20, 2.061153622438558e-9],
    [700, 1.014232054735005e304],
    [-700, 9.85967654375977e-305],
    [1e-9, 1.000000001],
  ])('of %d is %d', (x, expected) => {
    expect(relativeError(exp(x), expected)).toBeLessThan(TOLERANCE);
  });

  test('stays finite and positive for any exponent', () => {
    for (const x of [1e6, Infinity, -1e6, -Infinity]) {
      expect(exp(x)).toBeGreaterThan(0);
      expect(exp(x)).toBeLessThan(Infinity);
    }
  });
});

test('squareRoot agrees with Math.sqrt over all magnitudes', () => {
  fc.assert(
    fc.property(positive, (x) => relativeError(squareRoot(x), Math.sqrt(x)) < TOLERANCE),
    { numRuns: 2000 },
  );
  expect(squareRoot(0)).toBe(0);
  expect(squareRoot(9)).toBe(3);
});

describe('normalQuantile', () => {
  // Expected values to 17 digits from multiple-precision arithmetic (mpmath); all three branches.
  test.each([
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446006],
    [0.925, 1.4395314709384561],
    [0.95, 1.6448536269514722],
    [0.975, 1.9599639845400538],
    [0.99, 2.3263478740408408],
    [0.999, 3.090232306167813],
    [0.9999, 3.7190164854557084],
    [1e-6, -4.753424308822899],
    [1e-9, -5.997807015007687],
    [1e-12, -7.034483825301132],
    [1e-15, -7.941345326170997],
  ])('at %d is %d', (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(TOLERANCE);
  });

  test('never falls as p grows, also across the seams of the approximation', () => {
    const seams = [0.075, 0.925, 1.3887943864964021e-11, 1 - 1.3887943864964021e-11];
    for (const seam of seams) {
      const steps = Array.from({ length: 41 }, (_, i) =>
        normalQuantile(seam * (1 + (i - 20) * 1e-13)),
      );
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
    }
  });

  test('is finite at both ends of the draws', () => {
    expect(normalQuantile(0)).toBeCloseTo(-8.2924, 4);
    expect(normalQuantile(1 - 2 ** -53)).toBeCloseTo(8.2095, 4);
  });
});

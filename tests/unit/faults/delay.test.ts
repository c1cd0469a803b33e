import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { delayUs, maxDelayMs } from '../../../faults/delay.ts';
import { messageWaitUs } from '../../../faults/message-wait.ts';
import { uniform } from '../../../faults/draw.ts';
import type { DelayDistribution } from '../../../faults/settings.ts';

const SAMPLES = 50_000;

const sample = (delay: DelayDistribution, length = SAMPLES): number[] =>
  Array.from({ length }, (_, i) => messageWaitUs(7, { delay }, 1, 2, i));

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const center = mean(values);
  return mean(values.map((value) => (value - center) ** 2));
}

const NO_CAP = 1e9;
const uniform20: DelayDistribution = { kind: 'uniform', minMs: 0, maxMs: 20 };
const constant: DelayDistribution = { kind: 'constant', delayMs: 1.5 };
const exponential: DelayDistribution = { kind: 'exponential', minMs: 2, meanMs: 10, capMs: NO_CAP };
const lognormal: DelayDistribution = { kind: 'lognormal', medianMs: 5, sigma: 0.5, capMs: NO_CAP };
const pareto: DelayDistribution = { kind: 'pareto', minMs: 2, alpha: 6, capMs: NO_CAP };
const capped: DelayDistribution[] = [
  { kind: 'exponential', minMs: 2, meanMs: 10, capMs: 15 },
  { kind: 'lognormal', medianMs: 5, sigma: 2, capMs: 15 },
  { kind: 'pareto', minMs: 2, alpha: 0.5, capMs: 15 },
];

describe('mean and variance over 50,000 keyed draws', () => {
  // Theory in ms and ms². The tolerance is four standard errors: √(σ²/N) for the mean, and
  // σ² √((κ−1)/N) with the kurtosis κ for the variance. The seed is fixed.
  const g = Math.exp(0.5 ** 2);
  test.each([
    { delay: uniform20, expected: 10, spread: 400 / 12, kurtosis: 1.8 },
    { delay: constant, expected: 1.5, spread: 0, kurtosis: 1 },
    { delay: exponential, expected: 12, spread: 100, kurtosis: 9 },
    { delay: lognormal, expected: 5 * Math.exp(0.125), spread: 25 * g * (g - 1), kurtosis: 8.9 },
    { delay: pareto, expected: (6 * 2) / 5, spread: (6 * 4) / (25 * 4), kurtosis: 38.7 },
  ])('match theory for $delay.kind', ({ delay, expected, spread, kurtosis }) => {
    const delaysMs = sample(delay).map((us) => us / 1000);
    const meanError = 4 * Math.sqrt(spread / SAMPLES);
    const varianceError = 4 * spread * Math.sqrt((kurtosis - 1) / SAMPLES);
    expect(Math.abs(mean(delaysMs) - expected)).toBeLessThanOrEqual(meanError + 1e-9);
    expect(Math.abs(variance(delaysMs) - spread)).toBeLessThanOrEqual(varianceError + 1e-9);
  });
});

describe('quantiles in microseconds', () => {
  test.each([
    { delay: uniform20, u: 0.25, expected: 5000 },
    { delay: uniform20, u: 0, expected: 0 },
    { delay: uniform20, u: 1 - 2 ** -53, expected: 20_000 },
    { delay: constant, u: 0.9, expected: 1500 },
    { delay: exponential, u: 0, expected: 2000 },
    { delay: exponential, u: 0.5, expected: 8931 }, // 2 + 10 ln 2
    { delay: exponential, u: 0.99, expected: 48_052 }, // 2 + 10 ln 100
    { delay: lognormal, u: 0.5, expected: 5000 },
    { delay: lognormal, u: 0.975, expected: 13_322 }, // 5 e^(0.5 · 1.95996)
    { delay: pareto, u: 0, expected: 2000 },
    { delay: pareto, u: 0.984375, expected: 4000 }, // 2 · 64^(1/6)
  ])('of $delay.kind at $u', ({ delay, u, expected }) => {
    expect(delayUs(delay, u)).toBe(expected);
  });

  test('a share u of all draws is at most the quantile of u', () => {
    for (const delay of [uniform20, exponential, lognormal, pareto]) {
      const delays = sample(delay);
      for (const u of [0.1, 0.5, 0.9, 0.99]) {
        const limit = delayUs(delay, u);
        const share = delays.filter((us) => us <= limit).length / SAMPLES;
        expect(Math.abs(share - u)).toBeLessThan(0.009); // 4 standard errors at u = 0.5
      }
    }
  });
});

describe('a delay', () => {
  const anyDelay = fc.constantFrom(uniform20, constant, exponential, lognormal, pareto, ...capped);
  const draw = fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true });

  test('is an integer number of microseconds from 0 to the maximum', () => {
    fc.assert(
      fc.property(anyDelay, draw, (delay, u) => {
        const us = delayUs(delay, u);
        expect(Number.isSafeInteger(us)).toBe(true);
        expect(us).toBeGreaterThanOrEqual(0);
        expect(us).toBeLessThanOrEqual(maxDelayMs(delay) * 1000);
      }),
    );
  });

  test('never falls as u grows', () => {
    fc.assert(
      fc.property(anyDelay, draw, draw, (delay, u, v) => {
        expect(delayUs(delay, Math.min(u, v))).toBeLessThanOrEqual(delayUs(delay, Math.max(u, v)));
      }),
    );
  });

  test.each(capped)('of $kind is sometimes cut by its cap and sometimes not', (delay) => {
    const delays = sample(delay, 1000);
    expect(Math.max(...delays)).toBe(15_000);
    expect(Math.min(...delays)).toBeLessThan(15_000);
  });

  test('is that number when the smallest and the largest are the same', () => {
    const delay: DelayDistribution = { kind: 'uniform', minMs: 3, maxMs: 3 };
    expect(new Set(sample(delay, 1000))).toEqual(new Set([3000]));
  });

  test('of a degenerate lognormal is its median, also at the extreme draw 0', () => {
    const delay: DelayDistribution = { kind: 'lognormal', medianMs: 4, sigma: 0, capMs: 10 };
    expect([0, 0.3, 1 - 2 ** -53].map((u) => delayUs(delay, u))).toEqual([4000, 4000, 4000]);
  });

  test('is drawn for the message: by link, direction and round, whoever asks and when', () => {
    const settings = { delay: uniform20 };
    expect(messageWaitUs(7, settings, 3, 1, 2)).toBe(
      delayUs(uniform20, uniform(7, 'delay', 3, 1, 2)),
    );
    const distinct = new Set([
      messageWaitUs(7, settings, 3, 1, 2),
      messageWaitUs(7, settings, 1, 3, 2),
      messageWaitUs(7, settings, 3, 2, 2),
      messageWaitUs(7, settings, 3, 1, 3),
      messageWaitUs(8, settings, 3, 1, 2),
    ]);
    expect(distinct.size).toBe(5);
  });
});

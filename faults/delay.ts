/**
 * How late a message is: the inverse of a distribution function at a keyed draw, in integer
 * microseconds, the same on every machine (elementary.ts). docs/faults.md lists the formulas.
 */
import { exp, ln, normalQuantile } from './elementary.ts';
import type { DelayDistribution } from './settings.ts';

/** The delay at quantile u in [0, 1), rounded to the nearest microsecond. Never above the cap. */
export function delayUs(distribution: DelayDistribution, u: number): number {
  const delayMs = Math.min(quantileMs(distribution, u), maxDelayMs(distribution));
  return Math.floor(delayMs * 1000 + 0.5);
}

/** False: the delay is the same at every quantile, and nobody has to draw one. */
export const isDrawn = (distribution: DelayDistribution): boolean =>
  distribution.kind === 'uniform'
    ? distribution.minMs !== distribution.maxMs
    : distribution.kind !== 'constant';

/** No message is delayed longer than this, in milliseconds; holds come on top. */
export function maxDelayMs(distribution: DelayDistribution): number {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.maxMs;
    case 'constant':
      return distribution.delayMs;
    case 'exponential':
    case 'lognormal':
    case 'pareto':
      return distribution.capMs;
  }
}

function quantileMs(distribution: DelayDistribution, u: number): number {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.minMs + u * (distribution.maxMs - distribution.minMs);
    case 'constant':
      return distribution.delayMs;
    case 'exponential':
      return distribution.minMs - distribution.meanMs * ln(1 - u);
    case 'lognormal':
      return distribution.medianMs * exp(distribution.sigma * normalQuantile(u));
    case 'pareto':
      return distribution.minMs * exp(-ln(1 - u) / distribution.alpha);
  }
}

/**
 * Percentile bootstrap: how far a statistic might be from where it is, had the same runs been drawn
 * again. Resampling is keyed by what it is for, so the same rows give the same interval everywhere.
 * (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.)
 */
import { murmur3 } from '../faults/hash.ts';
import { quantile } from '../report/quantiles.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES_MAX = 2000;
const RESAMPLES_MIN = 200;

/** Draws of one interval: large samples get fewer resamples, as their intervals are narrow anyway. */
const DRAWS_MAX = 1_000_000;

const TWO_TO_32 = 4_294_967_296;

/**
 * 95 % of the resampled statistics lie in it. `statistic` gets a resample in ascending order when
 * `isOrdered`. Null of fewer than two values: nothing is known of how they vary.
 */
export function bootstrap(
  sample: ArrayLike<number>,
  key: string,
  statistic: (resample: Float64Array) => number,
  isOrdered = false,
): Interval | null {
  const { length } = sample;
  if (length < 2) return null;
  const alike = sample[0] ?? NaN;
  // What never varies has nothing to draw again; many cells are so, and this is where the time goes.
  if (Array.prototype.every.call(sample, (value) => value === alike)) {
    return pointAt(statistic(Float64Array.from(sample)));
  }
  const count = Math.max(RESAMPLES_MIN, Math.min(RESAMPLES_MAX, Math.floor(DRAWS_MAX / length)));
  const found = new Float64Array(count);
  const resample = new Float64Array(length);
  const [one, other] = keyOf(key);
  for (let turn = 0; turn < count; turn += 1) {
    for (let place = 0; place < length; place += 1) {
      const chance = murmur3(one, other, turn, place, length, 0, 0, 0) / TWO_TO_32;
      resample[place] = sample[Math.floor(chance * length)] ?? NaN;
    }
    if (isOrdered) resample.sort();
    found[turn] = statistic(resample);
  }
  found.sort();
  return { low: quantile(found, 0.025), high: quantile(found, 0.975) };
}

const pointAt = (at: number): Interval => ({ low: at, high: at });

export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total / values.length;
}

export const median = (ascending: ArrayLike<number>): number => quantile(ascending, 0.5);

/** 64 bits of a text. */
function keyOf(text: string): [number, number] {
  let one = 0;
  let other = 1;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    one = murmur3(one, code, 0, 0, 0, 0, 0, 0);
    other = murmur3(other, code, 1, 0, 0, 0, 0, 0);
  }
  return [one, other];
}

/**
 * What a node does with the values of one quorum. Rules get the values in ascending order, because
 * floating-point sums depend on their order and arrival order must not change the last bit.
 */
import type { Resilience } from './algorithm.ts';
import { sortAscending } from './ascending.ts';
import { invariant } from './invariant.ts';
import type { Ratio } from './ratio.ts';

export interface UpdateRule {
  readonly name: string;
  /** `sorted`: exactly n − f finite values, ascending. Returns the next value. */
  update(sorted: Float64Array, f: number): number;
  /** Proven worst-case spread after / before one round, or null when nothing is proven. */
  contraction(n: number, f: number): Ratio | null;
  /** For which n and f the contraction holds; without it asynchronous crash faults, n > 2f. */
  readonly resilience?: Resilience;
}

/** Larger magnitudes are refused everywhere: sums of a thousand of these still cannot overflow. */
export const VALUE_MAX = 1e300;

export const isLegalValue = (value: number): boolean => Math.abs(value) <= VALUE_MAX;

/**
 * Sorts, applies the rule and clamps into the range of the values used: rounding may carry a mean
 * out of it (three times 0.1 has the mean 0.10000000000000002), and validity allows no ulp. What
 * rounding cannot explain stays as it is, so that a wrong rule is seen to be wrong.
 * Adding 0 turns −0 into 0, so that a value survives JSON and the wire bit for bit.
 */
export function applyRule(rule: UpdateRule, values: Iterable<number>, f: number): number {
  const sorted = new Float64Array(values);
  sortAscending(sorted);
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  invariant(low !== undefined && high !== undefined, () => `${rule.name}: update of no values`);
  const next = rule.update(sorted, f);
  invariant(
    Number.isFinite(next),
    () => `${rule.name}: update of ${sorted.join(' ')} gave ${next}`,
  );
  return clampRounding(next, low, high, sorted.length) + 0;
}

/** A plain sum of `count` values errs by less than count² · ε/2 · the largest; with room to spare. */
function clampRounding(next: number, low: number, high: number, count: number): number {
  const nearest = Math.min(Math.max(next, low), high);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const slack = 4 * Number.EPSILON * count * largest;
  return Math.abs(next - nearest) <= slack ? nearest : next;
}

/**
 * Mean of ascending values, measured from the smallest one. The rounding error then scales with
 * their spread instead of their magnitude, apart from the last addition (half an ulp): that is
 * what `smallestEpsilon` in worst-case-rounds.ts relies on.
 */
export function meanFromLowest(sorted: Float64Array): number {
  const low = sorted[0] ?? 0;
  let sum = 0;
  for (const value of sorted) sum += value - low;
  return low + sum / sorted.length;
}

/**
 * Weighted midpoint: one third of the way from the smallest to the largest of the n − f values.
 * Asynchronous, crash faults, n > 2f. The worked example of docs/own-algorithms.md.
 *
 * Contraction 2/3. Two quorums share a value z. With w = 1/3 the two results are
 *   x = (1 − w) · low + w · high   and   x' = (1 − w) · low' + w · high'.
 * z lies between low and high and between low' and high', so
 *   x − x' ≤ (1 − w) · z + w · max − (1 − w) · min − w · z  ≤  (1 − w) · (max − min).
 * A lopsided weight costs speed: the midpoint itself (w = 1/2) has 1/2.
 */
import type { UpdateRule } from '../../agreement/update-rule.ts';

export const rule: UpdateRule = {
  name: 'weighted midpoint',

  /** `sorted`: exactly n − f values, ascending. Returns the next value. */
  update(sorted) {
    const low = sorted[0] ?? 0;
    const high = sorted.at(-1) ?? 0;
    return low + (high - low) / 3;
  },

  /** The proven worst case of one round, as an exact fraction. With f = 0 all quorums are equal. */
  contraction: (_n, f) =>
    f === 0 ? { numerator: 0, denominator: 1 } : { numerator: 2, denominator: 3 },
};

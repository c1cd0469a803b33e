/**
 * Midpoint of n − f values: (smallest + largest) / 2. Asynchronous, crash faults, n > 2f.
 *
 * Contraction 1/2 for every n > 2f, tight. Two quorums share some value z, so one midpoint is at
 * most (z + max)/2 and the other at least (min + z)/2. Beats the mean in the worst case exactly
 * when n < 3f. With f = 0 all quorums are equal and one round agrees exactly.
 */
import { ratio } from './ratio.ts';
import type { UpdateRule } from './update-rule.ts';

export const midpoint: UpdateRule = {
  name: 'midpoint',
  update(sorted) {
    const low = sorted[0] ?? 0;
    const high = sorted[sorted.length - 1] ?? low;
    // Legal values are far below overflow, and this form is exact for low = high.
    return low + (high - low) / 2;
  },
  contraction: (_n, f) => (f === 0 ? ratio(0, 1) : ratio(1, 2)),
};

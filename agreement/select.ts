/**
 * Select: mean of every f-th of the n − f sorted values (indices 0, f, 2f, …). Asynchronous,
 * crash faults, n > 2f.
 *
 * Source: the select function of D. Dolev, N. Lynch, S. Pinter, E. Stark, W. Weihl, "Reaching
 * approximate agreement in the presence of faults" (JACM 33(3), 1986), in the crash-fault form
 * studied by A. Fekete (1987) and by M. Függer, T. Nowak, M. Schwarz (PODC 2018).
 *
 * Contraction 1/(⌈n/f⌉ − 1), tight: two sorted lists of equal length that differ in at most f
 * entries satisfy v[a] ≤ w[a+f], so the sum over the selected indices telescopes to one spread.
 * That needs lists of equal length: exactly n − f values, never "all that have arrived".
 */
import { ratio } from './ratio.ts';
import { meanFromLowest } from './update-rule.ts';
import type { UpdateRule } from './update-rule.ts';

export const select: UpdateRule = {
  name: 'select',
  update: (sorted, f) =>
    meanFromLowest(f <= 1 ? sorted : sorted.filter((_, index) => index % f === 0)),
  contraction: (n, f) => (f === 0 ? ratio(0, 1) : ratio(1, Math.ceil(n / f) - 1)),
};

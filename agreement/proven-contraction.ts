/** What an algorithm promises for the n and f of a run. */
import type { Algorithm } from './algorithm.ts';
import type { Ratio } from './ratio.ts';
import { isResilient } from './resilience.ts';

/** Null: nothing is proven, either of the algorithm or because n is too small for f. */
export function provenContraction(
  algorithm: Algorithm<unknown>,
  n: number,
  f: number,
): Ratio | null {
  if (!isResilient(algorithm.resilience, n, f)) return null;
  const contraction = algorithm.contraction(n, f);
  return contraction !== null && contraction.numerator < contraction.denominator
    ? contraction
    : null;
}

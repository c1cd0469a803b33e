/** Contractions for people. */
import type { Ratio } from '../../agreement/ratio.ts';
import { reduced } from './one-round.ts';

/** "2/3", "0" or "1", in lowest terms. */
export function fraction({ numerator, denominator }: Ratio): string {
  const lowest = reduced(numerator, denominator);
  return lowest.denominator === 1
    ? String(lowest.numerator)
    : `${lowest.numerator}/${lowest.denominator}`;
}

/** ρ^rounds: what a proven contraction leaves after so many rounds. */
export const power = ({ numerator, denominator }: Ratio, rounds: number): Ratio => ({
  numerator: numerator ** rounds,
  denominator: denominator ** rounds,
});

/** A fraction where it is exact; otherwise what was found is a lower bound, in a double. */
export const contractionText = (exact: Ratio | null, value: number): string =>
  exact === null ? `at least ${Number(value.toPrecision(6))}` : fraction(exact);

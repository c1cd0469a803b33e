/** An exact fraction of small non-negative integers, so that 2/3 is not 0.6666666666666666. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  numerator,
  denominator,
});

export const toNumber = (r: Ratio): number => r.numerator / r.denominator;

/** Medians, paired ratios and growth exponents. */

export function median(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Median over repeats of what was measured in the same turn: noise that hits both cancels. */
export const pairedRatio = (numbers: readonly number[], floor: readonly number[]): number =>
  median(numbers.map((number, turn) => number / (floor[turn] ?? NaN)));

/** The exponent of y ≈ c · x^exponent: least squares on both logarithms. */
export function growthExponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanOf = (at: 0 | 1): number => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
  const [meanX, meanY] = [meanOf(0), meanOf(1)];
  const product = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const square = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return product / square;
}

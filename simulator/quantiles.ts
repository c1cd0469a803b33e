/** Least, median, 95 % and largest: nearest ranks, so that each is a number that did occur. */
export interface Quantiles {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** NaN stands for "none" and is left out; null: nothing is left. */
export function quantilesOf(samples: Float64Array): Quantiles | null {
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort();
  if (sorted.length === 0) return null;
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { min: at(0), median: at(0.5), p95: at(0.95), max: at(1) };
}

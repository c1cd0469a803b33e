/** Order statistics of what a run measured. */

/** The value below which a share `q` lies, between neighbours in proportion; NaN of nothing. */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const place = q * (ascending.length - 1);
  const below = Math.floor(place);
  const low = ascending[below] ?? NaN;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

export interface Bin {
  readonly from: number;
  readonly to: number;
}

export interface Bins {
  readonly bins: readonly Bin[];
  /** Of equal ratio, not of equal width. */
  readonly isLog: boolean;
}

/**
 * Bins that cover all of the samples: of equal and round width, or of equal ratio when the largest is
 * over a hundred times the median (a heavy tail on a linear axis is one bar and a void). The more there
 * is to count, the more bins.
 */
export function binsFor(samples: readonly Float64Array[]): Bins {
  const most = Math.max(0, ...samples.map((ascending) => ascending.at(-1) ?? 0));
  if (most === 0) return { bins: [{ from: 0, to: 1 }], isLog: false };
  const size = Math.max(...samples.map(({ length }) => length));
  const count = Math.min(BINS_MAX, Math.max(BINS_MIN, Math.round(2 * Math.sqrt(size))));
  const medians = samples.map((ascending) => quantile(ascending, 0.5)).filter((x) => x > 0);
  const isLog = medians.length > 0 && most > 100 * Math.min(...medians);
  return { bins: isLog ? ratioBins(samples, most, count) : widthBins(most, count), isLog };
}

const BINS_MIN = 10;
const BINS_MAX = 40;

/** Of numbers below this a part may round to 0, and no width is left. */
const LEAST_WIDTH = 1e-300;

function widthBins(most: number, count: number): Bin[] {
  const width = roundUp(Math.max(most / count, LEAST_WIDTH));
  return Array.from({ length: Math.floor(most / width) + 1 }, (_, i) => ({
    from: i * width,
    to: (i + 1) * width,
  }));
}

/** 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return power * ([1, 2, 2.5, 5, 10].find((step) => step * power >= x) ?? 10);
}

/** The first one begins at 0. */
function ratioBins(samples: readonly Float64Array[], most: number, count: number): Bin[] {
  const positive = samples.map((ascending) => ascending.find((x) => x > 0) ?? most);
  const start = Math.max(Math.min(...positive), most / 1e6);
  const edge = (i: number): number => (i === 0 ? 0 : start * (most / start) ** (i / count));
  return Array.from({ length: count }, (_, i) => ({ from: edge(i), to: edge(i + 1) }));
}

/** How many of a sample are in each bin; the last bin includes its end. */
export function histogram(sample: ArrayLike<number>, bins: readonly Bin[]): number[] {
  const counts = bins.map(() => 0);
  for (let i = 0; i < sample.length; i += 1) {
    const x = sample[i] ?? 0;
    let bin = bins.findIndex(({ to }) => x < to);
    if (bin < 0) bin = bins.length - 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

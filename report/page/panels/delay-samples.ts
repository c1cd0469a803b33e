/** Delays of the messages that were handed over, in milliseconds, ascending. */
import type { NodeId } from '../../../agreement/algorithm.ts';
import type { Table } from '../../csv.ts';
import { duration } from '../../numbers.ts';
import { binsFor, histogram, quantile } from '../../quantiles.ts';
import type { View } from '../../view.ts';

export interface Samples {
  readonly asked: Float64Array;
  readonly actual: Float64Array;
  /** Actual minus asked. */
  readonly error: Float64Array;
}

export interface Links {
  /** Null: all. */
  readonly from: NodeId | null;
  readonly to: NodeId | null;
}

const QUANTILES: readonly (readonly [string, number])[] = [
  ['median', 0.5],
  ['90 %', 0.9],
  ['99 %', 0.99],
  ['largest', 1],
];

export function samplesOf({ messages }: View, { from, to }: Links): Samples {
  const asked: number[] = [];
  const actual: number[] = [];
  const error: number[] = [];
  for (let row = 0; row < messages.count; row += 1) {
    const handed = messages.handed[row] ?? NaN;
    const isWanted =
      (from === null || messages.from[row] === from) && (to === null || messages.to[row] === to);
    if (Number.isNaN(handed) || !isWanted) continue;
    const wish = (messages.asked[row] ?? 0) / 1000;
    const wait = (handed - (messages.arrived[row] ?? NaN)) / 1000;
    asked.push(wish);
    actual.push(wait);
    error.push(wait - wish);
  }
  const sorted = (sample: number[]): Float64Array => Float64Array.from(sample).sort();
  return { asked: sorted(asked), actual: sorted(actual), error: sorted(error) };
}

export function samplesInWords({ asked, actual, error }: Samples): string {
  if (asked.length === 0) return 'No message was handed over.';
  const median = (sample: Float64Array): string => duration(quantile(sample, 0.5));
  return (
    `Median asked ${median(asked)}, actual ${median(actual)}; later than asked by ` +
    `${median(error)} in the median, ${duration(quantile(error, 1))} at most.`
  );
}

export function quantileTable({ asked, actual, error }: Samples): Table {
  const row = (name: string, sample: Float64Array): (string | number)[] => [
    name,
    ...QUANTILES.map(([, q]) =>
      sample.length === 0 ? '–' : Number(quantile(sample, q).toFixed(3)),
    ),
  ];
  return {
    name: 'delay-quantiles',
    columns: ['ms', ...QUANTILES.map(([name]) => name)],
    rows: [row('asked', asked), row('actual', actual), row('later than asked by', error)],
  };
}

export function histogramTable({ asked, actual }: Samples): Table {
  const { bins } = binsFor([asked, actual]);
  const wishes = histogram(asked, bins);
  const waits = histogram(actual, bins);
  return {
    name: 'delays',
    columns: ['from ms', 'to ms', 'asked', 'actual'],
    rows: bins.map(({ from, to }, index) => [from, to, wishes[index] ?? 0, waits[index] ?? 0]),
  };
}

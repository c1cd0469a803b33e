/**
 * Many seeds of one config: what is kept of each run, as columns of numbers that a worker thread can
 * hand over, and how the pieces of several workers come together. Who ran which piece, and when,
 * does not show in the result.
 */
import type { Algorithm } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Verdict } from '../record/result.ts';
import { quantilesOf } from './quantiles.ts';
import type { Quantiles } from './quantiles.ts';
import { runSeed } from './run-summary.ts';
import type { RunSummary } from './run-summary.ts';

/** What is measured of every run. Milliseconds are virtual. */
export const measures = {
  decidingRound: ({ run }) => run.decided ?? NaN,
  largestRound: ({ run }) => run.largest,
  decideMs: ({ run }) => (run.decideUs === null ? NaN : run.decideUs / 1000),
  finishMs: ({ run }) => run.finishUs / 1000,
  sent: ({ run }) => run.sent,
  delivered: ({ run }) => run.delivered,
} satisfies Record<string, (summary: RunSummary) => number>;

export type Measure = keyof typeof measures;

const measureNames = Object.keys(measures) as Measure[];

export type Columns = Readonly<Record<Measure, Float64Array>>;

/** A run that is no pass. */
export interface Exception {
  readonly seed: number;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly reason: string;
}

export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

export interface RangeResult {
  readonly range: SeedRange;
  readonly columns: Columns;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The largest exit code of a run that is neither pass nor violated; 0: there is none. */
  readonly exitCode: number;
  /** The violated ones first, then by seed; at most EXCEPTIONS_MAX. */
  readonly exceptions: readonly Exception[];
}

/** A range that goes wrong as a whole says the same thing a million times. */
export const EXCEPTIONS_MAX = 20;

export function runRange(
  config: RunConfig,
  own: Algorithm<unknown> | null,
  range: SeedRange,
): RangeResult {
  const columns = emptyColumns(range.count);
  const verdicts = { pass: 0, violated: 0, inconclusive: 0 };
  const found = { violated: new Array<Exception>(), inconclusive: new Array<Exception>() };
  let worst = 0;
  for (let index = 0; index < range.count; index += 1) {
    const summary = runSeed(config, own, range.first + index);
    for (const name of measureNames) columns[name][index] = measures[name](summary);
    const { seed, verdict, exitCode, reason } = summary;
    verdicts[verdict] += 1;
    if (verdict === 'pass') continue;
    if (verdict === 'inconclusive') worst = Math.max(worst, exitCode);
    const alike = found[verdict];
    if (alike.length < EXCEPTIONS_MAX) alike.push({ seed, verdict, exitCode, reason });
  }
  const exceptions = weightiest([...found.violated, ...found.inconclusive]);
  return { range, columns, verdicts, exitCode: worst, exceptions };
}

export interface ManyRuns {
  readonly seeds: SeedRange;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly exitCode: number;
  /** Null: no run has such a number. */
  readonly quantiles: Readonly<Record<Measure, Quantiles | null>>;
  /** Sum over all runs. */
  readonly delivered: number;
  readonly exceptions: readonly Exception[];
}

/** `results`: of ranges that make up `seeds`, in any order. */
export function joinRanges(seeds: SeedRange, results: readonly RangeResult[]): ManyRuns {
  const ordered = results.toSorted((one, other) => one.range.first - other.range.first);
  const columns = emptyColumns(seeds.count);
  for (const { range, columns: part } of ordered) {
    for (const name of measureNames) columns[name].set(part[name], range.first - seeds.first);
  }
  const count = (verdict: Verdict): number =>
    ordered.reduce((total, { verdicts }) => total + verdicts[verdict], 0);
  const verdicts = {
    pass: count('pass'),
    violated: count('violated'),
    inconclusive: count('inconclusive'),
  };
  const inconclusiveCode = ordered.reduce((worst, part) => Math.max(worst, part.exitCode), 0);
  return {
    seeds,
    verdicts,
    exitCode: verdicts.violated > 0 ? 1 : inconclusiveCode,
    quantiles: mapMeasures((name) => quantilesOf(columns[name])),
    delivered: columns.delivered.reduce((total, delivered) => total + delivered, 0),
    exceptions: weightiest(ordered.flatMap(({ exceptions }) => exceptions)),
  };
}

const weightiest = (exceptions: readonly Exception[]): Exception[] =>
  exceptions
    .toSorted((one, other) => rankOf(one) - rankOf(other) || one.seed - other.seed)
    .slice(0, EXCEPTIONS_MAX);

const rankOf = ({ verdict }: Exception): number => (verdict === 'violated' ? 0 : 1);

const emptyColumns = (count: number): Columns => mapMeasures(() => new Float64Array(count));

const mapMeasures = <T>(value: (name: Measure) => T): Record<Measure, T> =>
  Object.fromEntries(measureNames.map((name) => [name, value(name)])) as Record<Measure, T>;

/** Pieces of about equal length, small enough that all workers end at about the same time. */
export function splitSeeds({ first, count }: SeedRange, workers: number): SeedRange[] {
  const length = Math.min(PIECE_MAX, Math.max(1, Math.ceil(count / (workers * PIECES_PER_WORKER))));
  const pieces: SeedRange[] = [];
  for (let done = 0; done < count; done += length) {
    pieces.push({ first: first + done, count: Math.min(length, count - done) });
  }
  return pieces;
}

const PIECES_PER_WORKER = 16;
const PIECE_MAX = 500;

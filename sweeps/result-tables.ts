/** cells.csv and differences.csv. */
import type { Cell as Value, Table } from '../report/csv.ts';
import type { CellResult, Distribution, SweepResult } from '../report/sweep-data.ts';
import { measures } from '../report/sweep-measures.ts';

const STATISTICS = [
  ['count', (d) => d.count],
  ['min', (d) => d.min],
  ['q1', (d) => d.q1],
  ['median', (d) => d.median],
  ['q3', (d) => d.q3],
  ['p95', (d) => d.p95],
  ['max', (d) => d.max],
  ['mean', (d) => d.mean],
  ['medianLow', (d) => d.medianInterval?.low ?? null],
  ['medianHigh', (d) => d.medianInterval?.high ?? null],
  ['meanLow', (d) => d.meanInterval?.low ?? null],
  ['meanHigh', (d) => d.meanInterval?.high ?? null],
] as const satisfies readonly (readonly [string, (d: Distribution) => number | null])[];

const THEORY = [
  'worstCase',
  'lowerBound',
  'roundsMost',
  'messagesMost',
  'timeMostMs',
  'deathPerRound',
] as const;

/** Per measure as many columns as there are statistics: `rounds.median`. Skipped cells have a reason. */
export function cellTable({ cells, varied }: SweepResult): Table {
  const used = measures.filter(({ name }) => cells.some((cell) => cell.measures[name] !== null));
  const others = varied.filter((name) => !['n', 'f', 'algorithm'].includes(name));
  return {
    name: 'cells',
    columns: [
      ...['cell', 'n', 'f', 'algorithm', ...others],
      ...['runs', 'pass', 'violated', 'inconclusive', 'failed', 'skipped', ...THEORY],
      ...used.flatMap(({ name }) => STATISTICS.map(([statistic]) => `${name}.${statistic}`)),
    ],
    rows: cells.map((cell) => [
      ...headOf(cell, others),
      ...used.flatMap(({ name }) => statisticsOf(cell.measures[name])),
    ]),
  };
}

function headOf(result: CellResult, others: readonly string[]): Value[] {
  const { cell, n, f, algorithm, params, runs, endings, skipped, theory } = result;
  const { pass, violated, inconclusive, failed } = endings;
  return [
    ...[cell, n, f, algorithm, ...others.map((name) => params[name] ?? null)],
    ...[runs, pass, violated, inconclusive, failed, skipped],
    ...THEORY.map((name) => theory[name]),
  ];
}

const statisticsOf = (distribution: Distribution | null): Value[] =>
  STATISTICS.map(([, read]) => (distribution === null ? null : read(distribution)));

export function differenceTable({ differences, varied, compare }: SweepResult): Table {
  const others = varied.filter((name) => name !== compare);
  return {
    name: 'differences',
    columns: [
      ...['measure', 'base', 'other', ...others, 'pairs', 'mean', 'low', 'high', 'median'],
      ...['below', 'equal', 'above'],
    ],
    rows: differences.map(({ measure, base, other, at, pairs, mean, interval, ...rest }) => [
      ...[
        measure,
        base,
        other,
        ...others.map((name) => (at === null ? 'all' : (at[name] ?? null))),
      ],
      ...[pairs, mean, interval?.low ?? null, interval?.high ?? null],
      ...[rest.median, rest.below, rest.equal, rest.above],
    ]),
  };
}

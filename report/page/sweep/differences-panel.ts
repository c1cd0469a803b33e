/** What is compared, run by run: the difference of each pair of values, with its interval. */
import type { PageDocument } from '../../page-data.ts';
import { short } from '../../numbers.ts';
import type { Difference } from '../../sweep-data.ts';
import { measures } from '../../sweep-measures.ts';
import type { Table } from '../../csv.ts';
import { axis, escaped, markLine, tooltip } from '../chart-style.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { select } from '../element.ts';
import { createFrame } from '../panel.ts';
import type { ErrorBarApi } from './measure-option.ts';

type SweepDocument = Extract<PageDocument, { kind: 'sweep' }>;

/** More rows than these are in the table only. */
const ROWS_MAX = 50;

export function createDifferencesPanel({ sweep }: SweepDocument): HTMLElement {
  const { differences, compare } = sweep;
  const chart = createChart('sweep-differences', 20);
  const pairs = [...new Set(differences.map(pairOf))];
  const names = [...new Set(differences.map(({ measure }) => measure))];
  let [pair = ''] = pairs;
  let [measure = ''] = names;
  const frame = createFrame({
    id: 'differences',
    title: `Paired differences between values of ${compare ?? ''}`,
    what:
      'Repetition k has the same seed everywhere, so both runs of a pair met the same crashes and delays. A diamond is the mean difference ' +
      'over all pairs, its bar a 95 % bootstrap interval; where the bar leaves out 0, the two differ. Over all cells the seeds are drawn again, not the single pairs.',
    chart,
    table: () => tableOf(sweep.compare, differences),
    isWide: true,
  });
  const redraw = (): void => {
    const shown = differences
      .filter((one) => pairOf(one) === pair && one.measure === measure)
      .slice(0, ROWS_MAX);
    chart.setHeight(6 + 1.5 * shown.length);
    chart.show((look) => option(shown, look));
    chart.describe(shown.map(inWords).join(' '));
  };
  const choices = pairs.map((value) => ({ value, label: value }));
  const measureChoices = names.map((value) => ({ value, label: labelOf(value) }));
  frame.controls.append(
    select('difference', choices, (value) => {
      pair = value;
      redraw();
    }).element,
    select('in', measureChoices, (value) => {
      measure = value;
      redraw();
    }).element,
  );
  redraw();
  return frame.element;
}

const pairOf = ({ base, other }: Difference): string => `${other} − ${base}`;

const labelOf = (measure: string): string =>
  measures.find(({ name }) => name === measure)?.label ?? measure;

function rowName({ at }: Difference): string {
  if (at === null) return 'all cells';
  const parts = Object.entries(at).map(([name, value]) => `${name} = ${value}`);
  return parts.length === 0 ? 'all runs' : parts.join(', ');
}

function option(shown: readonly Difference[], look: Look): Option {
  const { em } = look;
  const [first] = shown;
  const label = first === undefined ? '' : `${labelOf(first.measure)}: ${pairOf(first)}`;
  const longest = Math.max(4, ...shown.map((one) => rowName(one).length));
  return {
    grid: {
      left: Math.min(22, 0.5 * longest + 2) * em,
      right: 2 * em,
      top: 0.6 * em,
      bottom: 3.4 * em,
    },
    tooltip: tooltip(look),
    xAxis: axis(look, label, {
      min: lowest,
      max: highest,
      axisLabel: { showMinLabel: false, showMaxLabel: false },
    }),
    yAxis: axis(look, '', {
      type: 'category',
      inverse: true,
      data: shown.map(rowName),
      axisLabel: { interval: 0 },
    }),
    series: [intervalSeries(shown, look), meanSeries(shown, look)],
  };
}

const intervalSeries = (shown: readonly Difference[], { palette, em }: Look): Option => ({
  id: 'intervals',
  type: 'custom',
  silent: true,
  data: shown.flatMap(({ interval }, row) =>
    interval === null ? [] : [[interval.low, interval.high, row]],
  ),
  encode: { x: [0, 1], y: 2 },
  renderItem: (_: unknown, api: ErrorBarApi) => bar(api, palette.accent, 0.25 * em),
});

const meanSeries = (shown: readonly Difference[], look: Look): Option => ({
  id: 'means',
  type: 'scatter',
  data: shown.map((one, row) => ({ value: [one.mean, row], difference: one })),
  symbol: 'diamond',
  symbolSize: 0.8 * look.em,
  itemStyle: { color: look.palette.accent },
  tooltip: {
    formatter: ({ data }: { data: { difference: Difference } }) =>
      escaped(inWords(data.difference)),
  },
  markLine: markLine(look, [{ at: { xAxis: 0 }, label: '', color: look.palette.muted }]),
  z: 5,
});

/** 0 is always in sight. */
const lowest = ({ min, max }: { min: number; max: number }): number =>
  rounded(Math.min(0, min) - 0.08 * (Math.max(0, max) - Math.min(0, min)));
const highest = ({ min, max }: { min: number; max: number }): number =>
  rounded(Math.max(0, max) + 0.08 * (Math.max(0, max) - Math.min(0, min)));
const rounded = (x: number): number => Number(x.toPrecision(2));

function bar(api: ErrorBarApi, color: string, half: number): Option {
  const [low, y] = api.coord([api.value(0), api.value(2)]);
  const [high] = api.coord([api.value(1), api.value(2)]);
  const line = (x1: number, y1: number, x2: number, y2: number): Option => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: color, lineWidth: 2 },
  });
  return {
    type: 'group',
    children: [
      line(low, y, high, y),
      line(low, y - half, low, y + half),
      line(high, y - half, high, y + half),
    ],
  };
}

function inWords(one: Difference): string {
  const { mean, interval, pairs, below, equal, above } = one;
  const within =
    interval === null ? '' : `, 95 % interval ${short(interval.low)} to ${short(interval.high)}`;
  return `${rowName(one)}: ${short(mean)}${within}; ${pairs} pairs, ${below} below, ${equal} equal, ${above} above.`;
}

const tableOf = (compare: string | null, differences: readonly Difference[]): Table => ({
  name: 'differences',
  columns: [
    ...['measure', compare ?? '', 'cells', 'pairs', 'mean', '95 % from', 'to', 'median'],
    ...['below', 'equal', 'above'],
  ],
  rows: differences.map((one) => [
    ...[one.measure, pairOf(one), rowName(one), one.pairs, digits(one.mean)],
    ...[digits(one.interval?.low ?? null), digits(one.interval?.high ?? null), digits(one.median)],
    ...[one.below, one.equal, one.above],
  ]),
});

const digits = (x: number | null): number | null => (x === null ? null : Number(x.toPrecision(6)));

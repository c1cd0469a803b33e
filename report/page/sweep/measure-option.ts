/**
 * One measure as small multiples: every run a point, over it the mean (or median) of each cell with its
 * interval, and what the theory says, all on the same axes.
 */
import { short } from '../../numbers.ts';
import { intervalOf, statisticOf, theoryLines } from '../../sweep-view.ts';
import type { Group } from '../../sweep-view.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import { colourOf, symbolOf } from './colours.ts';
import { jitter } from './positions.ts';
import { theorySeries } from './theory-series.ts';
import type { Drawn } from './drawn.ts';

const COLUMNS_MAX = 4;

/** Rows of equal length, or nearly so: five are three and two. */
export function rowsAndColumns(count: number): { rows: number; columns: number } {
  const rows = Math.max(1, Math.ceil(count / COLUMNS_MAX));
  return { rows, columns: Math.ceil(count / rows) };
}

/** In rem. */
export const FACET_HEIGHT = 21;

export function measureOption(drawn: Drawn, look: Look): Option {
  const { facets } = drawn;
  const places = facets.map((_, index) => placeOf(index, facets.length, look));
  const range = rangeOf(drawn);
  return {
    title: facets.map((facet, index) => facetTitle(drawn, facet, places[index], look)),
    grid: places,
    tooltip: tooltip(look),
    xAxis: facets.map((_, index) => xAxis(drawn, index, look)),
    yAxis: facets.map((_, index) => yAxis(drawn, index, range, look)),
    series: drawn.groups.flatMap((group) => seriesOf(drawn, group, look)),
  };
}

interface Place {
  readonly left: string;
  readonly width: string;
  /** Pixels. */
  readonly top: number;
  readonly height: number;
}

function placeOf(index: number, count: number, { em }: Look): Place {
  const { columns } = rowsAndColumns(count);
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const wide = 96 / columns;
  return {
    left: `${4 + column * wide + (column === 0 ? 0.5 : 1)}%`,
    width: `${wide - (columns === 1 ? 1.5 : 2.5)}%`,
    top: (row * FACET_HEIGHT + 1.8) * em,
    height: (FACET_HEIGHT - 5.4) * em,
  };
}

function facetTitle(
  { layout }: Drawn,
  facet: string,
  place: Place | undefined,
  { em, palette }: Look,
): Option {
  return {
    text: layout.facet === null ? '' : `${layout.facet} = ${facet}`,
    left: place?.left ?? 0,
    top: (place?.top ?? 0) - 1.5 * em,
    padding: 0,
    textStyle: { fontSize: 0.85 * em, fontWeight: 600, color: palette.ink },
  };
}

function xAxis({ layout, positions }: Drawn, index: number, look: Look): Option {
  const { ticks, low, high } = positions;
  const values = ticks.map(({ at }) => at);
  const name = new Map(ticks.map(({ at, text }) => [at, text]));
  return axis(look, layout.x ?? '', {
    gridIndex: index,
    axisLine: axisLineOf(look),
    min: low,
    max: high,
    nameGap: 1.7 * look.em,
    splitLine: { show: false },
    axisTick: { customValues: values },
    axisLabel: {
      customValues: values,
      formatter: (value: number) => name.get(value) ?? '',
      hideOverlap: true,
    },
  });
}

/** At the edge, also where a value is 0 or below. */
const axisLineOf = ({ palette }: Look): Option => ({
  show: true,
  onZero: false,
  lineStyle: { color: palette.muted },
});

function yAxis(drawn: Drawn, index: number, range: Range, look: Look): Option {
  const { measure, isLog, facets } = drawn;
  const isFirst = index % rowsAndColumns(facets.length).columns === 0;
  const unit = measure.unit === '' ? '' : `, ${measure.unit}`;
  // Rounds double, the rest grows by powers of ten.
  const base = measure.name === 'rounds' ? 2 : 10;
  const power = (x: number, up: (y: number) => number): number =>
    base ** up(Math.log2(x) / Math.log2(base));
  return axis(look, isFirst ? `${measure.label}${unit}` : '', {
    gridIndex: index,
    axisLine: axisLineOf(look),
    type: isLog ? 'log' : 'value',
    ...(isLog
      ? { logBase: base, min: power(range.low, Math.floor), max: power(range.high, Math.ceil) }
      : { min: 0, max: range.high * 1.05 }),
    nameGap: 2.7 * look.em,
    axisLabel: { formatter: inShort, showMaxLabel: isLog },
  });
}

function inShort(value: number): string {
  if (Math.abs(value) >= 1e6) return `${short(value / 1e6)} M`;
  return Math.abs(value) >= 1e4 ? `${short(value / 1e3)} k` : short(value);
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Of everything that is drawn, in all small multiples: they share their scale. */
function rangeOf(drawn: Drawn): Range {
  const { measure, groups, runs, rowsOf, engine } = drawn;
  const column = runs.measured[measure.name] ?? [];
  const lines = theoryLines(measure.name, engine);
  const cells = groups.flatMap((group) => group.cells.map(({ result }) => result));
  const values = cells.flatMap((cell) => [
    ...(rowsOf.get(cell.cell) ?? []).map((row) => column[row] ?? 0),
    ...lines.map(({ at }) => at(cell) ?? 0),
  ]);
  const positive = values.filter((value) => value > 0);
  return {
    low: positive.reduce((least, value) => Math.min(least, value), Infinity),
    high: positive.reduce((most, value) => Math.max(most, value), 1e-9),
  };
}

function seriesOf(drawn: Drawn, group: Group, look: Look): Option[] {
  const facetIndex = drawn.facets.indexOf(group.facet);
  const axes = { xAxisIndex: facetIndex, yAxisIndex: facetIndex };
  return [
    points(drawn, group, axes, look),
    intervals(drawn, group, axes, look),
    centres(drawn, group, axes, look),
    ...theorySeries(drawn, group, axes, look),
  ];
}

type Axes = Readonly<Record<'xAxisIndex' | 'yAxisIndex', number>>;

const idOf = (kind: string, { facet, colour }: Group): string => `${kind} ${facet} ${colour}`;

/** Every run. Beside each other as far as there is room, so that equal ones are not one point. */
function points(drawn: Drawn, group: Group, axes: Axes, look: Look): Option {
  const { runs, rowsOf, measure, positions, isLog } = drawn;
  const column = runs.measured[measure.name] ?? [];
  const color = colourOf(drawn.colours, group.colour, look);
  const data = group.cells.flatMap(({ x, result }) =>
    (rowsOf.get(result.cell) ?? []).flatMap((row) => {
      const value = column[row] ?? null;
      if (value === null || (isLog && value <= 0)) return [];
      const at = positions.of(x, group.colour) + jitter(row) * positions.room;
      return [{ value: [at, value], cell: result.cell, repetition: runs.repetition[row] }];
    }),
  );
  return {
    id: idOf('points', group),
    type: 'scatter',
    ...axes,
    data,
    symbol: symbolOf(drawn.colours, group.colour),
    symbolSize: 0.3 * look.em,
    itemStyle: { color, opacity: opacityFor(data.length / group.cells.length) },
    z: 2,
    tooltip: {
      formatter: ({ data: point }: { data: { value: number[]; repetition: number } }) =>
        escaped(
          `${group.colour} repetition ${point.repetition}: ${short(point.value[1] ?? NaN)} ${measure.unit}`,
        ),
    },
  };
}

/** Where many runs have the same value, their density should show. */
const opacityFor = (runsPerCell: number): number => Math.max(0.06, Math.min(0.4, 15 / runsPerCell));

/** The mean or median of each cell; joined along numbers, for there is nothing between words. */
function centres(drawn: Drawn, group: Group, axes: Axes, look: Look): Option {
  const { measure, positions, statistic, isLog } = drawn;
  const color = colourOf(drawn.colours, group.colour, look);
  const data = group.cells.flatMap(({ x, result }) => {
    const value = statisticOf(result.measures[measure.name], statistic);
    if (value === null || (isLog && value <= 0)) return [];
    return [{ value: [positions.of(x, group.colour), value], cell: result }];
  });
  return {
    id: idOf('centres', group),
    type: 'line',
    ...axes,
    data,
    symbol: symbolOf(drawn.colours, group.colour),
    symbolSize: 0.48 * look.em,
    lineStyle: { color, width: positions.isJoined ? 1.8 : 0 },
    itemStyle: { color, borderColor: look.palette.surface, borderWidth: 1 },
    z: 5,
    tooltip: {
      formatter: ({ data: point }: { data: { cell: Group['cells'][number]['result'] } }) =>
        escaped(inWords(point.cell, measure)),
    },
  };
}

function inWords(cell: Group['cells'][number]['result'], measure: Drawn['measure']): string {
  const found = cell.measures[measure.name];
  const where = Object.entries(cell.params)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
  if (found === null) return where;
  const { mean, median, q1, q3, p95, count, meanInterval } = found;
  const within =
    meanInterval === null
      ? ''
      : ` (95 %: ${short(meanInterval.low)} to ${short(meanInterval.high)})`;
  return `${where}: mean ${short(mean)}${within}, median ${short(median)}, quartiles ${short(q1)} and ${short(q3)}, p95 ${short(p95)}, ${count} runs`;
}

/** 95 % intervals as bars. */
function intervals(drawn: Drawn, group: Group, axes: Axes, look: Look): Option {
  const { measure, positions, statistic, isLog } = drawn;
  const color = colourOf(drawn.colours, group.colour, look);
  const data = group.cells.flatMap(({ x, result }) => {
    const interval = intervalOf(result.measures[measure.name], statistic);
    if (interval === null || (isLog && interval.low <= 0)) return [];
    return [[positions.of(x, group.colour), interval.low, interval.high]];
  });
  return {
    id: idOf('intervals', group),
    type: 'custom',
    ...axes,
    data,
    encode: { x: 0, y: [1, 2] },
    z: 4,
    silent: true,
    renderItem: (_: unknown, api: ErrorBarApi) => errorBar(api, color, 0.22 * look.em),
  };
}

/** The part of the chart library's interface that an error bar needs. */
export interface ErrorBarApi {
  value(index: number): number;
  coord(point: readonly number[]): [number, number];
}

function errorBar(api: ErrorBarApi, color: string, half: number): Option {
  const [x, low] = api.coord([api.value(0), api.value(1)]);
  const [, high] = api.coord([api.value(0), api.value(2)]);
  const style = { stroke: color, lineWidth: 1.8 };
  const line = (x1: number, y1: number, x2: number, y2: number): Option => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style,
  });
  return {
    type: 'group',
    children: [
      line(x, low, x, high),
      line(x - half, low, x + half, low),
      line(x - half, high, x + half, high),
    ],
  };
}

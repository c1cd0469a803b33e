/** Three plots above each other, a bar per process, as the chart library wants them. */
import type { ProcessRow } from '../../tables/processes.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';

interface Bars {
  readonly id: string;
  /** Which of the three plots. */
  readonly place: 0 | 1 | 2;
  readonly color: string;
  readonly unit: string;
  readonly of: (row: ProcessRow) => number | null;
  readonly extra?: Option;
}

export function resourcesOption(rows: readonly ProcessRow[], look: Look): Option {
  const { em } = look;
  const places = [0, 1, 2];
  return {
    grid: places.map((place) => ({
      left: 4.2 * em,
      right: em,
      top: `${2 + place * 31}%`,
      height: '23%',
    })),
    tooltip: tooltip(look),
    xAxis: places.map((gridIndex) =>
      axis(look, gridIndex === 2 ? 'process (node id)' : '', {
        gridIndex,
        type: 'category',
        data: rows.map(({ name }) => name.replace('node ', '')),
        splitLine: { show: false },
        nameGap: 1.8 * em,
      }),
    ),
    yAxis: ['CPU ms', 'memory MB', 'lag ms'].map((name, gridIndex) =>
      axis(look, name, { gridIndex, nameGap: 3 * em, splitNumber: 3 }),
    ),
    series: barsOf(look).map((bars) => seriesOf(bars, rows, look)),
  };
}

function barsOf({ palette }: Look): Bars[] {
  const { accent, bound, epsilon, crash } = palette;
  const stack = { stack: 'cpu' };
  const pale = { itemStyle: { color: crash, opacity: 0.35 } };
  const over = { barGap: '-100%', z: 3 };
  return [
    { id: 'CPU, user', place: 0, color: accent, unit: 'ms', of: userMs, extra: stack },
    { id: 'CPU, system', place: 0, color: bound, unit: 'ms', of: systemMs, extra: stack },
    { id: 'memory', place: 1, color: epsilon, unit: 'MB', of: memoryMb },
    { id: 'median lag', place: 2, color: crash, unit: 'ms', of: medianLag, extra: over },
    { id: 'worst lag', place: 2, color: crash, unit: 'ms', of: worstLag, extra: pale },
  ];
}

const userMs = ({ process }: ProcessRow): number | null => process && process.cpuUserUs / 1000;
const systemMs = ({ process }: ProcessRow): number | null => process && process.cpuSystemUs / 1000;
const memoryMb = ({ process }: ProcessRow): number | null => process && process.rssBytesMax / 1e6;
const medianLag = ({ lag }: ProcessRow): number | null => lag && lag.median;
const worstLag = ({ lag }: ProcessRow): number | null => lag && lag.worst;

const seriesOf = (
  { id, place, color, unit, of, extra = {} }: Bars,
  rows: readonly ProcessRow[],
  { em }: Look,
): Option => ({
  id,
  name: id,
  type: 'bar',
  xAxisIndex: place,
  yAxisIndex: place,
  barMaxWidth: 1.8 * em,
  itemStyle: { color },
  data: rows.map(of),
  tooltip: {
    formatter: ({ dataIndex, value }: { dataIndex: number; value: number }) =>
      escaped(`${rows[dataIndex]?.name ?? ''}: ${id} ${Number(value.toPrecision(4))} ${unit}`),
  },
  ...extra,
});

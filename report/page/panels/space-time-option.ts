/** The space-time diagram as the chart library wants it. */
import type { Fate } from '../../page-data.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import { fateNames } from '../../fates.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { arrowOf } from './arrow.ts';
import { LANES_NAMED_MAX } from './space-time-diagram.ts';
import type { Diagram, RenderApi } from './space-time-diagram.ts';
import { lanes, marks, roundTicks } from './space-time-lanes.ts';

export function spaceTimeOption(diagram: Diagram, look: Look): Option {
  const { view, axis: kind, extent, zoom } = diagram;
  const { em } = look;
  const [first, last] = extent;
  const isNamed = view.n <= LANES_NAMED_MAX;
  return {
    grid: { left: 4.6 * em, right: 1.5 * em, top: 0.6 * em, bottom: 5.6 * em },
    tooltip: tooltip(look),
    xAxis: axis(look, kind === 'round' ? 'round' : 'milliseconds since the start barrier', {
      min: first,
      max: last,
      minInterval: kind === 'round' ? 1 : 0,
    }),
    yAxis: axis(look, isNamed ? '' : 'node', {
      inverse: true,
      min: 0.3,
      max: view.n + 0.7,
      interval: 1,
      splitLine: { show: false },
      axisLabel: {
        formatter: (value: number) => laneName(value, view.n, isNamed),
        customValues: laneValues(view.n),
      },
      axisTick: { show: false },
    }),
    dataZoom: [
      { ...inside, ...zoom.x, xAxisIndex: 0, zoomOnMouseWheel: 'ctrl' },
      { ...inside, ...zoom.y, yAxisIndex: 0, zoomOnMouseWheel: 'shift' },
      { ...slider(look), ...zoom.x },
    ],
    series: [
      lanes(diagram, look),
      arrows(diagram, look),
      roundTicks(diagram, look),
      marks(diagram, look),
    ],
  };
}

const inside = { type: 'inside', filterMode: 'none' } as const;

const slider = ({ palette, em }: Look): Option => ({
  type: 'slider',
  xAxisIndex: 0,
  filterMode: 'none',
  height: 1.2 * em,
  bottom: 0.5 * em,
  brushSelect: false,
  borderColor: palette.line,
  fillerColor: palette.band,
  handleStyle: { color: palette.accent, borderColor: palette.accent },
  moveHandleStyle: { color: palette.muted },
  textStyle: { color: palette.muted, fontSize: 0.75 * em },
  showDataShadow: false,
});

/** Every lane, or with many every fifth. */
const laneValues = (n: number): number[] => {
  const step = n <= LANES_NAMED_MAX ? 1 : n <= 60 ? 5 : 10;
  return Array.from({ length: n }, (_, i) => i + 1).filter((id) => id === 1 || id % step === 0);
};

const laneName = (value: number, n: number, isNamed: boolean): string =>
  Number.isInteger(value) && value >= 1 && value <= n
    ? isNamed
      ? nodeName(value)
      : `${value}`
    : '';

function arrows({ view, places, rows, chosen }: Diagram, { palette }: Look): Option {
  const { messages } = view;
  const isDense = rows.length > 600;
  return {
    id: 'messages',
    type: 'custom',
    clip: true,
    z: 2,
    data: rows.map((row) => [
      places.start[row] ?? NaN,
      messages.from[row] ?? 0,
      places.end[row] ?? NaN,
      messages.to[row] ?? 0,
    ]),
    encode: { x: 0, y: 1 },
    renderItem(parameters: { dataIndex: number }, api: RenderApi) {
      const row = rows[parameters.dataIndex] ?? 0;
      const start = api.coord([api.value(0), api.value(1)]);
      const end = api.coord([api.value(2), api.value(3)]);
      const fate = messages.fate[row] ?? 'n';
      return arrowOf(start, end, fate, { palette, isDense, isSelected: row === chosen });
    },
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => brief(view, rows[dataIndex] ?? 0),
    },
  };
}

function brief({ messages }: View, row: number): string {
  const fate: Fate = messages.fate[row] ?? 'n';
  const { from, to, round, value } = messages;
  return escaped(
    `node ${from[row]} to node ${to[row]}, round ${round[row]}: ${value[row]} (${fateNames[fate]})`,
  );
}

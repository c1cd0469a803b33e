/** The space-time diagram as the chart library wants it. */
import type { Fate } from '../../page-data.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import { fateNames } from '../../fates.ts';
import type { Axis, Places } from '../space-time-layout.ts';
import { isFaulty, lastRoundOf, nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import type { Zoom } from '../space-time-state.ts';
import { arrowOf } from './arrow.ts';
import { CROSS } from './cross.ts';

export interface Diagram {
  readonly view: View;
  readonly axis: Axis;
  readonly places: Places;
  readonly extent: readonly [number, number];
  readonly zoom: { readonly x: Zoom; readonly y: Zoom };
  /** Rows of the message table to draw. */
  readonly rows: readonly number[];
  readonly chosen: number | null;
}

type Point = readonly [number, number];

interface RenderApi {
  value(dimension: number): number;
  coord(point: Point): [number, number];
}

const LANES_NAMED_MAX = 30;

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
      lanes(diagram, last, look),
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

function lanes({ view, axis: kind, places }: Diagram, last: number, { palette }: Look): Option {
  return {
    id: 'lanes',
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    data: view.nodes.map((node) => [
      node.id,
      isFaulty(node) ? endPlace(node, kind, view, places) : last,
    ]),
    encode: { x: 1, y: 0 },
    renderItem(_parameters: unknown, api: RenderApi) {
      const lane = api.value(0);
      const [x1, y1] = api.coord([0, lane]);
      const [x2] = api.coord([api.value(1), lane]);
      return {
        type: 'line',
        shape: { x1, y1, x2, y2: y1 },
        style: { stroke: palette.muted, lineWidth: 1, opacity: 0.6 },
      };
    },
  };
}

/** Where a lane stops. */
function endPlace(
  node: View['nodes'][number],
  kind: Axis,
  { messages }: View,
  places: Places,
): number {
  if (kind === 'time') return (node.crash?.t ?? node.lastT ?? node.death?.t ?? 0) / 1000;
  const round = node.crash?.round ?? Math.max(0, lastRoundOf(node));
  let end: number = round;
  for (let row = 0; row < messages.count; row += 1) {
    const x = places.end[row] ?? NaN;
    if (messages.to[row] === node.id && x > end && messages.fate[row] !== 'p') end = x;
  }
  return end;
}

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

/** By time, when each node entered each round; by round that is the grid. */
function roundTicks({ view, axis: kind }: Diagram, { palette, em }: Look): Option {
  const data = view.nodes.flatMap(({ id, entered }) =>
    entered.flatMap((t, round) =>
      t === null ? [] : [[kind === 'time' ? t / 1000 : round, id, round]],
    ),
  );
  return {
    id: 'entered',
    type: 'scatter',
    symbol: 'rect',
    symbolSize: [2, view.n <= LANES_NAMED_MAX ? 0.7 * em : 0.35 * em],
    itemStyle: { color: palette.ink },
    data,
    z: 3,
    label: {
      show: kind === 'time' && view.n <= 12,
      position: 'top',
      distance: 1,
      color: palette.muted,
      fontSize: 0.68 * em,
      formatter: ({ value }: { value: readonly number[] }) => `r${value[2] ?? ''}`,
    },
    tooltip: {
      formatter: ({ value }: { value: readonly number[] }) =>
        `node ${value[1] ?? ''} enters round ${value[2] ?? ''}`,
    },
  };
}

function marks({ view, axis: kind, places }: Diagram, { palette, em }: Look): Option {
  const size = view.n <= LANES_NAMED_MAX ? 0.85 * em : 0.6 * em;
  const crashed = view.nodes.filter(isFaulty).map((node) => ({
    value: [endPlace(node, kind, view, places), node.id],
    name: `node ${node.id} crashed`,
    symbol: CROSS,
    itemStyle: { color: palette.crash },
  }));
  const output = view.nodes.flatMap(({ id, output: word }) =>
    word === null
      ? []
      : [
          {
            value: [kind === 'time' ? word.t / 1000 : word.round, id],
            name: `node ${id} outputs ${word.value}`,
            symbol: 'diamond',
            itemStyle: { color: palette.epsilon },
          },
        ],
  );
  return {
    id: 'marks',
    type: 'scatter',
    symbolSize: size,
    data: [...crashed, ...output],
    z: 5,
    tooltip: { formatter: ({ name }: { name: string }) => escaped(name) },
  };
}

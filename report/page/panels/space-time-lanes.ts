/** What is on the lanes of the space-time diagram: lives, rounds, crashes, outputs. */
import { isFaulty } from '../../view.ts';
import { escaped } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import { CROSS } from './cross.ts';
import { LANES_NAMED_MAX } from './space-time-diagram.ts';
import type { Diagram, RenderApi } from './space-time-diagram.ts';

export function lanes({ view, places, extent }: Diagram, { palette }: Look): Option {
  return {
    id: 'lanes',
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    data: view.nodes.map((node) => [node.id, places.laneEnds.get(node.id) ?? extent[1]]),
    encode: { x: 1, y: 0 },
    renderItem(_parameters: unknown, api: RenderApi) {
      const lane = api.value(0);
      const [x1, y1] = api.coord([0, lane]);
      const [x2] = api.coord([api.value(1), lane]);
      return {
        type: 'line',
        shape: { x1, y1, x2, y2: y1 },
        style: { stroke: palette.muted, lineWidth: 1, opacity: view.n > 60 ? 0.25 : 0.6 },
      };
    },
  };
}

/** By time, when each node entered each round; by round that is the grid. */
export function roundTicks({ view, axis: kind }: Diagram, { palette, em }: Look): Option {
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

export function marks({ view, axis: kind, places }: Diagram, { palette, em }: Look): Option {
  const size = view.n <= LANES_NAMED_MAX ? 0.85 * em : 0.6 * em;
  const crashed = view.nodes.filter(isFaulty).map((node) => ({
    value: [places.laneEnds.get(node.id) ?? 0, node.id],
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

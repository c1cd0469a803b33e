/** The band between the smallest and the largest value of each round. */
import type { Palette } from '../palette.ts';
import type { Option } from '../charts.ts';
import type { RoundView } from '../../view.ts';

interface RenderApi {
  coord(point: readonly [number, number]): [number, number];
}

/** One polygon; the data items are there so that the axes know its extent. */
export function hullBand(rounds: readonly RoundView[], palette: Palette): Option {
  return {
    id: 'hull',
    name: 'hull',
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    data: rounds.map(({ round, low, high }) => [round, low, high]),
    encode: { x: 0, y: [1, 2] },
    renderItem(parameters: { dataIndex: number }, api: RenderApi) {
      if (parameters.dataIndex > 0) return null;
      const above = rounds.map(({ round, high }) => api.coord([round, high]));
      const below = rounds.map(({ round, low }) => api.coord([round, low])).reverse();
      return {
        type: 'polygon',
        shape: { points: [...above, ...below] },
        style: { fill: palette.band, stroke: palette.accent, lineWidth: 0.8, opacity: 1 },
      };
    },
  };
}

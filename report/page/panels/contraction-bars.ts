/** A bar per round: how much of the spread before is left. */
import { short } from '../../numbers.ts';
import type { View } from '../../view.ts';
import { markLine } from '../chart-style.ts';
import { FONT } from '../charts.ts';
import type { Look, Option } from '../charts.ts';

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
}

/** More rounds than these have no room for numbers. */
const LABELLED_MAX = 16;

export function contractionBars({ rounds, contraction }: View, look: Look): Option {
  const { palette } = look;
  const isLabelled = rounds.length <= LABELLED_MAX;
  const proven =
    contraction === null
      ? []
      : [{ at: { yAxis: contraction }, label: `K = ${short(contraction)}`, color: palette.bound }];
  return {
    id: 'contraction',
    name: 'contraction',
    type: 'custom',
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: rounds
      .filter(({ factor }) => factor !== null)
      .map(({ round, factor }) => [round, factor]),
    encode: { x: 0, y: 1 },
    renderItem: (_parameters: unknown, api: RenderApi) => barShape(api, isLabelled, look),
    markLine: markLine(look, proven),
    tooltip: {
      formatter: ({ value: [round, factor] }: { value: readonly [number, number] }) =>
        `into round ${round}: ${factor}`,
    },
  };
}

/** A shape of our own: the library's bars would widen the axis, and the rounds would not line up. */
function barShape(api: RenderApi, isLabelled: boolean, { palette, em }: Look): Option {
  const [round, factor] = [api.value(0), api.value(1)];
  const [x, y] = api.coord([round, factor]);
  const [next] = api.coord([round + 1, 0]);
  const [, foot] = api.coord([round, 0]);
  const width = Math.max(1, Math.min(1.5 * em, (next - x) * 0.6));
  const text = isLabelled ? short(factor) : '';
  return {
    type: 'group',
    children: [
      {
        type: 'rect',
        shape: { x: x - width / 2, y, width, height: Math.max(1, foot - y) },
        style: { fill: palette.accent },
      },
      {
        type: 'text',
        x,
        y: y - 2,
        style: {
          text,
          fill: palette.ink,
          align: 'center',
          verticalAlign: 'bottom',
          fontSize: 0.72 * em,
          fontFamily: FONT,
        },
      },
    ],
  };
}

/** The matrix of one round as the chart library wants it. */
import type { Round } from '../../../agreement/algorithm.ts';
import { fateGlyphs, fateNames, fateOrder } from '../../fates.ts';
import type { Fate } from '../../page-data.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { escaped, tooltip } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';
import type { Palette } from '../palette.ts';
import { SIGNS_MAX, cellBorder, matrixAxes } from './matrix.ts';

/** A node’s own value is part of its quorum: a cell that is no message. */
type Kind = Fate | 'own';

const KINDS: readonly Kind[] = [...fateOrder, 'own'];

export const OWN_SIGN = '■';

interface Cell {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  readonly words: string;
}

export function heardOption(view: View, round: Round, look: Look): Option {
  const { palette, em } = look;
  const { n } = view;
  const cells = cellsOf(view, round);
  return {
    grid: { left: 3.6 * em, right: em, top: 0.5 * em, bottom: 3.2 * em },
    tooltip: tooltip(look),
    ...matrixAxes(n, look),
    visualMap: { show: false, dimension: 2, pieces: pieces(palette) },
    series: [
      {
        id: 'heard',
        type: 'heatmap',
        data: cells.map(({ from, to, kind }) => [from - 1, to - 1, KINDS.indexOf(kind)]),
        itemStyle: cellBorder(n, look),
        label: {
          show: n <= SIGNS_MAX,
          color: palette.isDark ? '#101418' : '#ffffff',
          fontSize: 0.85 * em,
          formatter: ({ value }: { value: readonly number[] }) => signOf(KINDS[value[2] ?? 0]),
        },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            escaped(cells[dataIndex]?.words ?? ''),
        },
      },
    ],
  };
}

const pieces = (palette: Palette): Option[] =>
  KINDS.map((kind, index) => ({
    value: index,
    color: kind === 'own' ? palette.muted : palette.fates[kind],
  }));

const signOf = (kind: Kind | undefined): string =>
  kind === undefined ? '' : kind === 'own' ? OWN_SIGN : fateGlyphs[kind];

function cellsOf({ messages, nodes }: View, round: Round): Cell[] {
  const cells: Cell[] = [];
  for (let row = 0; row < messages.count; row += 1) {
    if (messages.round[row] !== round) continue;
    const from = messages.from[row] ?? 0;
    const to = messages.to[row] ?? 0;
    const kind = messages.fate[row] ?? 'n';
    const value = messages.value[row] ?? '?';
    const words = `${nodeName(to)} from ${nodeName(from)}: ${fateNames[kind]} (${value})`;
    cells.push({ from, to, kind, words });
  }
  for (const { id, used, values } of nodes) {
    if (used[round + 1]?.includes(id) !== true) continue;
    const words = `${nodeName(id)} used its own value (${values[round] ?? '?'})`;
    cells.push({ from: id, to: id, kind: 'own', words });
  }
  return cells;
}

/** Where a node stood when its OS process was stopped. */
import { short } from '../../numbers.ts';
import type { PageAction, PageNode } from '../../page-data.ts';
import type { View } from '../../view.ts';
import { escaped } from '../chart-style.ts';
import type { Look, Option } from '../charts.ts';

/** Two upright bars. */
const BARS = 'path://M0,0 L3,0 L3,10 L0,10 Z M6,0 L9,0 L9,10 L6,10 Z';

export const pausesOf = ({ data }: View): readonly PageAction[] =>
  data.master.actions.filter(({ kind }) => kind === 'pause');

export function pauseMarks(view: View, { palette, em }: Look): Option {
  return {
    id: 'pauses',
    type: 'scatter',
    symbol: BARS,
    symbolSize: [0.6 * em, 0.75 * em],
    itemStyle: { color: palette.ink, borderColor: palette.surface, borderWidth: 1 },
    data: pausesOf(view).flatMap((pause) => {
      const node = view.nodes.find(({ id }) => id === pause.node);
      const round = node === undefined ? -1 : roundAt(node, pause.t);
      const value = node?.values[round] ?? null;
      return value === null ? [] : [{ value: [round, value], name: inWords(pause) }];
    }),
    z: 8,
    tooltip: { formatter: ({ name }: { readonly name: string }) => escaped(name) },
  };
}

/** −1: before its first round. */
const roundAt = ({ entered }: PageNode, t: number): number =>
  entered.findLastIndex((at) => at !== null && at <= t);

function inWords({ node, t, until }: PageAction): string {
  const how = until === null ? 'and not resumed yet' : `for ${short((until - t) / 1000)} ms`;
  return `node ${node} was stopped ${short(t / 1000)} ms after the start, ${how}`;
}

/** Messages: one by one, by round, by link, by type. Times in microseconds since the start barrier. */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import type { Traffic } from '../../record/events.ts';
import type { Cell, Table } from '../csv.ts';
import { fateNames, fateOrder } from '../fates.ts';
import type { Fate } from '../page-data.ts';
import type { View } from '../view.ts';

export interface MessageFilter {
  /** Only messages from or to this node; null: all. */
  readonly node: NodeId | null;
  readonly fates: ReadonlySet<Fate>;
}

export const allMessages: MessageFilter = { node: null, fates: new Set(fateOrder) };

export const messageTable = (view: View, filter: MessageFilter = allMessages): Table => ({
  name: 'messages',
  columns: [
    'from',
    'to',
    'round',
    'value',
    'fate',
    'sent µs',
    'arrived µs',
    'asked µs',
    'handed over µs',
  ],
  rows: messageRows(view, filter),
});

function* messageRows({ messages }: View, { node, fates }: MessageFilter): Generator<Cell[]> {
  for (let row = 0; row < messages.count; row += 1) {
    const from = messages.from[row] ?? 0;
    const to = messages.to[row] ?? 0;
    const fate = messages.fate[row] ?? 'n';
    if (!fates.has(fate) || (node !== null && from !== node && to !== node)) continue;
    const isForEver = messages.asked[row] === Infinity;
    yield [
      from,
      to,
      messages.round[row] ?? 0,
      known(messages.value[row]),
      fateNames[fate],
      fate === 'c' ? null : known(messages.sent[row]),
      known(messages.arrived[row]),
      isForEver ? 'for ever' : known(messages.asked[row]),
      known(messages.handed[row]),
    ];
  }
}

const known = (x: number | undefined): number | null =>
  x === undefined || Number.isNaN(x) ? null : x;

export type CountsByRound = ReadonlyMap<Round, ReadonlyMap<Fate, number>>;

/** In ascending order of rounds. */
export function countsByRound({ messages }: View): CountsByRound {
  const counts = new Map<Round, Map<Fate, number>>();
  for (let row = 0; row < messages.count; row += 1) {
    const round = messages.round[row] ?? 0;
    const fate = messages.fate[row] ?? 'n';
    const ofRound = counts.get(round) ?? new Map<Fate, number>();
    counts.set(round, ofRound);
    ofRound.set(fate, (ofRound.get(fate) ?? 0) + 1);
  }
  return new Map([...counts].sort(([one], [other]) => one - other));
}

export const trafficTable = (view: View): Table => ({
  name: 'traffic',
  columns: ['round', ...fateOrder.map((fate) => fateNames[fate])],
  rows: [...countsByRound(view)].map(([round, byFate]) => [
    round,
    ...fateOrder.map((fate) => byFate.get(fate) ?? 0),
  ]),
});

export const typeTable = (traffic: Traffic): Table => ({
  name: 'traffic-types',
  columns: ['type', 'records', 'bytes'],
  rows: Object.entries(traffic).map(([type, { messages, bytes }]) => [type, messages, bytes]),
});

export interface Link {
  readonly from: NodeId;
  readonly to: NodeId;
  used: number;
  delivered: number;
  /** Of all delivered ones together, milliseconds. */
  waitMs: number;
}

export function linksOf({ messages, n }: View): Link[] {
  const links = new Map<number, Link>();
  for (let row = 0; row < messages.count; row += 1) {
    const from = messages.from[row] ?? 0;
    const to = messages.to[row] ?? 0;
    const key = from * (n + 1) + to;
    const link = links.get(key) ?? { from, to, used: 0, delivered: 0, waitMs: 0 };
    links.set(key, link);
    const wait = (messages.handed[row] ?? NaN) - (messages.arrived[row] ?? NaN);
    if (messages.fate[row] === 'u') link.used += 1;
    if (Number.isNaN(wait)) continue;
    link.delivered += 1;
    link.waitMs += wait / 1000;
  }
  return [...links.values()];
}

export const linkTable = (view: View): Table => ({
  name: 'links',
  columns: ['from', 'to', 'used', 'handed over', 'mean wait ms'],
  rows: linksOf(view).map(({ from, to, used, delivered, waitMs }) => [
    from,
    to,
    used,
    delivered,
    delivered === 0 ? null : waitMs / delivered,
  ]),
});

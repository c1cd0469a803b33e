/** The numbers behind the plots of convergence. */
import type { Table } from '../csv.ts';
import { isFaulty } from '../view.ts';
import type { View } from '../view.ts';

export const valuesTable = (view: View): Table => ({
  name: 'values',
  columns: ['node', 'round', 'value', 'entered at µs', 'crashed'],
  rows: view.nodes.flatMap((node) =>
    node.values.map((value, round) => [
      node.id,
      round,
      value,
      node.entered[round] ?? null,
      isFaulty(node) ? 'yes' : 'no',
    ]),
  ),
});

export const spreadTable = (view: View): Table => ({
  name: 'spread',
  columns: [
    'round',
    'values known',
    'low',
    'high',
    'spread',
    'contraction',
    'proven bound',
    'all correct nodes',
  ],
  rows: view.rounds.map((step) => [
    step.round,
    step.known,
    step.low,
    step.high,
    step.spread,
    step.factor,
    step.bound,
    step.isWhole ? 'yes' : 'no',
  ]),
});

/** Which values made which. */
export const quorumTable = (view: View): Table => ({
  name: 'quorums',
  columns: ['node', 'round', 'used, in order of arrival', 'next value'],
  rows: view.nodes.flatMap(({ id, used, values }) =>
    used.flatMap((senders, next) =>
      senders === null ? [] : [[id, next - 1, senders.join(' '), values[next] ?? null] as const],
    ),
  ),
});

import type { Table } from '../csv.ts';
import type { View } from '../view.ts';

/** The ledger: what was planned to go wrong and what did. */
export const faultsTable = ({ data }: View): Table => ({
  name: 'faults',
  columns: [
    'fault',
    'origin',
    'status',
    'node',
    'round',
    'planned to reach',
    'observed at',
    'unknown at',
    'sentence',
  ],
  rows: (data.result?.ledger ?? []).map((entry) => [
    entry.fault,
    entry.origin,
    entry.status,
    entry.node,
    entry.round,
    entry.planned?.join(' ') ?? null,
    entry.observed.join(' '),
    entry.unknown.join(' '),
    entry.sentence,
  ]),
});

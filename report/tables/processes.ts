/** What each OS process cost, and how far its event loop fell behind. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { Table } from '../csv.ts';
import type { PageProcess } from '../page-data.ts';
import { quantile } from '../quantiles.ts';
import { nodeName } from '../view.ts';
import type { View } from '../view.ts';

export interface ProcessRow {
  /** 0: the master. */
  readonly id: NodeId;
  readonly name: string;
  /** Null: it left no counters. */
  readonly process: PageProcess | null;
  /** Milliseconds that messages were handed over later than due; null: none came. */
  readonly lag: { readonly median: number; readonly worst: number } | null;
}

/** The master first, then the nodes. */
export function processRows(view: View): ProcessRow[] {
  const byId = new Map(view.data.processes.map((process) => [process.id, process]));
  const lags = lagsByReceiver(view);
  return [0, ...view.nodes.map(({ id }) => id)].map((id) => {
    const late = Float64Array.from(lags.get(id) ?? []).sort();
    return {
      id,
      name: nodeName(id),
      process: byId.get(id) ?? null,
      lag: late.length === 0 ? null : { median: quantile(late, 0.5), worst: quantile(late, 1) },
    };
  });
}

/** Milliseconds. */
function lagsByReceiver({ messages }: View): Map<NodeId, number[]> {
  const lags = new Map<NodeId, number[]>();
  for (let row = 0; row < messages.count; row += 1) {
    const waited = (messages.handed[row] ?? NaN) - (messages.arrived[row] ?? NaN);
    const lag = waited - (messages.asked[row] ?? NaN);
    if (!Number.isFinite(lag)) continue;
    const to = messages.to[row] ?? 0;
    const own = lags.get(to) ?? [];
    lags.set(to, own);
    own.push(lag / 1000);
  }
  return lags;
}

export const processTable = (view: View): Table => ({
  name: 'processes',
  columns: [
    'process',
    'CPU user ms',
    'CPU system ms',
    'peak memory bytes',
    'loop busy ms',
    'lag median ms',
    'lag worst ms',
  ],
  rows: processRows(view).map(({ name, process, lag }) => [
    name,
    process === null ? null : process.cpuUserUs / 1000,
    process === null ? null : process.cpuSystemUs / 1000,
    process?.rssBytesMax ?? null,
    process === null || process.loopBusyUs === null ? null : process.loopBusyUs / 1000,
    lag?.median ?? null,
    lag?.worst ?? null,
  ]),
});

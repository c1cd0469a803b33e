/** Counts what goes over the wire, by type of record, in frames and bytes. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { WireRecord } from '../proto/records.ts';

export type TrafficType = 'value' | 'report' | 'output' | 'fail' | 'control';

export type TrafficCount = Record<TrafficType, { messages: number; bytes: number }>;

export const noTraffic = (): TrafficCount => ({
  value: { messages: 0, bytes: 0 },
  report: { messages: 0, bytes: 0 },
  output: { messages: 0, bytes: 0 },
  fail: { messages: 0, bytes: 0 },
  control: { messages: 0, bytes: 0 },
});

/** A record to `to`, in a frame of so many bytes; `copies`: to how many like `to` it went. */
export function count(
  traffic: TrafficCount,
  record: WireRecord,
  to: NodeId,
  bytes: number,
  copies = 1,
): void {
  const entry = entryOf(traffic, record, to);
  entry.messages += copies;
  entry.bytes += copies * bytes;
}

/** The same value record is a message to a peer and a report to the master. */
function entryOf(traffic: TrafficCount, record: WireRecord, to: NodeId): TrafficCount[TrafficType] {
  if (record.kind !== 'message') return traffic.control;
  if (record.fail) return traffic.fail;
  if (record.output) return traffic.output;
  return to === MASTER ? traffic.report : traffic.value;
}

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

export function count(traffic: TrafficCount, type: TrafficType, bytes: number): void {
  const entry = traffic[type];
  entry.messages += 1;
  entry.bytes += bytes;
}

/** The same value record is a message to a peer and a report to the master. */
export function trafficType(record: WireRecord, to: NodeId): TrafficType {
  if (record.kind !== 'message') return 'control';
  if (record.fail) return 'fail';
  if (record.output) return 'output';
  return to === MASTER ? 'report' : 'value';
}

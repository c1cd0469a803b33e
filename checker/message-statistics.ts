/** What was sent and what became of it, counted from the nodes' own files. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { Traffic } from '../record/events.ts';
import type { NodeFile, RunRecord } from '../record/read-run.ts';
import type { DelayStatistics, MessageStatistics, ProcessStatistics } from '../record/result.ts';

/** One node's share. */
interface Tally {
  sent: number;
  delivered: number;
  late: number;
  /** Messages of peers that were in a quorum. */
  used: number;
  pending: number;
  inboxDeepest: number;
}

export function messageStatistics(
  record: RunRecord,
  processes: readonly ProcessStatistics[],
): MessageStatistics {
  const tallies = [...record.nodes].map(([node, file]) => ({
    node,
    ...tallyOf(file, record.nodes.size, record.config?.restsAfterOutput === true),
  }));
  const sum = (field: keyof Tally): number =>
    tallies.reduce((total, tally) => total + tally[field], 0);
  const deepest = tallies.reduce<(typeof tallies)[number] | null>(
    (best, tally) => (best === null || tally.inboxDeepest > best.inboxDeepest ? tally : best),
    null,
  );
  return {
    sent: sum('sent'),
    delivered: sum('delivered'),
    late: sum('late'),
    unused: sum('delivered') + sum('pending') - sum('used'),
    pending: sum('pending'),
    refused: refusals(record),
    inboxDeepest: deepest && { node: deepest.node, messages: deepest.inboxDeepest },
    traffic: addTraffic(processes.map(({ sent }) => sent)),
  };
}

/**
 * Follows the inbox through the file: a report of round r empties it of round r − 1, and a node that
 * rests after its output keeps nothing any more.
 */
function tallyOf(file: NodeFile, n: number, rests: boolean): Tally {
  const tally: Tally = { sent: 0, delivered: 0, late: 0, used: 0, pending: 0, inboxDeepest: 0 };
  const waiting = new Map<Round, Set<NodeId>>();
  let depth = 0;
  let round = 0;
  let isAtRest = false;
  file.events.forEach((event) => {
    if (event.kind === 'multicast') tally.sent += event.to === 'all' ? n - 1 : event.to.length;
    if (event.kind === 'pending') tally.pending += 1;
    if (event.kind === 'report') {
      tally.used += Math.max(0, event.used.length - 1);
      depth -= waiting.get(event.round - 1)?.size ?? 0;
      waiting.delete(event.round - 1);
      round = event.round;
    }
    if (event.kind === 'output') isAtRest = rests;
    if (event.kind !== 'receive') return;
    tally.delivered += 1;
    if (event.round < round) tally.late += 1;
    else if (!isAtRest && isNew(waiting, event)) depth += 1;
    tally.inboxDeepest = Math.max(tally.inboxDeepest, depth);
  });
  return tally;
}

/** The first message per sender and round counts. */
function isNew(
  waiting: Map<Round, Set<NodeId>>,
  { from, round }: { readonly from: NodeId; readonly round: Round },
): boolean {
  const senders = waiting.get(round) ?? new Set();
  waiting.set(round, senders);
  const before = senders.size;
  return senders.add(from).size > before;
}

/** Also those of which the processes only wrote down how many there were. */
export function refusals({ nodes, master }: RunRecord): number {
  let total = 0;
  for (const { events } of [...nodes.values(), master]) {
    events.forEach((event) => {
      if (event.kind === 'refused') total += event.count ?? 1;
    });
  }
  return total;
}

/** One entry per process that ended in order; the others left no counters. */
export function processStatistics({ nodes, master }: RunRecord): ProcessStatistics[] {
  const files = [
    [0, master.events] as const,
    ...[...nodes].map(([id, f]) => [id, f.events] as const),
  ];
  return files.flatMap(([id, events]) => {
    const last = events.findLast((event) => event.kind === 'statistics');
    if (last === undefined) return [];
    const { cpuUserUs, cpuSystemUs, rssBytesMax, sent, received } = last;
    return [{ id, cpuMs: (cpuUserUs + cpuSystemUs) / 1000, rssBytesMax, sent, received }];
  });
}

/** A Map first: the names come from a file and may be anything. */
function addTraffic(all: readonly Traffic[]): Traffic {
  const total = new Map<string, { messages: number; bytes: number }>();
  for (const traffic of all) {
    for (const [type, { messages, bytes }] of Object.entries(traffic)) {
      const before = total.get(type) ?? { messages: 0, bytes: 0 };
      total.set(type, { messages: before.messages + messages, bytes: before.bytes + bytes });
    }
  }
  return Object.fromEntries(total);
}

/** Asked for against measured, over all messages that were handed over. Null: there were none. */
export function delayStatistics({ nodes }: RunRecord): DelayStatistics | null {
  let most = 0;
  for (const { events } of nodes.values()) most += events.length;
  const asked = new Float64Array(most);
  const actual = new Float64Array(most);
  const errors = new Float64Array(most);
  let messages = 0;
  for (const { events } of nodes.values()) {
    events.forEach((event) => {
      if (event.kind !== 'receive') return;
      const [wait, askedWait] = [event.t - event.arrived, event.delay ?? 0];
      asked[messages] = askedWait;
      actual[messages] = wait;
      errors[messages] = wait - askedWait;
      messages += 1;
    });
  }
  if (messages === 0) return null;
  const sortedErrors = errors.subarray(0, messages).sort();
  return {
    messages,
    askedMedianMs: medianOf(asked.subarray(0, messages).sort()) / 1000,
    actualMedianMs: medianOf(actual.subarray(0, messages).sort()) / 1000,
    errorMedianMs: medianOf(sortedErrors) / 1000,
    errorWorstMs: (sortedErrors.at(-1) ?? 0) / 1000,
  };
}

function medianOf(ascending: Float64Array): number {
  const middle = ascending.length >> 1;
  const upper = ascending[middle] ?? 0;
  const lower = ascending.length % 2 === 1 ? upper : (ascending[middle - 1] ?? upper);
  return (lower + upper) / 2;
}

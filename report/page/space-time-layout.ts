/**
 * Where messages stand in the space-time diagram. By time: when they were sent and handed over. By
 * round: every round is as wide as every other, and what a node was handed in a round is spread evenly
 * over it, in its order; so both ends of every arrow can be seen however fast the run was.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { MessageTable } from '../messages.ts';
import type { MessageFilter } from '../tables/messages.ts';
import { isFaulty, lastRoundOf } from '../view.ts';
import type { View } from '../view.ts';

export type Axis = 'round' | 'time';

export interface Selection {
  /** Rows of the message table, thinned out when there are more than can be told apart. */
  readonly rows: readonly number[];
  /** How many there were to choose from. */
  readonly matching: number;
}

/** More arrows than these are one grey area, and slow. */
const ARROWS_MAX = 4000;

/** Those of the filter that are at least partly within the window; evenly thinned if there are too many. */
export function selectMessages(
  messages: MessageTable,
  { node, fates }: MessageFilter,
  { start, end }: Places,
  window: { readonly from: number; readonly to: number },
): Selection {
  const found: number[] = [];
  for (let row = 0; row < messages.count; row += 1) {
    const isOfNode = node === null || messages.from[row] === node || messages.to[row] === node;
    if (!isOfNode || !fates.has(messages.fate[row] ?? 'n')) continue;
    const begin = start[row] ?? NaN;
    const finish = end[row] ?? NaN;
    const last = Number.isNaN(finish) ? begin : finish;
    if (begin <= window.to && last >= window.from) found.push(row);
  }
  if (found.length <= ARROWS_MAX) return { rows: found, matching: found.length };
  const stride = found.length / ARROWS_MAX;
  const rows = Array.from({ length: ARROWS_MAX }, (_, i) => found[Math.floor(i * stride)] ?? 0);
  return { rows, matching: found.length };
}

/**
 * x of both ends, by row. A message that still waits ends where its waiting began; one of which nothing
 * more is known has NaN as its end.
 */
export interface Places {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Where the lanes of the nodes that failed stop. */
  readonly laneEnds: ReadonlyMap<NodeId, number>;
}

/** Milliseconds since the start barrier. */
export function placesByTime(view: View): Places {
  const { messages } = view;
  const end = messages.handed.map((t, row) =>
    messages.fate[row] === 'p' ? (messages.arrived[row] ?? NaN) / 1000 : t / 1000,
  );
  const start = messages.sent.map((t) => t / 1000);
  return { start, end, laneEnds: laneEnds(view, 'time', end) };
}

/** Rounds, with fractions. */
export function placesByRound(view: View): Places {
  const { messages, nodes } = view;
  const end = Float64Array.from(messages.round, (round, row) =>
    messages.fate[row] === 'p' ? round + PENDING_PLACE : NaN,
  );
  const handed = rowsByReceiver(messages);
  for (const { id, entered } of nodes) {
    const received = handed.get(id) ?? [];
    const inRound = received.map((row) => roundAt(entered, messages.handed[row] ?? NaN));
    const perRound = new Map<number, number>();
    for (const round of inRound) perRound.set(round, (perRound.get(round) ?? 0) + 1);
    const placed = new Map<number, number>();
    received.forEach((row, index) => {
      const round = inRound[index] ?? 0;
      const rank = (placed.get(round) ?? 0) + 1;
      placed.set(round, rank);
      end[row] = round + 0.15 + (0.8 * rank) / ((perRound.get(round) ?? 1) + 1);
    });
  }
  const start = Float64Array.from(messages.round);
  return { start, end, laneEnds: laneEnds(view, 'round', end) };
}

const PENDING_PLACE = 0.6;

/** What was handed to each node, in that order. */
function rowsByReceiver(messages: MessageTable): Map<NodeId, number[]> {
  const rows = new Map<NodeId, number[]>();
  for (let row = 0; row < messages.count; row += 1) {
    if (Number.isNaN(messages.handed[row])) continue;
    const to = messages.to[row] ?? 0;
    const own = rows.get(to) ?? [];
    rows.set(to, own);
    own.push(row);
  }
  for (const own of rows.values()) {
    own.sort((a, b) => (messages.handed[a] ?? 0) - (messages.handed[b] ?? 0));
  }
  return rows;
}

function laneEnds({ nodes, messages }: View, axis: Axis, end: Float64Array): Map<NodeId, number> {
  const ends = new Map<NodeId, number>();
  for (const node of nodes.filter(isFaulty)) {
    const lastUs = node.crash?.t ?? node.lastT ?? node.death?.t ?? 0;
    const round = node.crash?.round ?? Math.max(0, lastRoundOf(node));
    ends.set(node.id, axis === 'time' ? lastUs / 1000 : round);
  }
  if (axis === 'time') return ends;
  // By round a node goes on while messages are handed to it.
  for (let row = 0; row < messages.count; row += 1) {
    const to = messages.to[row] ?? 0;
    const last = ends.get(to);
    const x = end[row] ?? NaN;
    if (last !== undefined && x > last && messages.fate[row] !== 'p') ends.set(to, x);
  }
  return ends;
}

/** The round that a node was in; it enters the next one with the message that completes its quorum. */
function roundAt(entered: readonly (number | null)[], t: number): number {
  let round = 0;
  while (round + 1 < entered.length && (entered[round + 1] ?? Infinity) < t) round += 1;
  return round;
}

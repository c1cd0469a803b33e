/**
 * Where messages stand in the space-time diagram. By time: when they were sent and handed over. By
 * round: every round is as wide as every other, and what a node was handed in a round is spread evenly
 * over it, in its order; so both ends of every arrow can be seen however fast the run was.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { MessageTable } from '../messages.ts';
import type { MessageFilter } from '../tables/messages.ts';
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
}

/** Milliseconds since the start barrier. */
export function placesByTime({ messages }: View): Places {
  const end = messages.handed.map((t, row) =>
    messages.fate[row] === 'p' ? (messages.arrived[row] ?? NaN) / 1000 : t / 1000,
  );
  return { start: messages.sent.map((t) => t / 1000), end };
}

/** Rounds, with fractions. */
export function placesByRound({ messages, nodes }: View): Places {
  const end = Float64Array.from(messages.round, (round, row) =>
    messages.fate[row] === 'p' ? round + PENDING_PLACE : NaN,
  );
  for (const { id, entered } of nodes) {
    const received = rowsOf(messages, id);
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
  return { start: Float64Array.from(messages.round), end };
}

const PENDING_PLACE = 0.6;

/** What was handed to a node, in that order. */
function rowsOf(messages: MessageTable, id: NodeId): number[] {
  const rows: number[] = [];
  for (let row = 0; row < messages.count; row += 1) {
    if (messages.to[row] === id && !Number.isNaN(messages.handed[row])) rows.push(row);
  }
  return rows.sort((a, b) => (messages.handed[a] ?? 0) - (messages.handed[b] ?? 0));
}

/** The round that a node was in; it enters the next one with the message that completes its quorum. */
function roundAt(entered: readonly (number | null)[], t: number): number {
  let round = 0;
  while (round + 1 < entered.length && (entered[round + 1] ?? Infinity) < t) round += 1;
  return round;
}

/**
 * What a process refuses is named and counted, and whoever sends rubbish cannot fill the disk with it:
 * the first refusals of each sender are written down one by one, later ones as numbers, each time
 * there are twice as many.
 */
import type { NodeId } from '../agreement/algorithm.ts';

export interface Refusal {
  /** null: nobody knows who it was. */
  readonly from: NodeId | null;
  readonly reason: string;
  /** How many refusals this line stands for; absent: one. */
  readonly count?: number;
}

export interface Refusals {
  readonly note: (from: NodeId | null, reason: string) => void;
  /** Writes what has only been counted so far. */
  flush(): void;
}

interface Tally {
  total: number;
  unwritten: number;
  /** `total` at the last line. */
  written: number;
  lastReason: string;
}

const NAMED_MAX = 20;
/** Strangers may claim any id. Beyond these many they are all nobody. */
const SENDERS_MAX = 10_000;
/** … and so is whoever claims an id that no run has, and no record may hold. */
const ID_MAX = 1_000_000;
const REASON_LENGTH_MAX = 300;

/** `write` returns false while there is no record yet; then the refusals are kept as numbers. */
export function createRefusals(write: (refusal: Refusal) => boolean): Refusals {
  const tallies = new Map<NodeId | null, Tally>();
  const writeTally = (from: NodeId | null, tally: Tally): void => {
    const { unwritten: count, lastReason: reason } = tally;
    if (count === 0) return;
    const several = { from, reason: `${count} more; the last: ${reason}`, count };
    if (!write(count === 1 ? { from, reason } : several)) return;
    tally.unwritten = 0;
    tally.written = tally.total;
  };
  return {
    note(claimed, reason) {
      const isKnown =
        tallies.has(claimed) || (tallies.size < SENDERS_MAX && (claimed ?? 0) <= ID_MAX);
      const from = isKnown ? claimed : null;
      const tally = tallies.get(from) ?? { total: 0, unwritten: 0, written: 0, lastReason: '' };
      tallies.set(from, tally);
      tally.total += 1;
      tally.unwritten += 1;
      tally.lastReason = reason.slice(0, REASON_LENGTH_MAX);
      if (tally.total <= NAMED_MAX || tally.total >= 2 * tally.written) writeTally(from, tally);
    },
    flush() {
      for (const [from, tally] of tallies) writeTally(from, tally);
    },
  };
}

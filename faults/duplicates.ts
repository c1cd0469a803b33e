/**
 * Second copies. A message that is drawn for it comes twice: the copy follows after a delay of its
 * own, drawn independently, and waits for closed links like any message. It never comes before the
 * message that it repeats, it is not lost, and nothing waits behind it: to a receiver that keeps the
 * first message of a sender and round it is one message to ignore, no more.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { openAtUs } from './closures.ts';
import { uniform } from './draw.ts';
import type { LinkClock } from './link-clock.ts';
import { slowedDelayUs } from './message-wait.ts';

/**
 * When the copy of a message is due that is itself due at `messageDueUs`; microseconds after the
 * start record. Null: it has no copy, or one that would never be handed over.
 */
export function copyDueUs(
  { seed, settings, receiver, closures }: LinkClock,
  from: NodeId,
  round: Round,
  messageDueUs: number,
): number | null {
  const { duplicate } = settings;
  if (duplicate === undefined) return null;
  if (!isDuplicated(seed, duplicate, from, receiver, round)) return null;
  const due = messageDueUs + slowedDelayUs(seed, settings, from, receiver, round, 1);
  const closed = closures?.get(from);
  const open = closed === undefined ? due : openAtUs(closed, due);
  return open === Infinity ? null : open;
}

export const isDuplicated = (
  seed: number,
  chance: number,
  from: NodeId,
  to: NodeId,
  round: Round,
): boolean => uniform(seed, 'duplicate', from, to, round) < chance;

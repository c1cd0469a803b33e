/**
 * When a message that has arrived is handed to the participant. Delays and holds act at the
 * receiver: the bytes travel at once and wait here, so that a sender's crash recalls nothing.
 *
 * One clock per receiver, plain data, the same for the node process and the simulator.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { closuresOf, openAtUs } from './closures.ts';
import type { Closures } from './closures.ts';
import { messageWaitUs } from './message-wait.ts';
import type { FaultSettings, Hold, LinkFaults } from './settings.ts';

export type LinkSettings = Pick<FaultSettings, 'delay' | 'order' | 'holds'> & LinkFaults;

export interface LinkClock {
  readonly receiver: NodeId;
  readonly seed: number;
  readonly settings: LinkSettings;
  /** By sender, only for senders with a hold towards this receiver. */
  readonly holds: ReadonlyMap<NodeId, readonly Hold[]>;
  /** By sender, for senders whose link is closed at times; null: there is none. */
  readonly closures: ReadonlyMap<NodeId, Closures> | null;
  /** By sender, order fifo: when its latest message is due; Infinity behind one held for ever. */
  readonly lastDueUs: Float64Array;
}

/** The clock of node `receiver`, before any message has arrived. */
export function createLinkClock(
  receiver: NodeId,
  n: number,
  seed: number,
  settings: LinkSettings,
): LinkClock {
  const holds = new Map<NodeId, Hold[]>();
  for (const hold of settings.holds) {
    if (hold.to !== receiver) continue;
    holds.set(hold.from, [...(holds.get(hold.from) ?? []), hold]);
  }
  const lastDueUs = new Float64Array(n + 1).fill(-Infinity);
  const closures = closedLinks(receiver, n, seed, settings);
  return { receiver, seed, settings, holds, closures, lastDueUs };
}

function closedLinks(
  receiver: NodeId,
  n: number,
  seed: number,
  settings: LinkSettings,
): ReadonlyMap<NodeId, Closures> | null {
  const { timedHolds, partitions, clog } = settings;
  if (timedHolds === undefined && partitions === undefined && clog === undefined) return null;
  const closures = new Map<NodeId, Closures>();
  for (let from = 1; from <= n; from += 1) {
    const closed = from === receiver ? null : closuresOf(seed, settings, from, receiver);
    if (closed !== null) closures.set(from, closed);
  }
  return closures.size === 0 ? null : closures;
}

/**
 * When the round-`round` message from `from`, arrived at `arrivedUs`, is due: microseconds after the
 * start record, like `arrivedUs` itself (negative before it); null: never. An integer if
 * `arrivedUs` is one.
 *
 * To be called once per message, in order of arrival on its link. It is the latest of: arrival plus
 * the wait that is drawn; the release of every hold that covers the message; under fifo the due time
 * of the link's message before. If the link is closed then, it is the end of that (closures.ts).
 * Under fifo a message that is held for ever therefore holds back all later ones of its link: to let
 * them pass would be to reorder. Equal times are handed over in order of arrival (due-queue.ts).
 */
export function dueUs(
  clock: LinkClock,
  from: NodeId,
  round: Round,
  arrivedUs: number,
): number | null {
  const { seed, settings, receiver, lastDueUs } = clock;
  const drawn = arrivedUs + messageWaitUs(seed, settings, from, receiver, round);
  const hasHolds = clock.holds.size > 0;
  let due = hasHolds ? Math.max(drawn, releaseUs(clock, from, round)) : drawn;
  const closed = clock.closures?.get(from);
  if (closed !== undefined) due = openAtUs(closed, due);
  if (settings.order === 'fifo') {
    due = Math.max(due, lastDueUs[from] ?? -Infinity);
    lastDueUs[from] = due;
  }
  return due === Infinity ? null : due;
}

/** When the last hold on the message is lifted; −Infinity: none covers it; Infinity: never. */
function releaseUs(clock: LinkClock, from: NodeId, round: Round): number {
  let release = -Infinity;
  for (const hold of clock.holds.get(from) ?? NO_HOLDS) {
    if (round < hold.firstRound || round > hold.lastRound) continue;
    const until = hold.untilMs === null ? Infinity : Math.floor(hold.untilMs * 1000 + 0.5);
    release = Math.max(release, until);
  }
  return release;
}

const NO_HOLDS: readonly Hold[] = [];

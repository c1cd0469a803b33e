/**
 * When a message that has arrived is handed to the participant. Delays and holds act at the
 * receiver: the bytes travel at once and wait here, so that a sender's crash recalls nothing.
 *
 * One clock per receiver, plain data, the same for the node process and the simulator.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { messageDelayUs } from './delay.ts';
import type { FaultSettings, Hold } from './settings.ts';

export type LinkSettings = Pick<FaultSettings, 'delay' | 'order' | 'holds'>;

export interface LinkClock {
  readonly receiver: NodeId;
  readonly seed: number;
  readonly settings: LinkSettings;
  /** By sender, only for senders with a hold towards this receiver. */
  readonly holds: ReadonlyMap<NodeId, readonly Hold[]>;
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
  return { receiver, seed, settings, holds, lastDueUs };
}

/**
 * When the round-`round` message from `from`, arrived at `arrivedUs`, is due: microseconds after the
 * start record, like `arrivedUs` itself (negative before it); null: never. An integer if
 * `arrivedUs` is one.
 *
 * To be called once per message, in order of arrival on its link. It is the latest of: arrival plus
 * drawn delay; the release of every hold that covers the message; under fifo the due time of the
 * link's message before. Under fifo a message that is held for ever therefore holds back all later
 * ones of its link: to let them pass would be to reorder. Equal times are handed over in order of
 * arrival (due-queue.ts).
 */
export function dueUs(
  clock: LinkClock,
  from: NodeId,
  round: Round,
  arrivedUs: number,
): number | null {
  const { seed, settings, receiver, lastDueUs } = clock;
  const drawn = arrivedUs + messageDelayUs(seed, settings, from, receiver, round);
  const hasHolds = clock.holds.size > 0;
  let due = hasHolds ? Math.max(drawn, releaseUs(clock, from, round)) : drawn;
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

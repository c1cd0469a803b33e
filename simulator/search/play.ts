/** A schedule on real participants, and what comes of it. */
import { AlgorithmError } from '../../agreement/guarded-algorithm.ts';
import type { NodeId, Round, RoundMessage } from '../../agreement/algorithm.ts';
import { judge } from './judge.ts';
import type { Violation } from './judge.ts';
import type { Order } from './master-rules.ts';
import type { Delivery, Schedule, Target } from './schedule.ts';
import { deliver, possibleDeliveries, startWorld } from './world.ts';
import type { World } from './world.ts';

/** A delivery that took place, and what it brought. */
export interface Played extends Delivery {
  readonly message: RoundMessage | Order;
  /** Rounds that its receiver ended by it, as (round, value) reports. */
  readonly reports: readonly {
    readonly node: NodeId;
    readonly round: Round;
    readonly value: number;
  }[];
}

export interface Outcome {
  /** Null: the participants failed before they had started. */
  readonly world: World | null;
  /** Without the deliveries of the schedule that could not take place. */
  readonly played: readonly Played[];
  readonly violation: Violation | null;
}

/**
 * Plays the deliveries in their order, up to the first violation. `thenAll`: afterwards everything
 * that is still on its way, in a fixed order, until nothing is: to see who is stuck for good.
 */
export function play(target: Target, schedule: Schedule, thenAll = false): Outcome {
  const played: Played[] = [];
  let world: World | null = null;
  try {
    world = startWorld(target, schedule);
    let violation = judge(world);
    for (const delivery of schedule.deliveries) {
      if (violation !== null) break;
      violation = playOne(world, delivery, played);
    }
    while (thenAll && violation === null) {
      const [next] = possibleDeliveries(world);
      if (next === undefined) break;
      violation = playOne(world, next, played);
    }
    return { world, played, violation };
  } catch (error) {
    return { world, played, violation: failureOf(error) };
  }
}

function playOne(world: World, delivery: Delivery, played: Played[]): Violation | null {
  const before = world.nodes[delivery.to - 1]?.values.length ?? 0;
  const message = deliver(world, delivery);
  const node = world.nodes[delivery.to - 1];
  if (node === undefined || message === null) return null;
  const reports = node.values
    .map((value, round) => ({ node: node.id, round, value }))
    .slice(before);
  played.push({ ...delivery, message, reports });
  return judge(world);
}

/** What a user's code did wrong is a finding; a bug of ours is none. */
export function failureOf(error: unknown): Violation {
  if (!(error instanceof AlgorithmError)) throw error;
  return { property: 'failure', what: error.message };
}

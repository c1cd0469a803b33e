/** A schedule on real participants, and what comes of it. */
import { AlgorithmError } from '../../agreement/algorithm-error.ts';
import type { RoundMessage } from '../../agreement/algorithm.ts';
import { judge } from './judge.ts';
import type { Violation } from './judge.ts';
import type { Order } from './master-rules.ts';
import type { Delivery, Schedule, Target } from './schedule.ts';
import { deliver, messageOf, possibleDeliveries, startWorld } from './world.ts';
import type { World } from './world.ts';

/** A delivery that took place, and what it brought. */
export interface Played extends Delivery {
  readonly message: RoundMessage | Order;
  /** Rounds that its receiver ended by it. */
  readonly reports: readonly RoundMessage[];
  /** What the receiver output, or null. */
  readonly output: number | null;
  /** What the master ordered because of it, or null. */
  readonly ordered: Order | null;
}

export interface Outcome {
  /** Null: the participants failed before they had started. */
  readonly world: World | null;
  /** What the master ordered before anything was handed over, or null. */
  readonly orderedAtStart: Order | null;
  /** Without the deliveries of the schedule that could not take place. */
  readonly played: readonly Played[];
  readonly violation: Violation | null;
}

export interface PlayOptions {
  /** Afterwards everything that is still on its way, in a fixed order: to see who is stuck for good. */
  readonly thenAll?: boolean;
  /** Goes on where something is wrong, to the end of the schedule. */
  readonly throughout?: boolean;
}

/** Plays the deliveries in their order, up to the first violation. */
export function play(
  target: Target,
  schedule: Schedule,
  { thenAll = false, throughout = false }: PlayOptions = {},
): Outcome {
  const played: Played[] = [];
  let world: World | null = null;
  let orderedAtStart: Order | null = null;
  try {
    world = startWorld(target, schedule);
    orderedAtStart = world.ordered;
    let violation = judge(world);
    for (const delivery of schedule.deliveries) {
      if (violation !== null && !throughout) break;
      violation = playOne(world, delivery, played);
    }
    while (thenAll && violation === null) {
      const [next] = possibleDeliveries(world);
      if (next === undefined) break;
      violation = playOne(world, next, played);
    }
    return { world, orderedAtStart, played, violation };
  } catch (error) {
    return { world, orderedAtStart, played, violation: failureOf(error) };
  }
}

function playOne(world: World, delivery: Delivery, played: Played[]): Violation | null {
  const before = world.nodes[delivery.to - 1];
  const count = before?.values.length ?? 0;
  const hadOutput = before?.output !== null;
  const { ordered } = world;
  const message = before === undefined ? null : messageOf(world, before, delivery);
  if (message === null) return null;
  // Put down before it is tried: a user's code may throw.
  played.push({ ...delivery, message, reports: [], output: null, ordered: null });
  deliver(world, delivery);
  const node = world.nodes[delivery.to - 1];
  if (node === undefined) return null;
  const all = node.values.map((value, round) => ({ round, value }));
  played[played.length - 1] = {
    ...delivery,
    message,
    reports: all.slice(count),
    output: hadOutput ? null : (node.output?.value ?? null),
    ordered: ordered === world.ordered ? null : world.ordered,
  };
  return judge(world);
}

/** What a user's code did wrong is a finding; a bug of ours is none. */
export function failureOf(error: unknown): Violation {
  if (!(error instanceof AlgorithmError)) throw error;
  return { property: 'failure', what: error.message };
}

/**
 * Every order of deliveries, for few nodes and rounds: breadth first, so that the first violation
 * that is found needs the fewest deliveries of all. States that were seen are not entered again.
 */
import { judge } from './judge.ts';
import type { Violation } from './judge.ts';
import { failureOf } from './play.ts';
import type { Delivery, Schedule, Target } from './schedule.ts';
import { createMemory, follow, keyOfWorld } from './turns.ts';
import { possibleDeliveries, startWorld } from './world.ts';
import type { World } from './world.ts';

export interface Exploration {
  /** The schedule with the fewest deliveries that violates something, else null. */
  readonly found: { readonly schedule: Schedule; readonly violation: Violation } | null;
  readonly states: number;
  /** Whether every order of deliveries was tried, up to the violation. */
  readonly isComplete: boolean;
}

/** How a state was reached. */
interface Path {
  readonly delivery: Delivery;
  readonly before: Path | null;
}

interface Place {
  readonly world: World;
  readonly path: Path | null;
}

/** `mayGoOn` is asked once per state. */
export function explore(
  target: Target,
  schedule: Omit<Schedule, 'deliveries'>,
  mayGoOn: (states: number) => boolean,
): Exploration {
  const seen = new Set<string>();
  const memory = createMemory();
  const found = (path: Path | null, violation: Violation): Exploration => ({
    found: { schedule: { ...schedule, deliveries: deliveriesOf(path) }, violation },
    states: seen.size,
    isComplete: true,
  });
  const first = attempt(() => startWorld(target, schedule));
  if (first.violation !== null) return found(null, first.violation);
  let places: Place[] = [{ world: first.world, path: null }];
  while (places.length > 0) {
    const next: Place[] = [];
    for (const { world, path } of places) {
      for (const delivery of possibleDeliveries(world)) {
        const through = { delivery, before: path };
        const after = attempt(() => follow(memory, world, delivery));
        if (after.violation !== null) return found(through, after.violation);
        const key = keyOfWorld(memory, after.world);
        if (seen.has(key)) continue;
        seen.add(key);
        if (!mayGoOn(seen.size)) return { found: null, states: seen.size, isComplete: false };
        next.push({ world: after.world, path: through });
      }
    }
    places = next;
  }
  return { found: null, states: seen.size, isComplete: true };
}

type Attempt =
  { readonly world: World; readonly violation: null } | { readonly violation: Violation };

function attempt(make: () => World): Attempt {
  try {
    const world = make();
    const violation = judge(world);
    return violation === null ? { world, violation } : { violation };
  } catch (error) {
    return { violation: failureOf(error) };
  }
}

function deliveriesOf(path: Path | null): Delivery[] {
  const deliveries: Delivery[] = [];
  for (let at = path; at !== null; at = at.before) deliveries.push(at.delivery);
  return deliveries.reverse();
}

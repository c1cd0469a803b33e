/**
 * Every order of deliveries, for few nodes and rounds: breadth first, so that the first violation
 * that is found needs the fewest deliveries of all. States that were seen are not entered again.
 */
import { judgeProgress, judgeValues } from './judge.ts';
import type { Violation } from './judge.ts';
import { failureOf } from './play.ts';
import type { Delivery, Schedule, Target } from './schedule.ts';
import { createMemory, follow, keyOfWorld } from './turns.ts';
import type { Followed } from './turns.ts';
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
  readonly possible: readonly Delivery[];
}

/** `mayGoOn` is asked once per state. */
export function explore(
  target: Target,
  schedule: Omit<Schedule, 'deliveries'>,
  mayGoOn: (states: number) => boolean,
): Exploration {
  const seen = new Set<string>();
  const memory = createMemory();
  const end = (found: Exploration['found'], isComplete: boolean): Exploration => ({
    found,
    states: seen.size,
    isComplete,
  });
  const wrong = (path: Path | null, violation: Violation): Exploration =>
    end({ schedule: { ...schedule, deliveries: deliveriesOf(path) }, violation }, true);
  const first = attempt(() => ({ world: startWorld(target, schedule), isNews: true }));
  if (first.violation !== null) return wrong(null, first.violation);
  let places: Place[] = [{ ...first, path: null }];
  while (places.length > 0) {
    const next: Place[] = [];
    for (const { world, path, possible } of places) {
      for (const delivery of possible) {
        const through = { delivery, before: path };
        const after = attempt(() => follow(memory, world, delivery));
        if (after.violation !== null) return wrong(through, after.violation);
        const key = keyOfWorld(memory, after.world);
        if (seen.has(key)) continue;
        seen.add(key);
        if (!mayGoOn(seen.size)) return end(null, false);
        next.push({ ...after, path: through });
      }
    }
    places = next;
  }
  return end(null, true);
}

type Attempt =
  | { readonly world: World; readonly possible: readonly Delivery[]; readonly violation: null }
  | { readonly violation: Violation };

function attempt(make: () => Followed): Attempt {
  try {
    const { world, isNews } = make();
    const possible = possibleDeliveries(world);
    const violation = (isNews ? judgeValues(world) : null) ?? judgeProgress(world, possible);
    return violation === null ? { world, possible, violation } : { violation };
  } catch (error) {
    return { violation: failureOf(error) };
  }
}

function deliveriesOf(path: Path | null): Delivery[] {
  const deliveries: Delivery[] = [];
  for (let at = path; at !== null; at = at.before) deliveries.push(at.delivery);
  return deliveries.reverse();
}

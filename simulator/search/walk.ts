/**
 * One random schedule. Every link gets a random rank, and the message that is handed over is always
 * one of the best-ranked link; now and then a link is ranked anew. So some links are far ahead and
 * others starve, as in the schedules that break things; a fair random order almost never does that.
 * (The idea is that of probabilistic concurrency testing: S. Burckhardt, P. Kothari, M. Musuvathi,
 * S. Nagarakatte, ASPLOS 2010.)
 */
import { allNodes } from '../../agreement/resilience.ts';
import type { Chance } from './chance.ts';
import { failureOf } from './play.ts';
import { judge } from './judge.ts';
import type { Violation } from './judge.ts';
import type { CrashPoint, Delivery, Schedule, Target } from './schedule.ts';
import { deliver, possibleDeliveries, startWorld } from './world.ts';

const RANK_AGAIN = 1 / 8;

export interface Walk {
  readonly schedule: Schedule;
  /** Null: the schedule went to its end, and nothing was wrong. */
  readonly violation: Violation | null;
}

export function walk(target: Target, start: Omit<Schedule, 'deliveries'>, chance: Chance): Walk {
  const deliveries: Delivery[] = [];
  const schedule = { ...start, deliveries };
  const ranks = new Map<string, number>();
  const rankOf = ({ from, to }: Delivery): number => {
    const link = `${from} ${to}`;
    const rank = ranks.get(link) ?? chance.next();
    ranks.set(link, rank);
    return rank;
  };
  try {
    const world = startWorld(target, start);
    for (;;) {
      const violation = judge(world);
      const possible = possibleDeliveries(world);
      const [first] = possible;
      if (violation !== null || first === undefined) return { schedule, violation };
      const best = possible.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a), first);
      if (chance.next() < RANK_AGAIN) ranks.set(`${best.from} ${best.to}`, chance.next());
      deliveries.push(best);
      deliver(world, best);
    }
  } catch (error) {
    return { schedule, violation: failureOf(error) };
  }
}

/** `count` nodes that die somewhere, each reaching anybody. */
export function drawCrashes(
  n: number,
  rounds: number,
  count: number,
  chance: Chance,
): CrashPoint[] {
  const left = allNodes(n);
  return Array.from({ length: count }, () => {
    const [node = 1] = left.splice(chance.below(left.length), 1);
    const round = chance.below(rounds + 1);
    const share = chance.next();
    const reaching = allNodes(n).filter((peer) => peer !== node && chance.next() < share);
    return { node, round, reaching };
  });
}

/** Corners, halves, signs, all equal or anything; unless all are equal, both ends are there. */
export function drawInputs(n: number, chance: Chance): number[] {
  const equal = chance.below(9) + 1;
  const draw = chance.pick([
    () => chance.below(2),
    () => chance.below(3) / 2,
    () => chance.below(3) - 1,
    () => equal,
    () => chance.next(),
  ]);
  const inputs = Array.from({ length: n }, draw);
  if (n < 2 || inputs.every((input) => input === equal)) return inputs;
  const low = chance.below(n);
  inputs[low] = 0;
  inputs[(low + 1 + chance.below(n - 1)) % n] = 1;
  return inputs;
}

/**
 * Makes a counterexample smaller as long as it stays one: fewer nodes first, then rounds, then
 * crashes, then deliveries, then plainer inputs. Every attempt is played on real participants.
 */
import { isResilient } from '../../agreement/resilience.ts';
import type { Violation } from './judge.ts';
import { play } from './play.ts';
import type { CrashPoint, Schedule, Target } from './schedule.ts';

/** The smallest schedule found that violates the same property. */
export function shrink(target: Target, schedule: Schedule, violation: Violation): Schedule {
  const isWrong = (candidate: Schedule) =>
    playToEnd(target, candidate, violation).violation?.property === violation.property;
  let smallest = schedule;
  for (;;) {
    const smaller = smallerOnes(target, smallest).find(isWrong);
    if (smaller !== undefined) smallest = smaller;
    else {
      const fewer = fewerDeliveries(smallest, isWrong);
      if (fewer.deliveries.length === smallest.deliveries.length) return smallest;
      smallest = fewer;
    }
  }
}

/** Somebody is stuck only when all is handed over. */
export const playToEnd = (target: Target, schedule: Schedule, { property }: Violation) =>
  play(target, schedule, { thenAll: property === 'termination' });

/** In the order of what counts most. */
const smallerOnes = (target: Target, schedule: Schedule): Schedule[] => [
  ...schedule.inputs.flatMap((_, index) => withoutNode(target, schedule, index + 1)),
  ...(schedule.rounds > 1 ? [{ ...schedule, rounds: schedule.rounds - 1 }] : []),
  ...withoutCrash(schedule),
  ...plainerInputs(schedule),
];

function withoutNode(target: Target, schedule: Schedule, node: number): Schedule[] {
  const { inputs, crashes, deliveries } = schedule;
  const n = inputs.length - 1;
  const f = isResilient(target.algorithm.resilience, n, schedule.f) ? schedule.f : schedule.f - 1;
  const kept = crashes.filter((crash) => crash.node !== node);
  if (n < 1 || f < Math.min(1, schedule.f) || kept.length > f) return [];
  const renamed = (id: number) => (id > node ? id - 1 : id);
  return [
    {
      ...schedule,
      f,
      inputs: inputs.toSpliced(node - 1, 1),
      crashes: kept.map((crash) => ({
        ...crash,
        node: renamed(crash.node),
        reaching: crash.reaching.filter((peer) => peer !== node).map(renamed),
      })),
      deliveries: deliveries
        .filter(({ from, to }) => from !== node && to !== node)
        .map(({ from, to }) => ({ from: renamed(from), to: renamed(to) })),
    },
  ];
}

/** One crash less, or one that reaches one peer less. */
function withoutCrash(schedule: Schedule): Schedule[] {
  const { crashes } = schedule;
  const none = crashes.map((_, index) => ({ ...schedule, crashes: crashes.toSpliced(index, 1) }));
  const narrower = crashes.flatMap((crash, index) =>
    crash.reaching.map((peer) => {
      const less: CrashPoint = { ...crash, reaching: crash.reaching.filter((id) => id !== peer) };
      return { ...schedule, crashes: crashes.with(index, less) };
    }),
  );
  return [...none, ...narrower];
}

const PLAINEST = [0, 1, 0.5];

const plainness = (value: number): number =>
  PLAINEST.includes(value) ? PLAINEST.indexOf(value) : PLAINEST.length;

function plainerInputs(schedule: Schedule): Schedule[] {
  return schedule.inputs.flatMap((input, index) =>
    PLAINEST.filter((value) => plainness(value) < plainness(input)).map((value) => ({
      ...schedule,
      inputs: schedule.inputs.with(index, value),
    })),
  );
}

/** Cuts out ever smaller stretches (A. Zeller's delta debugging, without its complements). */
function fewerDeliveries(schedule: Schedule, isWrong: (candidate: Schedule) => boolean): Schedule {
  let smallest = schedule;
  let length = Math.ceil(schedule.deliveries.length / 2);
  while (length >= 1) {
    let from = 0;
    while (from < smallest.deliveries.length) {
      const candidate = { ...smallest, deliveries: smallest.deliveries.toSpliced(from, length) };
      if (isWrong(candidate)) smallest = candidate;
      else from += length;
    }
    length = length === 1 ? 0 : Math.ceil(length / 2);
  }
  return smallest;
}

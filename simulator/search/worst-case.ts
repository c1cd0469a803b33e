/** The worst that an adversary can do to the spread, found by a model and played on real participants. */
import type { Algorithm } from '../../agreement/algorithm.ts';
import { AlgorithmError } from '../../agreement/algorithm-error.ts';
import { chanceOf } from './chance.ts';
import { spreadAfter } from './judge.ts';
import { startOf, worstAfter } from './many-rounds.ts';
import type { WorstRounds } from './many-rounds.ts';
import { cornerOf, worstRound } from './one-round.ts';
import type { WorstRound } from './one-round.ts';
import { play } from './play.ts';
import type { Outcome } from './play.ts';
import { deliveriesOf, receiveSetsOf } from './receive-sets.ts';
import type { ReceiveSets } from './receive-sets.ts';
import { modelOf } from './round-model.ts';
import type { RoundModel } from './round-model.ts';
import type { Schedule, Target } from './schedule.ts';
import { drawInputs } from './walk.ts';

export interface Size {
  readonly n: number;
  readonly f: number;
}

export interface LongSchedule {
  readonly schedule: Schedule;
  readonly sets: ReceiveSets;
  readonly found: WorstRounds;
  readonly outcome: Outcome;
  /** spreads[r]: of the values that real participants held after r updates, in doubles. */
  readonly spreads: readonly number[];
}

/** Inputs tried beside those of 0 and 1, where these may not be the worst. */
const TRIES = 30;

/** Null: the algorithm never ends a round, or fails; the hunt for violations says which. */
export function worstOneRound(
  algorithm: Algorithm<unknown>,
  { n, f }: Size,
  seed: number,
): WorstRound | null {
  return unlessItFails(() => {
    const model = modelOf(algorithm, n, f, 1);
    return model === null ? null : worstRound(model, TRIES, chanceOf(seed, 0));
  });
}

/** The largest spread after so many rounds. `starts`: only these inputs; without it any. */
export function worstManyRounds(
  algorithm: Algorithm<unknown>,
  { n, f }: Size,
  rounds: number,
  seed: number,
  starts?: readonly (readonly number[])[],
): LongSchedule | null {
  return unlessItFails(() => {
    const model = modelOf(algorithm, n, f, rounds);
    if (model === null) return null;
    const found = worstAfter(model, starts ?? startsFor(model, seed), rounds, chanceOf(seed, 1));
    if (found === null) return null;
    const sets = receiveSetsOf(found.state);
    const inputs = startOf(found.state).values;
    return playSets(algorithm, { f, inputs, rounds, crashes: [] }, sets, found);
  });
}

/** The same receive sets from any inputs. */
export function playSets(
  algorithm: Algorithm<unknown>,
  start: Omit<Schedule, 'deliveries'>,
  sets: ReceiveSets,
  found: WorstRounds,
): LongSchedule {
  const schedule = { ...start, deliveries: deliveriesOf(sets) };
  const outcome = play(noMaster(algorithm), schedule, { throughout: true });
  const { world } = outcome;
  const spreads = Array.from({ length: start.rounds + 1 }, (_, round) =>
    world === null ? NaN : spreadAfter(world, round),
  );
  return { schedule, sets, found, outcome, spreads };
}

const noMaster = (algorithm: Algorithm<unknown>): Target => ({
  algorithm,
  epsilon: 0,
  master: null,
  outputRound: null,
});

/** A schedule of the worst single round, to see what the judge says to it. */
export function worstRoundSchedule(
  algorithm: Algorithm<unknown>,
  size: Size,
  seed: number,
): Schedule | null {
  const worst = worstOneRound(algorithm, size, seed);
  if (worst === null) return null;
  return worstManyRounds(algorithm, size, 1, seed, [worst.inputs])?.schedule ?? null;
}

function startsFor(model: RoundModel, seed: number): number[][] {
  const { n, scale } = model;
  const corners = Array.from({ length: n - 1 }, (_, index) => cornerOf(n, index + 1));
  if (scale !== null) return corners;
  const others = Array.from({ length: TRIES }, (_, index) =>
    drawInputs(n, chanceOf(seed, index + 2)).sort((a, b) => a - b),
  );
  return [...corners, ...others.filter((inputs) => inputs[0] !== inputs.at(-1))];
}

function unlessItFails<T>(search: () => T | null): T | null {
  try {
    return search();
  } catch (error) {
    if (error instanceof AlgorithmError) return null;
    throw error;
  }
}

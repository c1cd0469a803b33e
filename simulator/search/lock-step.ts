/** The worst single round of an algorithm as a schedule. */
import type { Algorithm } from '../../agreement/algorithm.ts';
import type { Chance } from './chance.ts';
import { worstRound } from './one-round.ts';
import { modelOf } from './round-model.ts';
import type { Schedule } from './schedule.ts';
import { worstAfter } from './many-rounds.ts';
import { deliveriesOf, receiveSetsOf } from './receive-sets.ts';

const TRIES = 20;

/** Null: nobody ends the round, or there is no spread to begin with. */
export function worstRoundSchedule(
  algorithm: Algorithm<unknown>,
  n: number,
  f: number,
  chance: Chance,
): Schedule | null {
  const model = modelOf(algorithm, n, f, 1);
  const worst = model === null ? null : worstRound(model, TRIES, chance);
  if (model === null || worst === null) return null;
  const found = worstAfter(model, [worst.inputs], 1, chance);
  if (found === null) return null;
  const deliveries = deliveriesOf(receiveSetsOf(found.state));
  return { f, inputs: worst.inputs, rounds: 1, crashes: [], deliveries };
}

/** Which config shows a found schedule best when `simulate` runs it. */
import type { Algorithm } from '../../agreement/algorithm.ts';
import { isResilient } from '../../agreement/resilience.ts';
import { worstCaseRounds } from '../../agreement/worst-case-rounds.ts';
import type { Counterexample } from './hunt.ts';
import { inWords, show, spreadAfter } from './judge.ts';
import { configText } from './schedule-file.ts';
import type { SavedSchedule } from './schedule-file.ts';
import type { Schedule } from './schedule.ts';
import type { SearchRequest } from './search-request.ts';
import { worstManyRounds } from './worst-case.ts';
import type { LongSchedule } from './worst-case.ts';

/** The bad rounds, and then as many good ones as the run needs. */
export function worstCaseFile(request: SearchRequest, worst: LongSchedule): string {
  const { schedule, sets, spreads, outcome } = worst;
  const after = `${show(spreads.at(-1) ?? NaN)} of ${show(spreads[0] ?? NaN)}`;
  return configText({
    ...common(request, schedule),
    title: [
      `Found by a search: after ${schedule.rounds} rounds the values are still ${after} apart.`,
      'The rounds that follow are left to chance.',
    ],
    // Rule F may end the run in a round whose values are within ε: then it would not show them all.
    stop: spreads.every((spread) => spread > request.config.epsilon) ? 'frozen' : 'rounds',
    rounds: Math.max(schedule.rounds, enoughRounds(request, schedule) ?? request.config.rounds),
    isUnsound: !isLegal(request.algorithm, schedule),
    outcome,
    sets,
  });
}

export function counterexampleFile(request: SearchRequest, found: Counterexample): string {
  const longer = found.violation.property === 'contraction' ? toTheEnd(request, found) : null;
  return longer ?? asFound(request, found);
}

function asFound(request: SearchRequest, found: Counterexample): string {
  const { schedule, violation, outcome, sets } = found;
  const enough = enoughRounds(request, schedule);
  const isNaive = request.master?.name === 'naive';
  // Values that are wrong show best in what nodes output at once; these two need no hurry.
  const isLate = violation.property === 'termination' || isNaive;
  const rounds = isLate
    ? Math.max(schedule.rounds, enough ?? request.config.rounds)
    : schedule.rounds;
  return configText({
    ...common(request, schedule),
    title: [
      `Found by a search: ${inWords(violation)}. ${violation.what}.`,
      ...(isNaive ? ['That is under the naive master. This run has none, and passes.'] : []),
    ],
    stop: 'rounds',
    rounds,
    isUnsound: !isLegal(request.algorithm, schedule) || (enough !== null && rounds < enough),
    outcome,
    sets,
  });
}

/** A round that contracts too little, over and over: outputs that are too far apart. Null: they are not. */
function toTheEnd(request: SearchRequest, found: Counterexample): string | null {
  const { algorithm, config } = request;
  const { inputs, f } = found.schedule;
  const rounds = Math.min(ROUNDS_MAX, enoughRounds(request, found.schedule) ?? config.rounds);
  const size = { n: inputs.length, f };
  const long = worstManyRounds(algorithm, size, rounds, config.seed, [inputs]);
  const world = long?.outcome.world ?? null;
  if (long === null || world === null) return null;
  if (!(spreadAfter(world, rounds) > config.epsilon)) return null;
  return configText({
    ...common(request, long.schedule),
    title: [
      `Found by a search: ${inWords(found.violation)}. ${found.violation.what}.`,
      `So the outputs after ${rounds} rounds are more than ε apart.`,
    ],
    stop: 'rounds',
    rounds,
    isUnsound: !isLegal(algorithm, long.schedule),
    outcome: long.outcome,
    sets: long.sets,
  });
}

const ROUNDS_MAX = 60;

const common = (
  { algorithmName, config: { epsilon } }: SearchRequest,
  schedule: Schedule,
): Pick<SavedSchedule, 'algorithm' | 'epsilon' | 'schedule'> => ({
  algorithm: algorithmName,
  epsilon,
  schedule,
});

/** Worst case plus one for rounding, as a config has it; null: nothing is proven. */
function enoughRounds({ algorithm, config }: SearchRequest, schedule: Schedule): number | null {
  const { inputs, f } = schedule;
  if (!isLegal(algorithm, schedule)) return null;
  const claim = algorithm.contraction(inputs.length, f);
  const worst = claim === null ? null : worstCaseRounds(claim, inputs, config.epsilon);
  return worst === null ? null : worst + 1;
}

const isLegal = (algorithm: Algorithm<unknown>, { inputs, f }: Schedule): boolean =>
  isResilient(algorithm.resilience, inputs.length, f);

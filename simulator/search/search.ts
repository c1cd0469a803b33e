/**
 * An adversary for one config: the worst it can do to the spread, and whether it can break a promise.
 * Everything that is reported has been played on the real participants.
 */
import type { Ratio } from '../../agreement/ratio.ts';
import { isResilient } from '../../agreement/resilience.ts';
import { hunt } from './hunt.ts';
import type { Counterexample, Hunt } from './hunt.ts';
import type { WorstRound } from './one-round.ts';
import { play } from './play.ts';
import { counterexampleFile, worstCaseFile } from './saved-files.ts';
import type { Target } from './schedule.ts';
import type { SearchRequest } from './search-request.ts';
import { worstManyRounds, worstOneRound } from './worst-case.ts';
import type { LongSchedule } from './worst-case.ts';

export interface SearchReport {
  /** Proven of the algorithm, or claimed by it; null: nothing. */
  readonly claim: Ratio | null;
  readonly worstRound: WorstRound | null;
  readonly worstRounds: LongSchedule | null;
  readonly worstFile: string | null;
  readonly counterexample: Counterexample | null;
  readonly counterexampleFile: string | null;
  readonly tried: Omit<Hunt, 'found'>;
}

export function search(request: SearchRequest): SearchReport {
  const { config, algorithm, master, rounds, mayGoOn, onSetting, firstPass } = request;
  const { f, seed, epsilon } = config;
  const size = { n: config.nodes.length, f };
  const isSized = isResilient(algorithm.resilience, size.n, f);
  const worstRounds = worstManyRounds(algorithm, size, rounds, seed);
  const target: Target = { algorithm, epsilon, master, outputRound: null };
  const { found, ...tried } = hunt({
    ...{ target, ...size, rounds, seed, mayGoOn },
    ...(onSetting && { onSetting }),
    ...(firstPass && { firstPass }),
  });
  const counterexample = found ?? apartAtTheEnd(request);
  return {
    claim: isSized ? algorithm.contraction(size.n, f) : null,
    worstRound: worstOneRound(algorithm, size, seed),
    worstRounds,
    worstFile: worstRounds === null ? null : worstCaseFile(request, worstRounds),
    counterexample,
    counterexampleFile:
      counterexample === null ? null : counterexampleFile(request, counterexample),
    tried,
  };
}

/** Under `stop rounds`: are the values of round R within ε whatever happens? Too long to be shrunk. */
function apartAtTheEnd({ config, algorithm, master }: SearchRequest): Counterexample | null {
  const { rounds, seed, f, epsilon, nodes } = config;
  if (config.stop !== 'rounds' || master !== null) return null;
  const found = worstManyRounds(algorithm, { n: nodes.length, f }, rounds, seed);
  if (found === null) return null;
  const inputs = nodes.map(({ input }) => input);
  const [low, high] = [Math.min(...inputs), Math.max(...inputs)];
  const scaled = found.schedule.inputs.map((input) => low + input * (high - low));
  const schedule = { ...found.schedule, inputs: scaled };
  const target: Target = { algorithm, epsilon, master: null, outputRound: rounds };
  const outcome = play(target, schedule, { throughout: true });
  const { violation } = outcome;
  return violation?.property === 'agreement'
    ? { schedule, violation, outcome, sets: found.sets }
    : null;
}

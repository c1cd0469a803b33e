/** How the values converged, round by round, over all values that are known. */
import { algorithmOf } from '../agreement/algorithms.ts';
import type { Algorithm, Round } from '../agreement/algorithm.ts';
import { hullOf, spreadOf } from '../agreement/properties.ts';
import type { NodeValue } from '../agreement/properties.ts';
import { provenContraction } from '../agreement/proven-contraction.ts';
import { toNumber } from '../agreement/ratio.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { ContractionStatistics, RoundStatistics } from '../record/result.ts';
import type { Observation } from './observe.ts';

/** In ascending order of rounds; a round of which nothing is known does not appear. */
export function roundStatistics(observation: Observation): RoundStatistics[] {
  const byRound = valuesByRound(observation);
  const rounds = [...byRound.keys()].sort((one, other) => one - other);
  let before: number | null = null;
  return rounds.map((round) => {
    const values = byRound.get(round) ?? [];
    const hull = hullOf(values);
    const spread = spreadOf(hull);
    const contraction = before === null || before === 0 ? null : spread / before;
    before = spread;
    const low = hull?.low.value ?? 0;
    const high = hull?.high.value ?? 0;
    return { round, known: values.length, low, high, spread, contraction };
  });
}

function valuesByRound({ known }: Observation): Map<Round, NodeValue[]> {
  const byRound = new Map<Round, NodeValue[]>();
  for (const [node, rounds] of known.byNode) {
    for (const [round, { value }] of rounds) {
      const values = byRound.get(round) ?? [];
      values.push({ node, value });
      byRound.set(round, values);
    }
  }
  return byRound;
}

/**
 * Measured over the rounds that all correct nodes have reached: later ones know only the fastest.
 * The mean is geometric, over factors above 0: one exact agreement would make it 0.
 */
export function contractionStatistics(
  { config, own }: Pick<RunRecord, 'config' | 'own'>,
  observation: Observation,
  rounds: readonly RoundStatistics[],
): ContractionStatistics {
  const factors = rounds
    .filter(({ round }) => isWhole(observation, round))
    .map(({ contraction }) => contraction)
    .filter((factor) => factor !== null);
  const positive = factors.filter((factor) => factor > 0);
  const logarithms = positive.reduce((sum, factor) => sum + Math.log(factor), 0);
  return {
    proven: config === null ? null : provenFactor(config, own),
    mean: positive.length === 0 ? null : Math.exp(logarithms / positive.length),
    worst: factors.length === 0 ? null : Math.max(...factors),
  };
}

const isWhole = ({ correct, known }: Observation, round: Round): boolean =>
  correct.every((node) => known.byNode.get(node)?.has(round));

function provenFactor(config: RunConfig, own: Algorithm<unknown> | null): number | null {
  const algorithm = algorithmOf(config, own);
  const proven = algorithm && provenContraction(algorithm, config.nodes.length, config.f);
  return proven === null ? null : toNumber(proven);
}

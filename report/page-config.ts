import { algorithms } from '../agreement/algorithms.ts';
import { toNumber } from '../agreement/ratio.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Result } from '../record/result.ts';
import type { PageConfig } from './page-data.ts';

/** What the page needs to know of a config. */
export function pageConfig(config: RunConfig | null, result: Result | null): PageConfig | null {
  if (config === null) return null;
  const { name, algorithm, nodes, f, epsilon, seed, stop, worstCase, rounds, faults } = config;
  const { delay, order, crash, crashMode } = faults;
  const proven = algorithms.get(algorithm)?.contraction(nodes.length, f) ?? null;
  return {
    name,
    algorithm,
    n: nodes.length,
    f,
    epsilon,
    seed,
    stop,
    worstCase,
    rounds,
    contraction:
      result?.statistics.contraction.proven ?? (proven === null ? null : toNumber(proven)),
    delay,
    order,
    crash,
    crashMode,
  };
}

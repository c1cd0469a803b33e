import { algorithms } from '../agreement/algorithms.ts';
import { toNumber } from '../agreement/ratio.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Result } from '../record/result.ts';
import { linksInWords, processesInWords } from './link-words.ts';
import type { PageConfig } from './page-data.ts';

/** What the page needs to know of a config. A factor of 1 or more (n is too small) proves nothing. */
export function pageConfig(config: RunConfig | null, result: Result | null): PageConfig | null {
  if (config === null) return null;
  const { name, algorithm, nodes, f, epsilon, seed, stop, worstCase, rounds, faults } = config;
  const { delay, order, crash, crashMode } = faults;
  const builtIn = algorithms.get(algorithm)?.contraction(nodes.length, f) ?? null;
  const proven = result?.statistics.contraction.proven ?? (builtIn && toNumber(builtIn));
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
    contraction: proven !== null && proven < 1 ? proven : null,
    delay,
    order,
    crash,
    crashMode,
    faults: [...linksInWords(faults), ...processesInWords(faults)],
  };
}

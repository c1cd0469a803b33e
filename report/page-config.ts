import { algorithms } from '../agreement/algorithms.ts';
import { provenContraction } from '../agreement/proven-contraction.ts';
import { toNumber } from '../agreement/ratio.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Result } from '../record/result.ts';
import { linksInWords, processesInWords } from './link-words.ts';
import type { PageConfig } from './page-data.ts';

/** What the page needs to know of a config. */
export function pageConfig(config: RunConfig | null, result: Result | null): PageConfig | null {
  if (config === null) return null;
  const { name, algorithm, nodes, f, epsilon, seed, stop, worstCase, rounds, faults } = config;
  const { delay, order, crash, crashMode } = faults;
  const builtIn = algorithms.get(algorithm);
  const proven = builtIn === undefined ? null : provenContraction(builtIn, nodes.length, f);
  const contraction = result?.statistics.contraction.proven ?? (proven && toNumber(proven));
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
    contraction,
    delay,
    order,
    crash,
    crashMode,
    faults: [...linksInWords(faults), ...processesInWords(faults)],
  };
}

/** npm run explain: what to expect of a config before it is run. */
import type { Argv } from 'yargs';
import { algorithmOf } from '../../agreement/algorithms.ts';
import { provenContraction } from '../../agreement/proven-contraction.ts';
import { toNumber } from '../../agreement/ratio.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { forecastOf } from '../../report/forecast/forecast.ts';
import type { Rehearsal, Sample } from '../../report/forecast/forecast.ts';
import { renderForecast } from '../../report/forecast/forecast-text.ts';
import { planOf, runSeed } from '../../simulator/run-summary.ts';
import {
  configFlags,
  demandConfig,
  fileArgument,
  jsonOption,
  stringOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { frameBytes } from '../frame-bytes.ts';
import { loadRun } from '../load-run.ts';
import type { LoadedRun } from '../load-run.ts';
import { paintFor } from '../paint.ts';
import { simulateMany } from '../simulate-workers.ts';
import { UsageError } from '../usage-error.ts';

export const explain: Command = {
  name: 'explain',
  positional: 'FILE',
  summary:
    'Says what to expect of a config before it is run: rounds, messages, crashes, delays, and the plan of its seed.',
  examples: [
    ['npm run explain -- configs/5nodes.txt', 'bounds, chances, the plan, and 200 simulated runs'],
    ['npm run explain -- configs/50nodes.txt --sample 0', 'bounds and chances only'],
  ],
  options: explainOptions,
  run: runExplain,
};

function explainOptions(parser: Argv): Argv {
  return demandConfig(withConfigFlags(parser))
    .option('sample', {
      type: 'string',
      describe:
        'how many runs in virtual time to base expectations on; default 200, fewer if n is large',
    })
    .option('json', jsonOption('the forecast'));
}

async function runExplain(parsed: Parsed): Promise<number> {
  const loaded = await loadRun(fileArgument(parsed), configFlags(parsed));
  const { config, own } = loaded;
  const runs = sampleSize(parsed, config);
  const algorithm = algorithmOf(config, own?.algorithm ?? null);
  const proven = algorithm && provenContraction(algorithm, config.nodes.length, config.f);
  const forecast = forecastOf({
    config,
    plan: planOf(config),
    contraction: proven ? toNumber(proven) : null,
    frameBytes: frameBytes(config),
    sample: runs === 0 ? null : await sampleOf(loaded, runs),
    rehearsal: runs === 0 ? null : rehearse(loaded),
  });
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  screen.write(renderForecast(forecast, paintFor(screen)));
  if (isJson) process.stdout.write(`${JSON.stringify(forecast, null, 2)}\n`);
  return 0;
}

const RUNS_DEFAULT = 200;
/** About this many copies of messages may be simulated unasked: a second or two. */
const COPIES_UNASKED = 10_000_000;
const ROUNDS_GUESSED = 8;
const FIRST_SEED = 1;

/** The same on every machine: by the size of the run, not by the clock. */
function sampleSize(parsed: Parsed, { nodes }: RunConfig): number {
  if (parsed['sample'] === undefined) {
    const copies = nodes.length * (nodes.length - 1) * ROUNDS_GUESSED;
    return Math.max(1, Math.min(RUNS_DEFAULT, Math.floor(COPIES_UNASKED / copies)));
  }
  const text = stringOption(parsed, 'sample');
  const runs = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(runs) && runs >= 0) return runs;
  throw new UsageError(`--sample ${text}: expected a whole number of at least 0. See --help.`);
}

/** Other seeds than the config's: they say what is usual, not what this one does. */
async function sampleOf({ config, own }: LoadedRun, count: number): Promise<Sample> {
  const seeds = { first: FIRST_SEED, count };
  const code = own?.code ?? null;
  const many = await simulateMany({ config, code, seeds, onProgress: () => undefined });
  const { decidingRound, largestRound, sent, finishMs } = many.quantiles;
  return {
    firstSeed: FIRST_SEED,
    runs: count,
    verdicts: many.verdicts,
    rounds: config.stop === 'rounds' ? largestRound : decidingRound,
    messages: sent,
    durationMs: finishMs,
  };
}

function rehearse({ config, own }: LoadedRun): Rehearsal {
  const { verdict, run } = runSeed(config, own?.algorithm ?? null, config.seed);
  return {
    verdict,
    round: config.stop === 'rounds' ? config.rounds : run.decided,
    messages: run.sent,
    durationMs: run.finishUs / 1000,
    crashed: run.nodes.filter(({ isCrashed }) => isCrashed).map(({ id }) => id),
  };
}

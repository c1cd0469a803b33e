/** npm run simulate: a config in virtual time, once with a record or many times with a table. */
import { relative } from 'node:path';
import type { Argv } from 'yargs';
import { commandLine } from '../../checker/repeat-command.ts';
import { configDigest } from '../../record/config-digest.ts';
import { flagWords } from '../../configs/flags.ts';
import { SEED_MAX } from '../../faults/draw.ts';
import { loadAlgorithm } from '../../record/load-algorithm.ts';
import { renderSummary } from '../../report/summary.ts';
import { judgeRun } from '../../report/write-result.ts';
import { recordRun } from '../../simulator/record-run.ts';
import { twoCamps } from '../../simulator/two-camps.ts';
import {
  configFlags,
  fileArgument,
  jsonOption,
  stringOption,
  wholeOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { loadRun } from '../load-run.ts';
import { manyRunsDocument, manyRunsText } from '../many-runs-text.ts';
import { tryReport } from '../page-assets.ts';
import { paintFor } from '../paint.ts';
import { prepareRun } from '../prepare-run.ts';
import { createRunsBar } from '../runs-bar.ts';
import { leaveWithNpm } from '../signals.ts';
import { simulateMany } from '../simulate-workers.ts';
import { UsageError } from '../usage-error.ts';
import { headline } from './cluster-command.ts';

export const simulate: Command = {
  name: 'simulate',
  positional: 'FILE',
  summary:
    'Runs a config in one process and virtual time: the same nodes, faults and delays as cluster, and the same bytes every time.',
  examples: [
    ['npm run simulate -- configs/5nodes.txt', 'one run, recorded and judged like any other'],
    ['npm run simulate -- configs/5nodes.txt --runs 1000', 'seeds 1 to 1000 on all cores'],
    ['npm run simulate -- configs/schedules/a1.txt', 'a scripted schedule'],
    ['npm run -s simulate -- --two-camps "9 4" > camps.txt', 'the worst schedule for n = 9, f = 4'],
  ],
  options: simulateOptions,
  run: runSimulate,
};

function simulateOptions(parser: Argv): Argv {
  return withConfigFlags(parser)
    .demandCommand(0, 1)
    .option('runs', {
      type: 'string',
      describe: 'how many runs, with seeds in a row; prints quantiles and keeps no record',
    })
    .option('seed-from', { type: 'string', describe: 'the first of these seeds; default 1' })
    .option('folder', { type: 'string', default: 'runs', describe: 'where run directories go' })
    .option('two-camps', {
      type: 'string',
      describe: 'instead of FILE: prints the config of the worst schedule for "N F"',
    })
    .option('json', jsonOption('the result'));
}

async function runSimulate(parsed: Parsed): Promise<number> {
  const files = Array.isArray(parsed['_']) ? parsed['_'].length : 0;
  if (parsed['two-camps'] !== undefined) {
    if (files > 0) throw new UsageError('Give FILE or --two-camps, not both. See --help.');
    return printTwoCamps(stringOption(parsed, 'two-camps'));
  }
  if (files !== 1) {
    throw new UsageError('Which config? Give one FILE, e.g. configs/5nodes.txt. See --help.');
  }
  if (parsed['runs'] !== undefined) return simulateSeeds(parsed);
  if (parsed['seed-from'] !== undefined) {
    throw new UsageError('--seed-from goes with --runs; for one run say --seed N. See --help.');
  }
  return simulateOnce(parsed);
}

function printTwoCamps(words: string): number {
  const [n = NaN, f = NaN, ...rest] = words.trim().split(/\s+/).map(Number);
  const isLegal = Number.isInteger(n) && Number.isInteger(f) && f >= 1 && n > 2 * f;
  if (!isLegal || rest.length > 0 || n > NODES_MAX) {
    throw new UsageError(
      `--two-camps "${words}": expected "N F" with F at least 1 and N above 2F, at most ${NODES_MAX}, for example --two-camps "9 4".`,
    );
  }
  process.stdout.write(twoCamps(n, f));
  return 0;
}

const NODES_MAX = 10_000;

/** Of each some numbers are kept. */
const RUNS_MAX = 10_000_000;

/** Standard output has no wall time: where the record went, which has one in its name, is for people. */
async function simulateOnce(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const prepared = await prepareRun({
    file: fileArgument(parsed),
    flags: configFlags(parsed),
    root: stringOption(parsed, 'folder'),
    command: 'simulate',
  });
  const { directory, config, digest } = prepared;
  screen.write(headline(prepared));
  recordRun({ directory, config, digest, algorithm: await loadAlgorithm(directory, config) });
  const run = await judgeRun(directory);
  const { result } = run;
  screen.write(`\n${renderSummary(result, paintFor(screen))}`);
  process.stderr.write(`record  ${relative(process.cwd(), directory) || '.'}\n`);
  process.stderr.write(`report  ${tryReport(run)}\n`);
  if (isJson) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return result.exitCode;
}

async function simulateSeeds(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const file = fileArgument(parsed);
  const { seed, ...flags } = configFlags(parsed);
  if (seed !== undefined) {
    throw new UsageError('--seed is for one run; with --runs say --seed-from N. See --help.');
  }
  const first = wholeOption({ 'seed-from': '1', ...parsed }, 'seed-from', 0, SEED_MAX);
  const seeds = {
    first,
    count: wholeOption(parsed, 'runs', 1, Math.min(RUNS_MAX, SEED_MAX - first + 1)),
  };
  const { config, own } = await loadRun(file, { ...flags, seed: `${first}` });
  leaveWithNpm();
  const bar = createRunsBar(seeds.count, process.stderr);
  const code = own?.code ?? null;
  const runs = await simulateMany({ config, code, seeds, onProgress: bar.show }).finally(bar.close);
  bar.sayHowFast(runs.delivered);
  const document = manyRunsDocument(config, configDigest(config), runs, (each) =>
    commandLine('simulate', [file, '--seed', `${each}`, ...flagWords(flags)]),
  );
  const screen = isJson ? process.stderr : process.stdout;
  screen.write(manyRunsText(document, paintFor(screen)));
  if (isJson) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return document.exitCode;
}

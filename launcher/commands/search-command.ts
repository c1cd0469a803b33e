/** npm run search: an adversary that looks for the worst schedule, and for one that breaks a promise. */
import { writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Argv } from 'yargs';
import { makeFolder } from '../../record/make-folder.ts';
import { algorithms } from '../../agreement/algorithms.ts';
import { readConfigFile } from '../../configs/load.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import type { Flags } from '../../configs/flags.ts';
import { ownAlgorithmIn } from '../../configs/own-algorithm.ts';
import { frozen, masterRules } from '../../simulator/search/master-rules.ts';
import type { MasterRule } from '../../simulator/search/master-rules.ts';
import { progressText, searchDocument, searchText } from '../../simulator/search/report-text.ts';
import type { SavedPaths } from '../../simulator/search/report-text.ts';
import { search as searchConfig } from '../../simulator/search/search.ts';
import type { SearchReport } from '../../simulator/search/search.ts';
import { worstCaseTable } from '../../simulator/search/table.ts';
import { EXIT } from '../../runtime/exit-codes.ts';
import { exitNow } from '../../runtime/lifecycle.ts';
import {
  configFlags,
  fileArgument,
  jsonOption,
  numberOption,
  stringOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { loadRun } from '../load-run.ts';
import { isNpmGone } from '../signals.ts';
import { UsageError } from '../usage-error.ts';

export const search: Command = {
  name: 'search',
  positional: 'FILE',
  summary:
    'Looks for the schedule with the largest spread, and for one that violates a promise; saves both as configs for simulate. Exits with 1 when something is violated.',
  examples: [
    ['npm run search -- configs/5nodes.txt', 'the worst three rounds, then 10 s of attacks'],
    ['npm run search -- my-config.txt --budget 60', 'your own algorithm, for longer'],
    ['npm run search -- configs/3nodes.txt --master naive', 'why the stopping rule is what it is'],
    ['npm run -s search -- --table 6', 'the table of docs/worst-case.md'],
  ],
  options: searchOptions,
  run: runSearch,
};

/** Rounds to look ahead, unless the config has fewer or --rounds says otherwise. */
const ROUNDS = 3;
const TABLE_NODES_MAX = 12;

function searchOptions(parser: Argv): Argv {
  return withConfigFlags(parser)
    .demandCommand(0, 1)
    .option('rounds', {
      describe: `rounds to look ahead, without it at most ${ROUNDS}; also the config's rounds`,
    })
    .option('master', {
      describe: 'frozen: the rule of every run; naive: a tempting one that is wrong',
    })
    .option('budget', { type: 'string', default: '10', describe: 'seconds to look for violations' })
    .option('folder', {
      type: 'string',
      default: join('runs', 'search'),
      describe: 'where found schedules go',
    })
    .option('table', {
      type: 'string',
      describe: 'instead of FILE: the worst contractions for all n up to this, in Markdown',
    })
    .option('json', jsonOption('the result'));
}

async function runSearch(parsed: Parsed): Promise<number> {
  if (parsed['table'] !== undefined) return printTable(parsed);
  const file = fileArgument(parsed);
  if (file === '') {
    throw new UsageError('Which config? Give one FILE, e.g. configs/5nodes.txt. See --help.');
  }
  const isJson = parsed['json'] === true;
  const screen = isJson ? process.stderr : process.stdout;
  const { master: rule, ...flags } = configFlags(parsed);
  const { config, own } = await loadRun(file, flags);
  const algorithm = own?.algorithm ?? algorithms.get(config.algorithm);
  if (algorithm === undefined) throw new UsageError(`no algorithm ${config.algorithm}`);
  const master = masterOf(rule, config.stop);
  const rounds = flags['rounds'] === undefined ? Math.min(ROUNDS, config.rounds) : config.rounds;
  const budgetSeconds = numberOption(parsed, 'budget', 0);
  const folder = stringOption(parsed, 'folder');
  const { name, f, nodes, seed } = config;
  screen.write(
    `${name}: ${config.algorithm}, ${nodes.length} nodes, f = ${f}, master ${master?.name ?? 'none'}, seed ${seed}\n`,
  );
  const ignored = faultsLeftOut(config);
  if (ignored.length > 0) {
    screen.write(`the adversary picks order and crashes itself; left out: ${ignored.join(', ')}\n`);
  }
  const report = searchConfig({
    config,
    algorithm,
    algorithmName: nameFrom(folder, file, flags, config.algorithm),
    master,
    rounds,
    mayGoOn: createClock(budgetSeconds * 1000),
    onSetting: createProgress(),
  });
  const paths = save(report, folder, fileName(name, config.algorithm));
  const summary = { config, master: master?.name ?? 'none', rounds, budgetSeconds, report, paths };
  screen.write(searchText(summary));
  if (isJson) process.stdout.write(`${JSON.stringify(searchDocument(summary), null, 2)}\n`);
  return report.counterexample === null ? 0 : 1;
}

/** Lines of the config that a search has no time for: it has none. */
function faultsLeftOut({ faults }: RunConfig): string[] {
  const { timedHolds, partitions, slow, loss, duplicate, clog, kills, pauses } = faults;
  const lines = { 'hold by time': timedHolds, partition: partitions, slow, loss, duplicate, clog };
  return Object.entries({ ...lines, kill: kills, pause: pauses })
    .filter(([, asked]) => asked !== undefined)
    .map(([name]) => name);
}

function printTable(parsed: Parsed): number {
  const nMax = numberOption(parsed, 'table', 3);
  if (nMax > TABLE_NODES_MAX) {
    throw new UsageError(`--table ${nMax}: expected at most ${TABLE_NODES_MAX}. See --help.`);
  }
  process.stdout.write(`${worstCaseTable(Math.floor(nMax))}\n`);
  return 0;
}

/** Without a word the config's own way to stop. */
function masterOf(given: Flags[string] | undefined, stop: 'frozen' | 'rounds'): MasterRule | null {
  if (given === undefined) return stop === 'frozen' ? frozen : null;
  const rule = masterRules.get([given].flat().join(' '));
  if (rule !== undefined) return rule;
  const known = [...masterRules.keys()].join(' or ');
  throw new UsageError(`--master ${[given].flat().join(' ')}: expected ${known}. See --help.`);
}

/** A path in a config is relative to the config, and the saved ones lie elsewhere. */
function nameFrom(folder: string, file: string, flags: Flags, algorithm: string): string {
  const named = ownAlgorithmIn(file, readConfigFile(file), flags);
  if (named === null) return algorithm;
  const path = named.from === 'config' ? resolve(dirname(file), named.path) : resolve(named.path);
  const found = relative(folder, path).split(sep).join('/');
  return found.startsWith('.') ? found : `./${found}`;
}

/** "5nodes-mean"; where a config is named for its algorithm, that name once. */
function fileName(name: string, algorithm: string): string {
  const base = (algorithm.split(/[/\\]/).at(-1) ?? '').replace(/\.[^.]*$/, '');
  const safe = base.replace(/[^\p{L}\p{N}_-]+/gu, '-');
  return name.includes(safe) ? name : `${name}-${safe}`;
}

function save(report: SearchReport, folder: string, name: string): SavedPaths {
  makeFolder(folder);
  const write = (text: string | null, what: string): string | null => {
    if (text === null) return null;
    const path = join(folder, `${name}-${what}.txt`);
    writeFileSync(path, text);
    return path;
  };
  return {
    worst: write(report.worstFile, 'worst'),
    counterexample: write(report.counterexampleFile, 'counterexample'),
  };
}

/** From the first time that it is asked. */
function createClock(budgetMs: number): () => boolean {
  let startedMs: number | null = null;
  return () => {
    startedMs ??= performance.now();
    // No timer runs meanwhile.
    if (isNpmGone()) exitNow(EXIT.terminated);
    return performance.now() - startedMs < budgetMs;
  };
}

const PROGRESS_MS = 1000;

/** A line a second at most, on standard error. */
function createProgress(): NonNullable<Parameters<typeof searchConfig>[0]['onSetting']> {
  let lastMs = performance.now();
  return (setting, { states, walks }) => {
    if (performance.now() - lastMs < PROGRESS_MS) return;
    lastMs = performance.now();
    process.stderr.write(`${progressText(setting, states, walks)}\n`);
  };
}

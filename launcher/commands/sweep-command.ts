/** npm run sweep: many runs that answer a question. */
import { relative } from 'node:path';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { counted } from '../../checker/in-words.ts';
import { csvOf } from '../../report/csv.ts';
import type { SweepResult } from '../../report/sweep-data.ts';
import { EXIT } from '../../runtime/exit-codes.ts';
import { INPUT_FORMS } from '../../sweeps/inputs.ts';
import { parsePart } from '../../sweeps/parts.ts';
import type { Part } from '../../sweeps/parts.ts';
import { rowTable } from '../../sweeps/row.ts';
import { namesOf } from '../../sweeps/sweep.ts';
import { sweepText } from '../../sweeps/sweep-text.ts';
import {
  fileArgument,
  jsonOption,
  numberOption,
  stringOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { insecureOption } from '../exposure.ts';
import { paintFor } from '../paint.ts';
import { watchForInterruption } from '../signals.ts';
import { refuseExposedCells } from '../sweep/sweep-cluster.ts';
import { repeatOption, sweepRequest } from '../sweep/sweep-request.ts';
import { runSweep } from '../sweep/sweep-run.ts';
import type { SweepEnd, SweepOptions } from '../sweep/sweep-run.ts';
import { requestOf, startSweep } from '../sweep/sweep-start.ts';
import type { StartedSweep } from '../sweep/sweep-start.ts';
import { UsageError } from '../usage-error.ts';

export const sweep: Command = {
  name: 'sweep',
  positional: 'FILE',
  summary:
    'Runs a config many times while something varies: every combination of values, with the same seeds, so that all meet the same faults. FILE is a config, or a sweep in YAML or JSON.',
  examples: [
    [
      'npm run sweep -- configs/5nodes.txt --vary n=3..12 --vary f=1..max --vary algorithm=mean,midpoint,select',
      'three algorithms under the same faults, in virtual time',
    ],
    ['npm run sweep -- configs/5nodes.txt --vary n=3,5,10 --engine cluster', 'on OS processes'],
    ['npm run sweep -- configs/5nodes.txt --vary "delay=0 20,0 200"', 'values with spaces: quote'],
    ['npm run sweep -- configs/sweeps/three-rules.yaml', 'a sweep in a file'],
    ['npm run sweep -- --resume runs/sweeps/latest', 'go on where it stopped'],
    ['npm run -s sweep -- configs/5nodes.txt --vary f=0..2 --csv - | head', 'a row per run'],
  ],
  flags: ['vary', 'repeat', 'inputs', 'seed-from', 'compare', 'resume', 'csv'],
  options: sweepOptions,
  run: sweepCommand,
};

const text = { type: 'string', nargs: 1 } as const;

function sweepOptions(parser: Argv): Argv {
  return insecureOption(placeOptions(sweepQuestion(withConfigFlags(parser)).demandCommand(0, 1)))
    .option('wait', {
      ...text,
      default: '20',
      describe: 'cluster: seconds until all processes must have joined and connected',
    })
    .option('csv', { ...text, describe: 'a copy of the rows of all runs; -: standard output' })
    .option('json', jsonOption('the result'));
}

/** What is asked, whoever makes the runs. */
export const sweepQuestion = (parser: Argv): Argv =>
  parser
    .option('vary', {
      ...text,
      array: true,
      describe:
        'NAME=VALUES, any number of times: a config keyword or inputs; values by commas, intervals as 3..20 or 10..50..20; of f also max and 1..max',
    })
    .option('repeat', { ...text, describe: 'runs per cell; default 30' })
    .option('engine', { ...text, describe: 'simulate (default) or cluster' })
    .option('inputs', { ...text, describe: `inputs of all cells: ${INPUT_FORMS}` })
    .option('seed-from', { ...text, describe: 'the seed of the first repetition; default 1' })
    .option('compare', {
      ...text,
      describe: 'whose values are compared run by run; default: algorithm, inputs, or the first',
    })
    .option('resume', { ...text, describe: 'instead of FILE: go on with the sweep in DIR' })
    .option('keep', {
      ...text,
      describe: 'run directories of OS processes to keep: doubtful (no pass; default), all, none',
    });

const placeOptions = (parser: Argv): Argv =>
  parser
    .option('out', { ...text, describe: 'the directory of the results; if it has them, goes on' })
    .option('folder', { ...text, default: 'runs/sweeps', describe: 'where new directories go' })
    .option('part', {
      ...text,
      describe:
        'with --resume: make only part I/N of the runs, e.g. 3/8, in a directory of its own',
    })
    .option('gather', {
      type: 'boolean',
      default: false,
      describe: 'with --resume: make no runs, only take in what the parts have made',
    });

async function sweepCommand(parsed: Parsed): Promise<number> {
  const isJson = parsed['json'] === true;
  const csv = parsed['csv'] === undefined ? null : stringOption(parsed, 'csv');
  if (isJson && csv === '-') {
    throw new UsageError('--json and --csv - both want standard output. Choose one. See --help.');
  }
  if (csv !== null && csv !== '-') orSayWhere(() => closeSync(openSync(csv, 'a')));
  const waitMs = numberOption(parsed, 'wait', 0.001) * 1000;
  const interruption = watchForInterruption();
  const screen = isJson || csv === '-' ? process.stderr : process.stdout;
  const share = shareOf(parsed);
  const started = await sweepAsked(parsed);
  refuseExposedCells(started.prepared, parsed);
  screen.write(headline(started));
  const { interrupted } = interruption;
  const end = await runSweep(started, { waitMs, interrupted, share });
  screen.write(sweepText(end.result, paintFor(screen)));
  screen.write(placeLines(started, end, share));
  if (csv !== null) writeCsv(started, end, csv);
  if (isJson) process.stdout.write(`${JSON.stringify(end.result, null, 2)}\n`);
  return exitCode(end.result, interruption.exitCode());
}

/** Which of the runs are made here. */
function shareOf(parsed: Parsed): SweepOptions['share'] {
  const isGathering = parsed['gather'] === true;
  const part = parsed['part'] === undefined ? null : stringOption(parsed, 'part');
  if ((isGathering || part !== null) && parsed['resume'] === undefined) {
    throw new UsageError('--part and --gather go with --resume DIR: the sweep has to be there.');
  }
  if (isGathering && part !== null) {
    throw new UsageError('--part makes runs and --gather makes none. Choose one. See --help.');
  }
  if (part !== null && parsed['repeat'] !== undefined) {
    const repeat = stringOption(parsed, 'repeat');
    const whole = `npm run sweep -- --resume ${stringOption(parsed, 'resume')} --repeat ${repeat} --gather`;
    throw new UsageError(
      `--repeat ${repeat} cannot be given with --part: the sweep would not count the runs of the part. Raise it for the whole sweep first: ${whole}`,
    );
  }
  if (isGathering) return 'none';
  return part === null ? 'all' : parsePart(part);
}

/** The sweep that a command line asks for; `words`: what repeats it. Throws UsageError, ConfigError and SweepError. */
export async function sweepAsked(
  parsed: Parsed,
  words = process.argv.slice(3),
): Promise<StartedSweep> {
  const folder = stringOption(parsed, 'folder');
  const file = fileArgument(parsed);
  const isNamed = Array.isArray(parsed['_']) && parsed['_'].length > 0;
  if (parsed['resume'] === undefined) {
    if (!isNamed) {
      throw new UsageError(
        'Which config or sweep? Give one FILE, e.g. configs/5nodes.txt. See --help.',
      );
    }
    const out = parsed['out'] === undefined ? null : stringOption(parsed, 'out');
    return startSweep(sweepRequest(parsed, file, words), { out, folder });
  }
  const directory = stringOption(parsed, 'resume');
  const others = ['vary', 'inputs', 'seed-from', 'compare', 'engine', 'keep', 'out'];
  const given = others.filter((name) => parsed[name] !== undefined);
  if (isNamed || given.length > 0) {
    const what = isNamed ? file : `--${given.join(', --')}`;
    throw new UsageError(
      `--resume goes on with the sweep as it is, so ${what} cannot be given with it; only --repeat can be raised.`,
    );
  }
  const repeat = parsed['repeat'] === undefined ? null : repeatOption(parsed);
  return startSweep(requestOf(directory, repeat), { out: directory, folder });
}

function headline({ prepared }: StartedSweep): string {
  const { source, cells, tasks } = prepared;
  const { name, engine, repeat, seedFrom } = source.sweep;
  const skipped = cells.filter((cell) => cell.skipped !== null).length;
  const run = `${counted(cells.length - skipped, 'cell')} × ${counted(repeat, 'repetition')} = ${counted(tasks.length, 'run')}`;
  const left = skipped === 0 ? '' : `, ${counted(skipped, 'cell')} skipped`;
  const varied = namesOf(source.sweep).join(', ') || 'nothing';
  return `${name}: ${varied} varied, ${run}${left}, seeds ${seedFrom} to ${seedFrom + repeat - 1}, ${engine}\n`;
}

function placeLines(started: StartedSweep, end: SweepEnd, share: SweepOptions['share']): string {
  const here = relative(process.cwd(), end.directory) || '.';
  const next = typeof share === 'object' ? afterPart(started, end, share) : afterAll(started, end);
  const lines = [`results ${here}`, `report  ${end.report}`, ...(next === null ? [] : ['', next])];
  return `${lines.join('\n')}\n`;
}

function afterAll({ prepared }: StartedSweep, { result, goOn }: SweepEnd): string | null {
  if (result.missing === 0) return null;
  const done = prepared.tasks.length - result.missing;
  return `${done} of ${prepared.tasks.length} runs are done. To go on: ${goOn}`;
}

function afterPart({ directory }: StartedSweep, { left, goOn }: SweepEnd, part: Part): string {
  const name = `Part ${part.index}/${part.of}`;
  if (left > 0) return `${name} has ${counted(left, 'run')} still to make. To go on: ${goOn}`;
  const whole = relative(process.cwd(), directory) || '.';
  return `${name} is done. When all parts are: npm run sweep -- --resume ${whole} --gather`;
}

function writeCsv({ prepared }: StartedSweep, { rows }: SweepEnd, path: string): void {
  const table = csvOf(rowTable(rows, prepared.byId, namesOf(prepared.source.sweep)));
  if (path === '-') {
    process.stdout.write(table);
    return;
  }
  orSayWhere(() => writeFileSync(path, table));
}

/** Tried before the first run: nobody should hear it after the last one. */
function orSayWhere(write: () => void): void {
  try {
    write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot write there: ${why}. Choose another place with --csv.`);
  }
}

/** A violation outranks an interruption, as in one run. */
const exitCode = (result: SweepResult, interrupted: number | null): number =>
  result.exitCode === EXIT.violated ? result.exitCode : (interrupted ?? result.exitCode);

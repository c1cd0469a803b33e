/** npm run slurm: job scripts, for a run over hosts or for a sweep as a job array. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Argv } from 'yargs';
import { makeFolder } from '../../record/make-folder.ts';
import { flagWords } from '../../configs/flags.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import { writeSweep } from '../../sweeps/results-directory.ts';
import {
  configFlags,
  fileArgument,
  minutesOption,
  stringOption,
  wholeOption,
  withConfigFlags,
} from '../command.ts';
import type { Command, Parsed } from '../command.ts';
import { command } from '../engines/shell.ts';
import { gatherScript, runScript, sweepScript } from '../engines/slurm-script.ts';
import type { SlurmJob } from '../engines/slurm-script.ts';
import { loadRun } from '../load-run.ts';
import { isSweepFile } from '../sweep/sweep-request.ts';
import { UsageError } from '../usage-error.ts';
import { sweepAsked, sweepQuestion } from './sweep-command.ts';

export const slurm: Command = {
  name: 'slurm',
  positional: 'FILE',
  summary:
    'Writes job scripts for Slurm: of a config, one run over several hosts; of a sweep (a sweep file, --vary or --resume), a job array whose tasks each make a part of the runs. --submit hands them to sbatch.',
  examples: [
    ['npm run slurm -- configs/50nodes.txt --hosts 3', 'one run over three hosts'],
    ['npm run slurm -- configs/50nodes.txt --hosts 3 --submit', 'and off it goes'],
    [
      'npm run slurm -- configs/sweeps/three-rules.yaml --tasks 20 --submit',
      'a sweep on 20 tasks of one host each',
    ],
    ['npm run slurm -- --resume runs/sweeps/latest --tasks 20 --submit', 'what is missing of it'],
  ],
  options: slurmOptions,
  run: runSlurm,
};

const text = { type: 'string', nargs: 1 } as const;
const flag = { type: 'boolean', default: false } as const;

function slurmOptions(parser: Argv): Argv {
  return sweepQuestion(withConfigFlags(parser))
    .demandCommand(0, 1)
    .option('hosts', { ...text, describe: 'a run: how many hosts to spread it over; default 2' })
    .option('tasks', { ...text, describe: 'a sweep: how many tasks share its runs; default 8' })
    .option('minutes', { ...text, default: '30', describe: 'when Slurm ends a job' })
    .option('sbatch', {
      ...text,
      array: true,
      describe: 'a further option of sbatch, any number of times, e.g. --sbatch=--partition=short',
    })
    .option('private-disks', {
      ...flag,
      describe: 'a run: hosts see no common disk but the project; keys are copied to each',
    })
    .option('insecure', { ...flag, describe: 'a run without TLS: anybody on these hosts can join' })
    .option('folder', { ...text, default: 'runs', describe: 'where scripts and results go' })
    .option('submit', { ...flag, describe: 'hand the scripts to sbatch' })
    .option('json', { ...flag, describe: 'one JSON document on standard output' });
}

/** A script, and whether it waits for the one before it. */
interface Written {
  readonly path: string;
  readonly waits: boolean;
}

async function runSlurm(parsed: Parsed): Promise<number> {
  const isSweep =
    parsed['resume'] !== undefined ||
    parsed['vary'] !== undefined ||
    isSweepFile(fileArgument(parsed));
  const other = isSweep ? 'hosts' : 'tasks';
  if (parsed[other] !== undefined) {
    throw new UsageError(
      `--${other} is for a ${isSweep ? 'run; a sweep has --tasks' : 'sweep; a run has --hosts'}. See --help.`,
    );
  }
  if (!isSweep && fileArgument(parsed) === '') {
    throw new UsageError('Which config or sweep? Give one FILE, e.g. configs/50nodes.txt.');
  }
  const { results, scripts } = await (isSweep ? writeSweepScripts(parsed) : writeRunScript(parsed));
  const jobs = parsed['submit'] === true ? await submit(scripts) : [];
  const screen = parsed['json'] === true ? process.stderr : process.stdout;
  scripts.forEach(({ path }, index) => {
    screen.write(`script  ${path}${jobs[index] === undefined ? '' : `, job ${jobs[index]}`}\n`);
  });
  screen.write(`results ${results}\n`);
  if (jobs.length === 0) screen.write(`Submit with --submit, or: ${submissionOf(scripts)}\n`);
  if (parsed['json'] === true) {
    const paths = scripts.map(({ path }) => path);
    const document = { version: 1, scripts: paths, jobs, results };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  return 0;
}

interface Scripts {
  readonly results: string;
  readonly scripts: readonly Written[];
}

async function writeRunScript(parsed: Parsed): Promise<Scripts> {
  const file = resolve(fileArgument(parsed));
  const flags = configFlags(parsed);
  const { config } = await loadRun(file, flags, {});
  const folder = resolve(stringOption(parsed, 'folder'), 'slurm');
  const results = join(folder, config.name);
  const isSecure = parsed['insecure'] !== true;
  const [n, hosts] = [config.nodes.length, wholeOption({ hosts: '2', ...parsed }, 'hosts', 1)];
  if (hosts > n + 1) {
    throw new UsageError(`--hosts ${hosts}: the run has ${n + 1} processes. Give at most as many.`);
  }
  const hasPrivateDisks = parsed['private-disks'] === true;
  // Slurm makes no folders: on hosts of their own only this one is there for certain.
  const output = hasPrivateDisks ? `/tmp/within-${config.name}-%j.out` : `${results}-%j.out`;
  const job = jobOf(parsed, config.name, output);
  const script = runScript({
    ...job,
    ...{ results, file, isSecure, flags: flagWords(flags), n, hosts },
    hasPrivateDisks,
  });
  return {
    results: `${results}-JOB/latest`,
    scripts: [{ path: write(`${results}.sbatch`, script), waits: false }],
  };
}

async function writeSweepScripts(parsed: Parsed): Promise<Scripts> {
  const folder = join(stringOption(parsed, 'folder'), 'sweeps');
  const started = await sweepAsked({ ...parsed, folder }, sweepWords(process.argv.slice(3)));
  const { directory, prepared, configText } = started;
  const { sweep } = prepared.source;
  writeSweep(directory, sweep, configText);
  const job = jobOf(parsed, sweep.name, join(directory, 'slurm-%A_%a.out'));
  const tasks = Math.min(wholeOption({ tasks: '8', ...parsed }, 'tasks', 1), prepared.tasks.length);
  const asked = { ...job, directory, tasks };
  const last = { ...asked, output: join(directory, 'slurm-gather-%j.out') };
  return {
    results: directory,
    scripts: [
      { path: write(join(directory, 'array.sbatch'), sweepScript(asked)), waits: false },
      { path: write(join(directory, 'gather.sbatch'), gatherScript(last)), waits: true },
    ],
  };
}

/** Of a command line, without what only Slurm's scripts are about: this repeats the sweep. */
function sweepWords(words: readonly string[]): string[] {
  const isOurs = (word = '', names: string): boolean => new RegExp(`^--(${names})(=|$)`).test(word);
  return words.filter(
    (word, index) =>
      !isOurs(word, `submit|json|${WITH_VALUE}`) &&
      !(isOurs(words[index - 1], WITH_VALUE) && !words[index - 1]?.includes('=')),
  );
}

const WITH_VALUE = 'hosts|tasks|minutes|sbatch|folder';

function jobOf(parsed: Parsed, name: string, output: string): SlurmJob {
  const options = Array.isArray(parsed['sbatch']) ? parsed['sbatch'].map(String) : [];
  const strange = options.find((option) => !/^-[\x20-\x7e]+$/.test(option));
  if (strange !== undefined) {
    throw new UsageError(
      `--sbatch ${JSON.stringify(strange)}: expected one option of sbatch in one line, e.g. --sbatch=--partition=short.`,
    );
  }
  return {
    ...{ name, output, options },
    project: process.cwd(),
    minutes: minutesOption(parsed),
    madeBy: `npm run slurm -- ${command(process.argv.slice(3))}`,
  };
}

function write(path: string, script: string): string {
  makeFolder(dirname(path));
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

const submissionOf = (scripts: readonly Written[]): string =>
  scripts
    .map(({ path, waits }) => command(['sbatch', ...(waits ? [dependency('JOB')] : []), path]))
    .join(', then ');

/** The one before has ended, whatever became of it. */
const dependency = (job: string): string => `--dependency=afterany:${job}`;

/** Resolves to the jobs' numbers. */
async function submit(scripts: readonly Written[]): Promise<string[]> {
  const jobs: string[] = [];
  for (const { path, waits } of scripts) {
    const before = jobs.at(-1);
    const words = waits && before !== undefined ? [dependency(before)] : [];
    try {
      const { stdout } = await promisify(execFile)('sbatch', ['--parsable', ...words, path]);
      jobs.push(stdout.trim().split(';')[0] ?? '');
    } catch (error) {
      const why = error instanceof Error ? error.message.trim() : String(error);
      throw new OperatingError(
        'run-failed',
        `sbatch did not take ${path}: ${why}. Is this a host from which jobs are submitted? The script is written; submit it there.`,
      );
    }
  }
  return jobs;
}

/**
 * Job scripts for sbatch. Slurm places and watches the processes; the script makes keys, starts the
 * ranks, judges the record that has come home, and cleans up.
 */
import { command, quoted } from './shell.ts';

export interface SlurmJob {
  readonly name: string;
  /** Folder of the project, where `npm run` works; the same path on every host. */
  readonly project: string;
  /** Minutes after which Slurm ends the job. */
  readonly minutes: number;
  /** Further options of sbatch, for example --partition=short. */
  readonly options: readonly string[];
  /** Where the script's own output goes. */
  readonly output: string;
  /** The command that made the script. */
  readonly madeBy: string;
}

export interface SlurmRun extends SlurmJob {
  readonly hosts: number;
  /** Nodes of the config; with the master one rank more. */
  readonly n: number;
  /** Absolute path of the config. */
  readonly file: string;
  /** Config flags, as words. */
  readonly flags: readonly string[];
  /** Folder of the results; the job's number is added. */
  readonly results: string;
  /** TLS with keys that the job makes. */
  readonly isSecure: boolean;
  /** The hosts see no common disk: keys are copied to each, and records come home over the wire. */
  readonly hasPrivateDisks: boolean;
}

/** How long ranks wait for each other, in seconds: Slurm starts them together. */
const WAIT_S = 120;

const header = (job: SlurmJob, lines: readonly string[]): string[] => [
  '#!/usr/bin/env bash',
  `#SBATCH --job-name=${quoted(`within-${job.name.replaceAll(/\s+/g, '_')}`)}`,
  ...lines.map((line) => `#SBATCH ${line}`),
  `#SBATCH --time=${job.minutes}`,
  `#SBATCH --output=${quoted(job.output)}`,
  '#SBATCH --no-requeue',
  ...job.options.map((option) => `#SBATCH ${quoted(option)}`),
  '#',
  `# Made by: ${job.madeBy.replaceAll(/[\r\n]+/g, ' ')}`,
  'set -uo pipefail',
  `cd ${quoted(job.project)} || exit 255`,
];

/** Where hosts have no disk in common, each gets the keys into a folder of its own. */
const shareKeys = (hasPrivateDisks: boolean): string[] =>
  hasPrivateDisks
    ? [
        'local_keys=${TMPDIR:-/tmp}/within-keys-$SLURM_JOB_ID',
        'each_host() { srun --overlap --ntasks="$SLURM_NNODES" --ntasks-per-node=1 "$@"; }',
        'each_host mkdir -m 700 "$local_keys" || exit 255',
        `trap 'rm -rf "$results/keys"; each_host rm -rf "$local_keys"' EXIT`,
        'for file in "$keys"/*.pem; do sbcast "$file" "$local_keys/${file##*/}" || exit 255; done',
        'keys=$local_keys',
      ]
    : [];

const makeKeys = ({ file, flags, hasPrivateDisks, name }: SlurmRun): string[] => [
  '# Keys of this run alone: who has them can take part in it. They go when the job ends.',
  `trap 'rm -rf "$results/keys"' EXIT`,
  `node launcher/start.cjs keys ${command([file, ...flags])} --folder "$results/keys" --days 2 || exit 255`,
  `keys=$results/keys/${quoted(name)}`,
  ...shareKeys(hasPrivateDisks),
];

/** One run over several hosts. */
export function runScript(run: SlurmRun): string {
  const { n, hosts, file, flags, isSecure } = run;
  const words = command([file, ...flags]);
  const trust = isSecure ? '--keys "$keys"' : '--insecure';
  return text([
    ...header(run, [`--nodes=${hosts}`, `--ntasks=${n + 1}`, '--overcommit']),
    `results=${quoted(run.results)}-$SLURM_JOB_ID`,
    'mkdir -p "$results" || exit 255',
    ...(isSecure
      ? makeKeys(run)
      : ['node launcher/start.cjs join --help > /dev/null || exit 255  # bundles, once for all']),
    '',
    '# A rank that ends, or is killed, is a crash of the algorithm and no reason to end the others.',
    'srun --kill-on-bad-exit=0 --wait=0 --overcommit \\',
    `  node launcher/start.cjs join ${words} ${trust} --wait ${WAIT_S} --folder "$results"`,
    'code=$?',
    '',
    '# The verdict, once more and from the record alone.',
    'if [ -e "$results/latest/result.json" ]; then',
    '  node launcher/start.cjs check "$results/latest"',
    '  code=$?',
    'fi',
    'exit $code',
  ]);
}

export interface SlurmSweep extends SlurmJob {
  /** Tasks of the job array. */
  readonly tasks: number;
  /** Directory of the sweep, already made. */
  readonly directory: string;
}

/** A sweep as a job array: each task is an ordinary sweep, of a part of the runs, on one host. */
export const sweepScript = (sweep: SlurmSweep): string =>
  text([
    ...header(sweep, ['--nodes=1', '--ntasks=1', `--array=1-${sweep.tasks}`]),
    '',
    '# What is done already is not done again: submit it once more to go on.',
    `exec node launcher/start.cjs sweep --resume ${quoted(sweep.directory)} --part "$SLURM_ARRAY_TASK_ID/${sweep.tasks}"`,
  ]);

/** When the array has ended, whatever became of its tasks. */
export const gatherScript = (sweep: SlurmSweep): string =>
  text([
    ...header({ ...sweep, name: `${sweep.name}-gather` }, ['--nodes=1', '--ntasks=1']),
    '',
    `exec node launcher/start.cjs sweep --resume ${quoted(sweep.directory)} --gather`,
  ]);

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** From a config file to a run directory that says everything about the run to come. */
import { randomUUID } from 'node:crypto';
import type { RunConfig } from '../configs/run-config.ts';
import { configDigest } from '../record/config-digest.ts';
import type { LoadOptions } from '../configs/load.ts';
import { flagWords } from '../configs/flags.ts';
import type { Flags } from '../configs/flags.ts';
import { planFaults } from '../faults/plan.ts';
import { makeRunDirectory } from '../record/make-run-directory.ts';
import { currentEnvironment, writeRunDocuments } from '../record/run-documents.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { monotonicUs, wallClockUs } from '../runtime/run-clock.ts';
import { loadRun } from './load-run.ts';

export interface RunRequest {
  readonly file: string;
  readonly flags: Flags;
  /** Where runs/ is. */
  readonly root: string;
  readonly load?: LoadOptions;
  /** A last objection, before anything is written. */
  readonly check?: (config: RunConfig) => Promise<void> | void;
  /** What repeats the run; without it: cluster. */
  readonly command?: 'simulate';
}

export interface PreparedRun {
  readonly config: RunConfig;
  readonly digest: string;
  readonly directory: string;
  readonly run: string;
  /** Microseconds since 1970. */
  readonly originUs: number;
  /** The same moment on this machine's monotonic clock (runtime/run-clock.ts). */
  readonly originMonotonicUs: number;
}

/**
 * Throws ConfigError for a bad config or algorithm, OperatingError when the run directory cannot be
 * made.
 */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  const { file, flags, root, load } = request;
  const { config, given, own } = await loadRun(file, flags, load);
  await request.check?.(config);
  const { f, lastRound, seed, faults, nodes } = config;
  const plan = planFaults({ n: nodes.length, f, lastRound, seed, faults });
  const digest = configDigest(config);
  const environment = currentEnvironment();
  const kind = request.command === undefined ? {} : { command: request.command };
  const started = { file, flags: flagWords(flags), digest, environment };
  const command = { version: 1, ...kind, ...started } as const;
  const directory = orSayWhere(root, () => {
    const made = makeRunDirectory(root, config.name, seed, new Date());
    writeRunDocuments(made, { given, config, plan, command, own });
    return made;
  });
  const origin = { originUs: wallClockUs(), originMonotonicUs: monotonicUs() };
  return { config, digest, directory, run: randomUUID(), ...origin };
}

/** A read-only folder, a full disk: what happened, and what to do about it. */
function orSayWhere<T>(root: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new OperatingError(
      'run-failed',
      `cannot write the run directory under ${root} (${error.message}). Make room or give it rights, or name another folder with --folder.`,
    );
  }
}

/** From a config file to a run directory that says everything about the run to come. */
import { randomUUID } from 'node:crypto';
import type { RunConfig } from '../configs/run-config.ts';
import { configDigest } from '../configs/digest.ts';
import { loadConfig } from '../configs/load.ts';
import type { LoadOptions } from '../configs/load.ts';
import type { Flags } from '../configs/flags.ts';
import { planFaults } from '../faults/plan.ts';
import { makeRunDirectory } from '../record/make-run-directory.ts';
import { currentEnvironment, writeRunDocuments } from '../record/run-documents.ts';
import { wallClockUs } from '../runtime/run-clock.ts';
import { flagWords } from './command.ts';

export interface RunRequest {
  readonly file: string;
  readonly flags: Flags;
  /** Where runs/ is. */
  readonly root: string;
  readonly load?: LoadOptions;
}

export interface PreparedRun {
  readonly config: RunConfig;
  readonly digest: string;
  readonly directory: string;
  readonly run: string;
  readonly originUs: number;
}

/** Throws ConfigError for a bad config, and what the file system throws. */
export function prepareRun({ file, flags, root, load }: RunRequest): PreparedRun {
  const { config, given } = loadConfig(file, flags, load);
  const { f, lastRound, seed, faults, nodes } = config;
  const plan = planFaults({ n: nodes.length, f, lastRound, seed, faults });
  const digest = configDigest(config);
  const directory = makeRunDirectory(root, config.name, seed, new Date());
  const environment = currentEnvironment();
  const command = { version: 1, file, flags: flagWords(flags), digest, environment } as const;
  writeRunDocuments(directory, { given, config, plan, command });
  return { config, digest, directory, run: randomUUID(), originUs: wallClockUs() };
}

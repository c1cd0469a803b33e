/** Where a run's files are. Everything that reads or writes a run directory takes names from here. */
import { join } from 'node:path';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';

export const runFiles = {
  /** The config as given, byte for byte. */
  given: (directory: string) => join(directory, 'config.txt'),
  /** The config as resolved: a RunConfig in JSON. */
  resolved: (directory: string) => join(directory, 'resolved.json'),
  /** The user's algorithm as it runs, when it is not built in: one module without imports. */
  algorithm: (directory: string) => join(directory, 'algorithm.mjs'),
  /** The files that it was made of, as they were. For people. */
  algorithmSources: (directory: string) => join(directory, 'algorithm-source'),
  plan: (directory: string) => join(directory, 'plan.json'),
  result: (directory: string) => join(directory, 'result.json'),
  summary: (directory: string) => join(directory, 'summary.txt'),
  /** One page that shows the run: opens from disk, needs no network. */
  report: (directory: string) => join(directory, 'report.html'),
  /** How the run was started, for the command that repeats it. */
  command: (directory: string) => join(directory, 'command.json'),
  launcherEvents: (directory: string) => join(directory, 'launcher.ndjson'),
  events: (directory: string, id: NodeId) =>
    join(directory, id === MASTER ? 'master.ndjson' : `node-${id}.ndjson`),
};

/** A record together with the algorithm that it names, for who judges or shows it. */
import { basename } from 'node:path';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { loadAlgorithm } from './load-algorithm.ts';
import { readRun, RunNotFoundError } from './read-run.ts';
import type { RunRecord } from './read-run.ts';
import { runFiles } from './run-directory.ts';

/**
 * As `readRun`, with the user's algorithm; what keeps it from being used is named in `damage`. Throws
 * RunNotFoundError as well for a folder without anything of a run: nobody may judge it, or write there.
 */
export async function readRunWithAlgorithm(directory: string): Promise<RunRecord> {
  const record = readRun(directory);
  if (isEmpty(record)) {
    throw new RunNotFoundError(
      `${directory} holds no record of a run. Expected a directory made by a run, for example runs/latest.`,
    );
  }
  const { config } = record;
  if (config === null || config.algorithmHash === null) return record;
  try {
    return { ...record, own: await loadAlgorithm(directory, config) };
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    const file = basename(runFiles.algorithm(directory));
    const damage = { kind: 'malformed', file, line: null, reason: error.message } as const;
    return { ...record, damage: [...record.damage, damage] };
  }
}

const isEmpty = ({ config, master, nodes }: RunRecord): boolean =>
  config === null && !master.isPresent && nodes.size === 0;

/** A record together with the algorithm that it names, for who judges or shows it. */
import { basename } from 'node:path';
import { AlgorithmError } from '../agreement/guarded-algorithm.ts';
import { loadAlgorithm } from './load-algorithm.ts';
import { readRun } from './read-run.ts';
import type { RunRecord } from './read-run.ts';
import { runFiles } from './run-directory.ts';

/** As `readRun`, with the user's algorithm; what keeps it from being used is named in `damage`. */
export async function readRunWithAlgorithm(directory: string): Promise<RunRecord> {
  const record = readRun(directory);
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

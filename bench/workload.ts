/** The same run for the floor and for the cluster: no delays, no crashes, mean. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../configs/run-config.ts';
import { parseConfig } from '../configs/load.ts';

export interface Workload {
  readonly n: number;
  readonly f: number;
  /** Every node goes through this many and outputs unasked; null: until the master's rule says. */
  readonly rounds: number | null;
}

/** The most that n > 2f allows. */
export const mostFaults = (n: number): number => Math.ceil(n / 2) - 1;

/** Spread evenly in [0, 1), in an order that is not sorted: the floor's nodes compute the same. */
export const inputOf = (id: number, n: number): number => ((id * 61) % n) / n;

/** On a busy machine a long run may take minutes. */
const LIMITS = ['time-limit 1200 s', 'patience 300 s'];

function configText({ n, f, rounds }: Workload): string {
  const nodes = Array.from(
    { length: n },
    (_, i) => `node ${i + 1} ${inputOf(i + 1, n)} 127.0.0.1 0`,
  );
  // Fixed rounds are not to be refused as too few for ε.
  const stop =
    rounds === null ? ['epsilon 0.001'] : ['stop rounds', `rounds ${rounds}`, 'epsilon 0.9999'];
  const lines = ['algorithm mean', `f ${f}`, 'delay 0 0', 'crash 0', 'seed 7', ...LIMITS, ...stop];
  return [...lines, 'master 127.0.0.1 0', ...nodes, ''].join('\n');
}

export interface Written {
  readonly config: RunConfig;
  /** The config as a file. */
  readonly file: string;
  /** What the floor's command line says. */
  readonly floor: string;
}

export function writeWorkload(directory: string, workload: Workload): Written {
  const { n, f, rounds } = workload;
  const name = `n${n}-f${f}-${rounds === null ? 'decided' : `${rounds}-rounds`}`;
  const text = configText(workload);
  const file = join(directory, `${name}.txt`);
  writeFileSync(file, text);
  const config = parseConfig({ name: file, text, drawSeed: () => 7 });
  const { epsilon, lastRound } = config;
  return { config, file, floor: JSON.stringify({ n, f, epsilon, lastRound, outputRound: rounds }) };
}

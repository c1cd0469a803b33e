/** The commands that are measured, as words of a command line. */
import { join } from 'node:path';

const programs = import.meta.dirname;
/** The bundles lie in dist/bundles/<hash>/. */
const root = join(programs, '..', '..', '..');
const node = process.execPath;

/** What bench-run is told (run-main.ts). */
export interface BareRun {
  readonly file: string;
  readonly folder: string;
  readonly isRecorded: boolean;
  readonly tls: boolean;
}

export const floorCommand = (config: string): string[] => [
  node,
  join(root, 'bench', 'floor', 'cluster.cjs'),
  config,
];

/** As a user starts it, npm apart: verdict and report included. */
export const clusterCommand = (file: string, folder: string, ...flags: string[]): string[] => [
  ...[node, join(root, 'launcher', 'start.cjs'), 'cluster', file],
  ...['--folder', folder, '--json', ...flags],
];

export const bareRunCommand = (run: BareRun): string[] => [
  ...[node, join(programs, 'run.cjs'), 'bench-run', JSON.stringify(run)],
];

export const simulatorCommand = (n: number): string[] => [
  ...[node, join(programs, 'run.cjs'), 'bench-simulator', String(n)],
];

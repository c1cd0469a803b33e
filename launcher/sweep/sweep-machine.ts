/** On what a sweep runs, and how busy that is. */
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import type { SweepMachine, SweepSession } from '../../report/sweep-data.ts';
import packageJson from '../../package.json' with { type: 'json' };

const thisMachine = (): SweepMachine => ({
  within: packageJson.version,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  release: release(),
  cpus: availableParallelism(),
  cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
  memoryBytes: totalmem(),
});

/** Mean number of processes that ran or wanted to, over the last minute. */
export const loadNow = (): number => loadavg()[0] ?? 0;

export const beginSession = (): SweepSession => ({
  started: new Date().toISOString(),
  ended: null,
  runs: 0,
  loadAtStart: loadNow(),
  loadAtEnd: null,
  machine: thisMachine(),
});

export const endSession = (session: SweepSession, runs: number): SweepSession => ({
  ...session,
  ended: new Date().toISOString(),
  runs,
  loadAtEnd: loadNow(),
});

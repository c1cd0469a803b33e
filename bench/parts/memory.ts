/** 4: memory of a node, as the kernel counts it while the run goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { bareRunCommand, floorCommand } from '../processes.ts';
import { median, pairedRatio } from '../statistics.ts';
import { inTurns } from '../measure.ts';
import { writeWorkload } from '../workload.ts';

export interface NodeMemory {
  /** Pages that several processes share are split among them. */
  readonly pssBytes: number;
  readonly rssBytes: number;
}

export interface Memory {
  readonly n: number;
  readonly rounds: number;
  readonly floor: NodeMemory;
  readonly within: NodeMemory;
  readonly ratios: { readonly pss: number; readonly rss: number };
}

const LOOK_MS = 100;

export async function measureMemory(
  directory: string,
  n: number,
  rounds: number,
  repeats: number,
): Promise<Memory> {
  const { file, floor } = writeWorkload(directory, { n, f: 1, rounds });
  const bare = { file, folder: directory, isRecorded: true, tls: false };
  const peaks = await inTurns(repeats, {
    floor: () => peakOf(floorCommand(floor)),
    within: () => peakOf(bareRunCommand(bare)),
  });
  const of = (name: 'floor' | 'within', kind: keyof NodeMemory): number[] =>
    peaks[name].map((peak) => peak[kind]);
  const medians = (name: 'floor' | 'within'): NodeMemory => ({
    pssBytes: median(of(name, 'pssBytes')),
    rssBytes: median(of(name, 'rssBytes')),
  });
  const ratio = (kind: keyof NodeMemory): number =>
    pairedRatio(of('within', kind), of('floor', kind));
  return {
    ...{ n, rounds },
    floor: medians('floor'),
    within: medians('within'),
    ratios: { pss: ratio('pssBytes'), rss: ratio('rssBytes') },
  };
}

/** The largest that each node was seen with; of these the median node. */
async function peakOf([command = '', ...words]: readonly string[]): Promise<NodeMemory> {
  const child = spawn(command, words, { env: {}, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const seen = new Map<number, NodeMemory>();
  const look = (): void => {
    // The first child is the master.
    for (const pid of childrenOf(child.pid ?? 0).slice(1)) note(seen, pid);
  };
  while (child.exitCode === null && child.signalCode === null) {
    look();
    await Promise.race([setTimeout(LOOK_MS), ended]);
  }
  const nodes = [...seen.values()];
  return {
    pssBytes: median(nodes.map(({ pssBytes }) => pssBytes)),
    rssBytes: median(nodes.map(({ rssBytes }) => rssBytes)),
  };
}

function note(seen: Map<number, NodeMemory>, pid: number): void {
  const now = memoryOf(pid);
  const before = seen.get(pid);
  if (now === null || (before !== undefined && before.pssBytes >= now.pssBytes)) return;
  seen.set(pid, now);
}

/** In the order in which they were started. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return (readOrNull(path) ?? '').trim().split(' ').filter(Boolean).map(Number);
}

function memoryOf(pid: number): NodeMemory | null {
  const text = readOrNull(`/proc/${pid}/smaps_rollup`);
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text ?? '')?.[1] ?? NaN);
  const [pssBytes, rssBytes] = [kibibytes('Pss') * 1024, kibibytes('Rss') * 1024];
  return Number.isFinite(pssBytes) && pssBytes > 0 ? { pssBytes, rssBytes } : null;
}

/** A process may end between two looks. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

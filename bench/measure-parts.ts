/** Which parts there are, and how large each is in earnest and for a quick look. */
import { measureGrowth } from './parts/growth.ts';
import type { Growth, GrowthRequest } from './parts/growth.ts';
import { measureMemory } from './parts/memory.ts';
import { measureSimulator } from './parts/simulator.ts';
import { measureSteady } from './parts/steady.ts';
import { measureWatched } from './parts/watched.ts';
import { measureWhole } from './parts/whole.ts';
import type { Whole } from './parts/whole.ts';
import { withLoad } from './results.ts';
import type { Measured, Parts } from './results.ts';

export const partNames = ['whole', 'steady', 'memory', 'watched', 'simulator', 'growth'] as const;
export type PartName = (typeof partNames)[number];

interface Sizes {
  /** n and repeats. */
  readonly whole: readonly (readonly [number, number])[];
  readonly steady: Parameters<typeof measureSteady>[1];
  readonly memory: { readonly n: number; readonly rounds: number; readonly repeats: number };
  readonly watched: Parameters<typeof measureWatched>[1];
  readonly simulator: readonly number[];
  readonly growth: readonly GrowthRequest[];
}

const inEarnest: Sizes = {
  whole: [
    [5, 15],
    [20, 9],
    [50, 5],
    [100, 3],
  ],
  steady: { n: 20, f: 9, rounds: [2_000, 5_000], repeats: 3 },
  memory: { n: 20, rounds: 300, repeats: 3 },
  watched: { n: 20, f: 9, rounds: 200, repeats: 7 },
  simulator: [10, 100, 1_000],
  growth: [
    { over: 'n', values: [10, 20, 40, 80], n: 0, f: 4, rounds: 40, repeats: 3 },
    { over: 'f', values: [1, 3, 5, 9], n: 20, f: 0, rounds: 200, repeats: 3 },
    { over: 'rounds', values: [100, 200, 400, 800], n: 20, f: 9, rounds: 0, repeats: 3 },
  ],
};

const quick: Sizes = {
  whole: [[5, 2]],
  steady: { n: 5, f: 2, rounds: [20, 200], repeats: 1 },
  memory: { n: 5, rounds: 2_000, repeats: 1 },
  watched: { n: 5, f: 2, rounds: 50, repeats: 1 },
  simulator: [10],
  growth: [{ over: 'rounds', values: [100, 400], n: 5, f: 2, rounds: 0, repeats: 1 }],
};

type MeasuredParts = { [Name in PartName]?: Measured<Parts[Name]> };

/**
 * One part after the other, as they are ready. `scratch`: where configs and runs go. `say`: what is being
 * measured, a line each.
 */
export async function* measureParts(
  scratch: string,
  names: readonly PartName[],
  isQuick: boolean,
  say: (line: string) => void,
): AsyncGenerator<MeasuredParts> {
  const sizes = isQuick ? quick : inEarnest;
  const { n, rounds, repeats } = sizes.memory;
  const measurements: { [Name in PartName]: () => Promise<Parts[Name]> } = {
    whole: () => wholes(scratch, sizes.whole, say),
    steady: () => measureSteady(scratch, sizes.steady),
    memory: () => measureMemory(scratch, n, rounds, repeats),
    watched: () => measureWatched(scratch, sizes.watched),
    simulator: () => measureSimulator(sizes.simulator),
    growth: () => growths(scratch, sizes.growth, say),
  };
  for (const name of partNames.filter((part) => names.includes(part))) {
    say(`measuring: ${name}\n`);
    yield { [name]: await withLoad<unknown>(measurements[name]) };
  }
}

async function wholes(
  scratch: string,
  sizes: Sizes['whole'],
  say: (line: string) => void,
): Promise<Whole[]> {
  const all: Whole[] = [];
  for (const [n, repeats] of sizes) {
    say(`  n = ${n}, ${repeats} times\n`);
    all.push(await measureWhole(scratch, n, repeats));
  }
  return all;
}

async function growths(
  scratch: string,
  requests: readonly GrowthRequest[],
  say: (line: string) => void,
): Promise<Growth[]> {
  const all: Growth[] = [];
  for (const request of requests) {
    say(`  over ${request.over}: ${request.values.join(', ')}\n`);
    all.push(await measureGrowth(scratch, request));
  }
  return all;
}

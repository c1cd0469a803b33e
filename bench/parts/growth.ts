/**
 * 7: how cost grows. Rounds are fixed and the cost of a run of two rounds is taken off, so that what is
 * left is what the rounds cost: n² messages each, so 2 is the exponent to expect in n, 0 in f, 1 in rounds.
 */
import { inTurns, measure } from '../measure.ts';
import { bareRunCommand, floorCommand } from '../processes.ts';
import { growthExponent, median } from '../statistics.ts';
import { mostFaults, writeWorkload } from '../workload.ts';
import type { Workload } from '../workload.ts';

/** CPU milliseconds over what was varied. */
export type Points = readonly (readonly [number, number])[];

export interface Growth {
  readonly over: 'n' | 'f' | 'rounds';
  readonly floor: { readonly points: Points; readonly exponent: number };
  readonly within: { readonly points: Points; readonly exponent: number };
}

const START_ROUNDS = 2;

export interface GrowthRequest {
  readonly over: Growth['over'];
  readonly values: readonly number[];
  readonly repeats: number;
  /** What stays the same. */
  readonly n: number;
  readonly f: number;
  readonly rounds: number;
}

export async function measureGrowth(directory: string, request: GrowthRequest): Promise<Growth> {
  const floor: [number, number][] = [];
  const within: [number, number][] = [];
  for (const value of request.values) {
    const costs = await costsOf(directory, workloadOf(request, value), request.repeats);
    floor.push([value, costs.floor]);
    within.push([value, costs.within]);
  }
  return {
    over: request.over,
    floor: { points: floor, exponent: growthExponent(floor) },
    within: { points: within, exponent: growthExponent(within) },
  };
}

function workloadOf(
  { over, n, f, rounds }: GrowthRequest,
  value: number,
): Workload & { rounds: number } {
  if (over === 'n') return { n: value, f: Math.min(f, mostFaults(value)), rounds };
  return over === 'f' ? { n, f: value, rounds } : { n, f, rounds: value };
}

async function costsOf(
  directory: string,
  workload: Workload,
  repeats: number,
): Promise<{ readonly floor: number; readonly within: number }> {
  const few = writeWorkload(directory, { ...workload, rounds: START_ROUNDS });
  const all = writeWorkload(directory, workload);
  const bare = { folder: directory, isRecorded: true, tls: false };
  const difference = async (less: string[], more: string[]): Promise<number> => {
    const start = await measure(less);
    return (await measure(more)).cpuMs - start.cpuMs;
  };
  const costs = await inTurns(repeats, {
    floor: () => difference(floorCommand(few.floor), floorCommand(all.floor)),
    within: () =>
      difference(
        bareRunCommand({ ...bare, file: few.file }),
        bareRunCommand({ ...bare, file: all.file }),
      ),
  });
  return { floor: median(costs.floor), within: median(costs.within) };
}

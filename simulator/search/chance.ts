/** Draws for random searches: by key, like every draw (faults/draw.ts), so that a seed repeats a search. */
import { uniform } from '../../faults/draw.ts';

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** An integer from 0 to `count` − 1. */
  below(count: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** The draws of one attempt: the same for the same seed and numbers, whatever the others drew. */
export function chanceOf(seed: number, attempt: number, setting = 0): Chance {
  let count = 0;
  const next = (): number => {
    count += 1;
    return uniform(seed, 'tie', setting, 0, attempt, count);
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return { next, below, pick: (items) => items[below(items.length)] ?? items[0] };
}

/** For which n and f an algorithm may run, and what follows from them for everybody. */
import type { NodeId, Resilience } from './algorithm.ts';

/** Asynchronous, crash faults: n > 2f is necessary and sufficient (two quorums must intersect). */
export const asynchronousCrash: Resilience = { model: 'asynchronous crash', factor: 2 };

export const isResilient = (resilience: Resilience, n: number, f: number): boolean =>
  n > resilience.factor * f;

export const smallestN = (resilience: Resilience, f: number): number => resilience.factor * f + 1;

export const largestF = (resilience: Resilience, n: number): number =>
  Math.ceil(n / resilience.factor) - 1;

/** Values awaited in a round, the own one included. More could never be reached after f crashes. */
export const quorum = (n: number, f: number): number => n - f;

export const allNodes = (n: number): NodeId[] => Array.from({ length: n }, (_, i) => i + 1);

/** All that an adversary may choose before the first delivery, for few nodes. */
import { allNodes } from '../../agreement/resilience.ts';
import type { CrashPoint } from './schedule.ts';

const GRID = [0, 1, 0.5];

/**
 * Ascending vectors of 0, 1/2 and 1, those of corners first. Nodes differ by their ids alone, and all
 * crash points and orders are tried with each: to permute the inputs would only rename the nodes.
 */
export function everyInput(n: number): number[][] {
  const vectors = allNodes(n).reduce<number[][]>(
    (rows) => rows.flatMap((row) => GRID.map((value) => [...row, value])),
    [[]],
  );
  const isAscending = (row: number[]) =>
    row.every((value, i) => i === 0 || (row[i - 1] ?? 0) <= value);
  const halves = (row: number[]) => row.filter((value) => value === 0.5).length;
  return vectors.filter(isAscending).sort((a, b) => halves(a) - halves(b));
}

/** `count` different nodes, each dying in some multicast after any subset of its peers has got it. */
export function everyCrash(n: number, rounds: number, count: number): CrashPoint[][] {
  return subsets(allNodes(n))
    .filter((dying) => dying.length === count)
    .flatMap((dying) =>
      dying.reduce<CrashPoint[][]>(
        (rows, node) => rows.flatMap((row) => pointsOf(n, rounds, node).map((at) => [...row, at])),
        [[]],
      ),
    );
}

function pointsOf(n: number, rounds: number, node: number): CrashPoint[] {
  const peers = allNodes(n).filter((id) => id !== node);
  return Array.from({ length: rounds + 1 }, (_, round) => round).flatMap((round) =>
    subsets(peers).map((reaching) => ({ node, round, reaching })),
  );
}

const subsets = (ids: readonly number[]): number[][] =>
  ids.reduce<number[][]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]]);

import { describe, expect, test } from '@jest/globals';
import { algorithms } from '../../../agreement/algorithms.ts';
import type { Algorithm } from '../../../agreement/algorithm.ts';
import { roundBased } from '../../../agreement/participant.ts';
import { frozen, naive } from '../../../simulator/search/master-rules.ts';
import { play } from '../../../simulator/search/play.ts';
import { shrink } from '../../../simulator/search/shrink.ts';
import type { Schedule, Target } from '../../../simulator/search/schedule.ts';

const targetOf = (algorithm: Algorithm<unknown>, master = frozen): Target => ({
  algorithm,
  epsilon: 0.001,
  master,
  outputRound: null,
});

/** Leaves the range of its values as soon as it has one of 1. */
const overshoot = roundBased({
  name: 'overshoot',
  update: (sorted) => sorted.at(-1)! * 2,
  contraction: () => null,
});

const everybody = (n: number) =>
  Array.from({ length: n * n }, (_, index) => ({
    from: 1 + Math.floor(index / n),
    to: 1 + (index % n),
  })).filter(({ from, to }) => from !== to);

describe('shrinking', () => {
  test('leaves out nodes, rounds, crashes, deliveries and odd inputs that do not matter', () => {
    const schedule: Schedule = {
      f: 2,
      inputs: [0.25, 1, 0.75, 0.3, 0.1],
      rounds: 3,
      crashes: [{ node: 5, round: 2, reaching: [1, 3] }],
      deliveries: [...everybody(5), ...everybody(5), ...everybody(5)],
    };
    const target = targetOf(overshoot);
    const { violation } = play(target, schedule);
    expect(violation!.property).toBe('validity');
    const { deliveries, ...rest } = shrink(target, schedule, violation!);
    expect(rest).toEqual({ f: 1, inputs: [0, 0, 1], rounds: 1, crashes: [] });
    expect(deliveries).toHaveLength(1);
  });

  test('keeps a crash that is needed, and the peer that it must reach', () => {
    // M1 of docs/theory.md, with peers and a delivery too many.
    const schedule: Schedule = {
      f: 1,
      inputs: [0.5, 0.5, 0],
      rounds: 1,
      crashes: [{ node: 3, round: 0, reaching: [1, 2] }],
      deliveries: [
        { from: 3, to: 2 },
        { from: 1, to: 2 },
        { from: 0, to: 1 },
        { from: 0, to: 2 },
      ],
    };
    const target = targetOf(algorithms.get('mean')!, naive);
    const { violation } = play(target, schedule);
    expect(violation!.property).toBe('agreement');
    const smallest = shrink(target, schedule, violation!);
    expect(smallest.crashes).toEqual([{ node: 3, round: 0, reaching: [2] }]);
    expect(smallest.deliveries.map(({ from, to }) => `${from}→${to}`)).toEqual([
      '3→2',
      '0→1',
      '0→2',
    ]);
  });
});

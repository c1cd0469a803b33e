/**
 * The schedules that ship as files give exactly the numbers of the theory.
 *
 * Source: docs/theory.md, "Schedules with known results", "Stopping" and "The two-camp schedule".
 * tests/paper/schedules.test.ts plays the same ones by hand, without a simulator.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { updateRules } from '../../../agreement/algorithms.ts';
import { toNumber } from '../../../agreement/ratio.ts';
import { judge } from '../../../checker/verdict.ts';
import { twoCamps } from '../../../simulator/two-camps.ts';
import {
  eventsOf,
  parse,
  played,
  simulated,
  spreadIn,
  valuesOf,
} from '../../simulation/simulator/simulated.ts';
import type { Simulated } from '../../simulation/simulator/simulated.ts';

const play = (name: string, algorithm = 'mean'): Simulated =>
  simulated(parse(readFileSync(`configs/schedules/${name}.txt`, 'utf8'), { algorithm }));

const round = (simulation: Simulated, r: number): (number | undefined)[] =>
  valuesOf(simulation).map((values) => values[r]);

/** The senders whose values node `id` used to end its rounds, in ascending order. */
const usedBy = (simulation: Simulated, id: number): number[][] =>
  eventsOf(simulation, id)
    .flatMap((event) => (event.kind === 'report' && event.round > 0 ? [event.used] : []))
    .map((used) => used.toSorted((a, b) => a - b));

describe('every schedule', () => {
  test.each(['a1', 'a3', 'a6', 'a6-clean', 'a7', 'a8', 'a18', 'm1', 'm2', 'two-camps'])(
    '%s is a pass for the checker',
    (name) => {
      const { verdict, reasons } = judge(play(name).record);
      expect({ verdict, reasons }).toEqual({ verdict: 'pass', reasons: [] });
    },
  );
});

describe('A1, one slow listener', () => {
  test.each(['mean', 'midpoint'])(
    '%s: (0, 0, 2^-r), within 0.001 first in round 10',
    (algorithm) => {
      const a1 = play('a1', algorithm);
      for (let r = 0; r <= 10; r += 1) expect(round(a1, r)).toEqual([0, 0, 2 ** -r]);
      expect(a1.run.decided).toBe(10);
      expect(spreadIn(a1, 10)).toBe(0.0009765625);
      expect(a1.run.nodes.map(({ output }) => output?.value)).toEqual([0, 0, 0.0009765625]);
      expect(usedBy(a1, 3).slice(0, 10)).toEqual(Array.from({ length: 10 }, () => [2, 3]));
    },
  );
});

describe('A3, two camps of five', () => {
  test('mean keeps (2/3)^r and needs 18 rounds', () => {
    const a3 = play('a3');
    for (let r = 0; r <= 18; r += 1) expect(spreadIn(a3, r)).toBeCloseTo((2 / 3) ** r, 14);
    expect(a3.run.decided).toBe(18);
    // Who gives the mean ten rounds is far from 0.001.
    expect(spreadIn(a3, 10)).toBeGreaterThan(0.017);
  });

  test.each(['midpoint', 'select'])('%s keeps exactly 2^-r and needs 10', (algorithm) => {
    const a3 = play('a3', algorithm);
    for (let r = 0; r <= 10; r += 1) expect(spreadIn(a3, r)).toBe(2 ** -r);
    expect(a3.run.decided).toBe(10);
  });
});

describe('A6, a death in mid-multicast', () => {
  test.each(['mean', 'midpoint'])('%s: the survivors part, 1/2 and 1', (algorithm) => {
    const a6 = play('a6', algorithm);
    expect(round(a6, 1)).toEqual([undefined, 1 / 2, 1]);
    expect(a6.run.nodes[0]!.isCrashed).toBe(true);
  });

  test('after a clean death they are equal at once, exactly', () => {
    expect(round(play('a6-clean'), 1)).toEqual([undefined, 1, 1]);
  });
});

describe('A7, a message from the future', () => {
  const a7 = play('a7');

  test('node 2 has it before its own round 0 is over', () => {
    const events = eventsOf(a7, 2).flatMap((event) => {
      if (event.kind === 'receive') return [`${event.from} r${event.round}`];
      return event.kind === 'report' ? [`enters ${event.round}`] : [];
    });
    expect(events.slice(0, 5)).toEqual(['enters 0', '1 r0', '1 r1', '3 r0', 'enters 1']);
  });

  test('nodes 1, 2 and 3 make two updates and go on', () => {
    const [first, second, third] = valuesOf(a7);
    expect([first!.length, second!.length, third!.length]).toEqual([20, 20, 20]);
    expect(round(a7, 1).slice(0, 3)).toEqual([2 / 3, 0, 2 / 3]);
    expect(spreadIn(a7, 2)).toBe(0);
  });
});

describe('A8, mean against median', () => {
  test('the mean goes to 1/3 and 2/3, a third of the spread', () => {
    const a8 = play('a8');
    expect(round(a8, 1)).toEqual([1 / 3, 1 / 3, 2 / 3, 2 / 3]);
    for (let r = 0; r < 7; r += 1) expect(spreadIn(a8, r + 1)).toBeCloseTo(spreadIn(a8, r) / 3, 14);
    expect(a8.run.decided).toBe(7);
  });
});

describe('A18, equal inputs', () => {
  test.each(['mean', 'midpoint', 'select'])('%s stays at 5, whoever is heard', (algorithm) => {
    const a18 = play('a18', algorithm);
    expect(a18.run.largest).toBe(6);
    expect(new Set(valuesOf(a18).flat())).toEqual(new Set([5]));
    expect(usedBy(a18, 1).slice(0, 4)).toEqual([
      [1, 2],
      [1, 2],
      [1, 3],
      [1, 3],
    ]);
  });
});

/** What a master would see that goes by last reports, after each report or death. */
function naiveMasterFires(simulation: Simulated): boolean {
  const { master } = simulation.record;
  const last = new Map<number, number>();
  const live = new Set(simulation.config.nodes.map(({ id }) => id));
  return master.events.some((event) => {
    if (event.kind === 'report') last.set(event.from, event.value);
    if (event.kind === 'death') live.delete(event.node);
    const values = [...live].map((id) => last.get(id));
    const known = values.filter((value) => value !== undefined);
    const spread = Math.max(...known) - Math.min(...known);
    return known.length === live.size && spread <= simulation.config.epsilon;
  });
}

describe('M1, one death', () => {
  const m1 = play('m1');

  test('the last reports are equal, and a value 1/4 away is on its way', () => {
    expect(naiveMasterFires(m1)).toBe(true);
    expect(round(m1, 1).slice(0, 2)).toEqual([1 / 2, 1 / 4]);
  });

  test('rule F names round 0, and both output 1/2', () => {
    expect(m1.run.decided).toBe(0);
    expect(m1.run.nodes.map(({ output }) => output?.value)).toEqual([1 / 2, 1 / 2, undefined]);
  });
});

describe('M2, no death at all', () => {
  const m2 = play('m2');

  test('node 2 leaves for 2/3 when the others are at 1/3', () => {
    expect(naiveMasterFires(m2)).toBe(true);
    const [first, second, third] = valuesOf(m2);
    expect([first![2], third![2]]).toEqual([first![2], first![2]]);
    expect(first![2]).toBeCloseTo(1 / 3, 15);
    expect(third![1]).toBeCloseTo(1 / 6, 15);
    expect(second![1]).toBeCloseTo(2 / 3, 15);
    expect(second![1]! - first![2]!).toBeCloseTo(1 / 3, 15);
  });

  test('rule F waits until a round of all three is within ε', () => {
    const outputs = m2.run.nodes.map(({ output }) => output!);
    expect(new Set(outputs.map(({ round: named }) => named)).size).toBe(1);
    const values = outputs.map(({ value }) => value);
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(0.001);
  });
});

describe('two camps', () => {
  /** [n, f, R of mean, R of midpoint, R of select] for Δ = 1 and ε = 0.001. */
  const table: [number, number, number, number, number][] = [
    [3, 1, 10, 10, 10],
    [4, 1, 7, 10, 7],
    [5, 1, 5, 10, 5],
    [5, 2, 18, 10, 10],
    [6, 2, 10, 10, 10],
    [7, 1, 4, 10, 4],
    [7, 2, 8, 10, 7],
    [7, 3, 25, 10, 10],
    [9, 4, 31, 10, 10],
    [10, 1, 4, 10, 4],
    [10, 3, 9, 10, 7],
    [10, 4, 18, 10, 10],
    [20, 4, 5, 10, 5],
    [20, 9, 35, 10, 10],
    [100, 1, 2, 10, 2],
  ];

  test.each(table)('n = %d, f = %d: %d, %d and %d rounds', (n, f, ...rounds) => {
    const text = twoCamps(n, f);
    const decided = ['mean', 'midpoint', 'select'].map((algorithm) => {
      const camps = played(parse(text, { algorithm }));
      const rule = updateRules.find(({ name }) => name === algorithm)!;
      const rho = toNumber(rule.contraction(n, f)!);
      let expected = 1;
      for (let r = 0; r <= camps.run.decided!; r += 1) {
        expect(Math.abs(spreadIn(camps, r) - expected)).toBeLessThanOrEqual(1e-13 * expected);
        expected *= rho;
      }
      return camps.run.decided;
    });
    expect(decided).toEqual(rounds);
  });
});

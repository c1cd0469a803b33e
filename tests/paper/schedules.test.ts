/**
 * Small schedules with known results, each played by hand against the real participant.
 *
 * Source of all: docs/theory.md, "Schedules with known results"; a test names its row.
 */
import { describe, expect, test } from '@jest/globals';
import { mean } from '../../agreement/mean.ts';
import { midpoint } from '../../agreement/midpoint.ts';
import { select } from '../../agreement/select.ts';
import type { UpdateRule } from '../../agreement/update-rule.ts';
import {
  deliver,
  deliverQuorums,
  dropCopies,
  roundOf,
  spreadOf,
  startNodes,
  valuesAt,
} from './hand-driven.ts';

const EPSILON = 0.001;

describe('row "one slow listener": n = 3, f = 1, inputs 0 0 1', () => {
  test.each([{ rule: mean }, { rule: midpoint }])(
    '$rule.name halves the spread in every round and is within 0.001 first in round 10',
    ({ rule }) => {
      const nodes = startNodes(rule, [0, 0, 1], 1);
      const spreads = [1];
      for (let round = 0; round < 10; round += 1) {
        deliverQuorums(nodes, round, { 1: [1, 2], 2: [1, 2], 3: [2, 3] });
        const values = valuesAt(nodes, round + 1, [1, 2, 3]);
        expect(values).toEqual([0, 0, 2 ** -(round + 1)]);
        spreads.push(spreadOf(values));
      }
      expect(spreads.findIndex((spread) => spread <= EPSILON)).toBe(10);
      expect(spreads[10]).toBe(0.0009765625);
    },
  );
});

describe('row "two camps of five": n = 5, f = 2, inputs 0 0 0 1 1', () => {
  const play = (rule: UpdateRule, rounds: number): number[] => {
    const nodes = startNodes(rule, [0, 0, 0, 1, 1], 2);
    const spreads = [1];
    const low = [1, 2, 3];
    const high = [3, 4, 5];
    for (let round = 0; round < rounds; round += 1) {
      deliverQuorums(nodes, round, { 1: low, 2: low, 3: low, 4: high, 5: high });
      spreads.push(spreadOf(valuesAt(nodes, round + 1, [1, 2, 3, 4, 5])));
    }
    return spreads;
  };

  test('mean keeps (2/3)^r and needs 18 rounds, so ten rounds are not enough for it', () => {
    const spreads = play(mean, 18);
    spreads.forEach((spread, round) => expect(spread).toBeCloseTo((2 / 3) ** round, 14));
    expect(spreads.findIndex((spread) => spread <= EPSILON)).toBe(18);
    expect(spreads[10]).toBeGreaterThan(0.017);
  });

  test.each([{ rule: midpoint }, { rule: select }])(
    '$rule.name keeps exactly 2^−r and needs 10 rounds',
    ({ rule }) => {
      const spreads = play(rule, 10);
      expect(spreads).toEqual(spreads.map((_, round) => 2 ** -round));
      expect(spreads.findIndex((spread) => spread <= EPSILON)).toBe(10);
    },
  );
});

describe('row "death in mid-multicast": n = 3, f = 1, inputs 0 1 1', () => {
  test.each([{ rule: mean }, { rule: midpoint }])(
    '$rule.name: node 1 reaches only node 2, and the survivors part: 1/2 and 1',
    ({ rule }) => {
      const nodes = startNodes(rule, [0, 1, 1], 1);
      dropCopies(nodes, (copy) => copy.from === 1 && copy.to === 3);
      deliver(nodes, 1, 2, 0);
      deliver(nodes, 2, 3, 0);
      expect(valuesAt(nodes, 1, [2, 3])).toEqual([0.5, 1]);
    },
  );

  test('a clean death before the multicast leaves them equal at once', () => {
    const nodes = startNodes(mean, [0, 1, 1], 1);
    dropCopies(nodes, (copy) => copy.from === 1);
    deliver(nodes, 3, 2, 0);
    deliver(nodes, 2, 3, 0);
    expect(valuesAt(nodes, 1, [2, 3])).toEqual([1, 1]);
  });
});

describe('row "a message from the future": n = 5, f = 2, nodes 4 and 5 die after round 0', () => {
  /** Up to the moment at which node 2 has heard node 1 in rounds 0 and 1, and then node 3. */
  const play = ({ loseFuture }: { loseFuture: boolean }) => {
    const nodes = startNodes(mean, [0, 0, 0, 1, 1], 2);
    deliverQuorums(nodes, 0, { 1: [1, 4, 5], 3: [3, 4, 5] });
    deliver(nodes, 1, 2, 0);
    if (loseFuture)
      dropCopies(nodes, ({ from, to, round }) => from === 1 && to === 2 && round === 1);
    else deliver(nodes, 1, 2, 1);
    expect(roundOf(nodes, 2)).toBe(0);
    deliver(nodes, 3, 2, 0);
    expect(roundOf(nodes, 2)).toBe(1);
    deliver(nodes, 3, 2, 1);
    deliverQuorums(nodes, 1, { 1: [1, 2, 3], 3: [1, 2, 3] });
    return nodes;
  };

  test('it waits until its round begins, and everybody makes two updates', () => {
    const nodes = play({ loseFuture: false });
    expect([1, 2, 3].map((id) => roundOf(nodes, id))).toEqual([2, 2, 2]);
    deliverQuorums(nodes, 2, { 1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3] });
    expect([1, 2, 3].map((id) => roundOf(nodes, id))).toEqual([3, 3, 3]);
    expect(spreadOf(valuesAt(nodes, 3, [1, 2, 3]))).toBe(0);
  });

  test('a node that lost it is stuck, and then so are the others', () => {
    const nodes = play({ loseFuture: true });
    expect([1, 2, 3].map((id) => roundOf(nodes, id))).toEqual([2, 1, 2]);
    // Nothing that is still in flight between the living can help anybody.
    const useful = nodes.inFlight.filter((copy) => copy.from <= 3 && copy.to <= 3);
    for (const { from, to, round } of useful) deliver(nodes, from, to, round);
    expect([1, 2, 3].map((id) => roundOf(nodes, id))).toEqual([2, 1, 2]);
  });
});

describe('row "mean against median": n = 4, f = 1, inputs 0 0 1 1', () => {
  const play = (rule: UpdateRule): number[] => {
    const nodes = startNodes(rule, [0, 0, 1, 1], 1);
    deliverQuorums(nodes, 0, { 1: [1, 2, 3], 4: [2, 3, 4] });
    return valuesAt(nodes, 1, [1, 4]);
  };

  test('mean brings the two ends to 1/3 and 2/3', () => {
    expect(play(mean)).toEqual([1 / 3, 2 / 3]);
  });

  test('a median would leave them at 0 and 1', () => {
    const median: UpdateRule = {
      name: 'median',
      update: (sorted) => sorted[1]!,
      contraction: () => null,
    };
    expect(play(median)).toEqual([0, 1]);
  });
});

describe('row "equal inputs": n = 3, f = 1, inputs 5 5 5', () => {
  test.each([{ rule: mean }, { rule: midpoint }, { rule: select }])(
    '$rule.name stays at 5, whoever is heard',
    ({ rule }) => {
      const nodes = startNodes(rule, [5, 5, 5], 1);
      deliverQuorums(nodes, 0, { 1: [1, 2], 2: [2, 3], 3: [1, 3] });
      deliverQuorums(nodes, 1, { 1: [1, 3], 2: [1, 2], 3: [2, 3] });
      for (const round of [1, 2]) expect(valuesAt(nodes, round, [1, 2, 3])).toEqual([5, 5, 5]);
    },
  );
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  epsilonAgreement,
  faultBound,
  hullOf,
  spreadOf,
  termination,
  validity,
} from '../../../agreement/properties.ts';
import type { NodeValue } from '../../../agreement/properties.ts';

/** Nodes 1, 2, 3, … with these values. */
const held = (...values: number[]): NodeValue[] =>
  values.map((value, index) => ({ node: index + 1, value }));

const someValues = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 });

describe('a hull', () => {
  test('has a node at each end, the first of equals', () => {
    const hull = hullOf(held(2, 1, 3, 1, 3));
    expect(hull).toEqual({ low: { node: 2, value: 1 }, high: { node: 3, value: 3 } });
    expect(spreadOf(hull)).toBe(2);
  });

  test('of nothing is nothing, and its spread is 0', () => {
    expect(hullOf([])).toBeNull();
    expect(spreadOf(null)).toBe(0);
  });
});

describe('validity', () => {
  const hull = hullOf(held(0, 1))!;

  test('holds at the ends of the hull, with a margin of 0', () => {
    expect(validity(hull, held(0, 1))).toEqual({ holds: true, margin: 0, witness: null });
  });

  test('tells how far the most exposed value is from the nearer end', () => {
    expect(validity(hull, held(0.5, 0.75)).margin).toBe(0.25);
  });

  test('is broken by the smallest step outside, and names the worst value', () => {
    const above = validity(hull, held(0.5, 1 + Number.EPSILON));
    expect(above).toMatchObject({ holds: false, witness: { node: 2 } });
    expect(validity(hull, held(-1, 1.5, -2)).witness).toEqual({ node: 3, value: -2 });
    expect(validity(hull, held(-1, 1.5, -2)).margin).toBe(-2);
  });

  test('is broken by a value that is no number', () => {
    expect(validity(hull, held(0.5, NaN))).toMatchObject({ holds: false, witness: { node: 2 } });
  });

  test('holds when nobody has a value', () => {
    expect(validity(hull, []).holds).toBe(true);
  });
});

describe('ε-agreement', () => {
  test('holds up to a spread of exactly ε', () => {
    const result = epsilonAgreement(held(0, 0.25, 0.125), 0.25);
    expect(result).toEqual({ holds: true, spread: 0.25, ratio: 1, witness: null });
  });

  test('is broken by more, and shows the two outputs', () => {
    const { holds, witness } = epsilonAgreement(held(0.5, 0, 1), 0.9);
    expect(holds).toBe(false);
    expect([witness?.low.node, witness?.high.node]).toEqual([2, 3]);
  });

  test('is broken by an output that is no number', () => {
    expect(epsilonAgreement(held(NaN), 1).holds).toBe(false);
    expect(epsilonAgreement(held(1, NaN, 1), 1).holds).toBe(false);
  });

  test('holds of no output and of one', () => {
    expect(epsilonAgreement([], 0.1).holds).toBe(true);
    expect(epsilonAgreement(held(5), 0.1)).toMatchObject({ holds: true, spread: 0 });
  });

  test('says what comparing every two outputs says', () => {
    let broken = 0;
    fc.assert(
      fc.property(someValues, (values) => {
        const allClose = values.every((a) => values.every((b) => Math.abs(a - b) <= 4));
        if (!allClose) broken += 1;
        expect(epsilonAgreement(held(...values), 4).holds).toBe(allClose);
      }),
    );
    expect(broken).toBeGreaterThan(5);
  });
});

describe('termination and the bound on faults', () => {
  test('termination names the correct nodes without an output', () => {
    const result = termination([1, 2, 4], (node) => node === 2);
    expect(result).toEqual({ holds: false, done: 1, of: 3, missing: [1, 4] });
    expect(termination([1, 2], () => true).holds).toBe(true);
  });

  test('f faults are allowed, one more is not', () => {
    expect(faultBound(new Set([3, 5]), 2)).toEqual({ holds: true, count: 2, f: 2 });
    expect(faultBound(new Set([1, 3, 5]), 2).holds).toBe(false);
  });
});

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

const valued = (...values: number[]): NodeValue[] =>
  values.map((value, index) => ({ node: index + 1, value }));
const hull = hullOf(valued(0.25, 0.75))!;
const aValue = fc.double({ noNaN: true, min: -1e300, max: 1e300 });

describe('the hull', () => {
  test('has the lowest and the highest value with their nodes', () => {
    expect(hullOf(valued(0.5, 0.9, 0.1))).toEqual({
      low: { node: 3, value: 0.1 },
      high: { node: 2, value: 0.9 },
    });
  });

  test('of nothing is null, and its spread 0', () => {
    expect(hullOf([])).toBeNull();
    expect(spreadOf(null)).toBe(0);
  });
});

describe('validity', () => {
  test('holds on both ends of the hull, with a margin of 0', () => {
    const found = validity(hull, valued(0.25, 0.75));
    expect(found).toEqual({ holds: true, margin: 0, witness: null });
  });

  test('tells how far the most exposed value is from the nearer end', () => {
    expect(validity(hull, valued(0.5, 0.375)).margin).toBe(0.125);
  });

  test('is broken by one ulp, and names the node and the value', () => {
    const outside = 0.75 + 2 ** -53;
    const found = validity(hull, valued(0.5, outside));
    expect(found.holds).toBe(false);
    expect(found.witness).toEqual({ node: 2, value: outside });
    expect(found.margin).toBeLessThan(0);
  });

  test('names the value that is furthest outside', () => {
    expect(validity(hull, valued(0.2, 3, 0.8)).witness).toEqual({ node: 2, value: 3 });
  });

  test('is broken by a value that is not a number', () => {
    expect(validity(hull, valued(0.5, NaN)).holds).toBe(false);
    expect(validity(hull, valued(Infinity)).holds).toBe(false);
  });

  test('holds exactly when every value is between the ends', () => {
    fc.assert(
      fc.property(fc.array(aValue, { minLength: 2 }), fc.array(aValue), (inputs, values) => {
        const range = hullOf(valued(...inputs))!;
        const expected = values.every((v) => range.low.value <= v && v <= range.high.value);
        expect(validity(range, valued(...values)).holds).toBe(expected);
      }),
    );
  });
});

describe('ε-agreement', () => {
  test('holds at a spread of exactly ε, with ratio 1', () => {
    const found = epsilonAgreement(valued(1, 1.5, 1.25), 0.5);
    expect(found).toEqual({ holds: true, spread: 0.5, ratio: 1, witness: null });
  });

  test('is broken one ulp later, and names the two outputs', () => {
    const found = epsilonAgreement(valued(1, 1.5 + 2 ** -52), 0.5);
    expect(found.holds).toBe(false);
    expect(found.witness?.low).toEqual({ node: 1, value: 1 });
    expect(found.witness?.high.node).toBe(2);
  });

  test('holds for one output and for none', () => {
    expect(epsilonAgreement(valued(3), 0.1).holds).toBe(true);
    expect(epsilonAgreement([], 0.1).holds).toBe(true);
  });

  test('is broken by an output that is not a number', () => {
    expect(epsilonAgreement(valued(1, NaN), 0.5).holds).toBe(false);
    expect(epsilonAgreement(valued(NaN), 0.5).holds).toBe(false);
  });

  test('holds exactly when every pair is within ε', () => {
    const epsilon = fc.double({ noNaN: true, min: 1e-9, max: 2 });
    const outputs = fc.array(fc.double({ noNaN: true, min: -1, max: 1 }));
    fc.assert(
      fc.property(outputs, epsilon, (values, e) => {
        const isClose = values.every((a) => values.every((b) => Math.abs(a - b) <= e));
        expect(epsilonAgreement(valued(...values), e).holds).toBe(isClose);
      }),
    );
  });
});

test('termination counts who has an output and names who has none', () => {
  const found = termination([1, 2, 4], (node) => node === 2);
  expect(found).toEqual({ holds: false, done: 1, of: 3, missing: [1, 4] });
  expect(termination([1, 2], () => true).holds).toBe(true);
});

test('the fault bound holds up to f, not beyond', () => {
  expect(faultBound(new Set([1, 2]), 2)).toEqual({ holds: true, count: 2, f: 2 });
  expect(faultBound(new Set([1, 2, 3]), 2).holds).toBe(false);
});

import { describe, expect, test } from '@jest/globals';
import {
  allNodes,
  asynchronousCrash,
  isResilient,
  largestF,
  quorum,
  smallestN,
} from '../../../agreement/resilience.ts';
import { sendOrder } from '../../../agreement/send-order.ts';

describe('resilience of asynchronous crash faults', () => {
  test.each([
    { f: 0, n: 1 },
    { f: 1, n: 3 },
    { f: 2, n: 5 },
    { f: 24, n: 49 },
  ])('f = $f needs at least n = $n', ({ f, n }) => {
    expect(smallestN(asynchronousCrash, f)).toBe(n);
    expect(isResilient(asynchronousCrash, n, f)).toBe(true);
    expect(isResilient(asynchronousCrash, n - 1, f)).toBe(false);
  });

  test('the largest f of every n is legal and one more is not', () => {
    for (let n = 1; n <= 100; n += 1) {
      const f = largestF(asynchronousCrash, n);
      expect(isResilient(asynchronousCrash, n, f)).toBe(true);
      expect(isResilient(asynchronousCrash, n, f + 1)).toBe(false);
    }
  });

  test('two quorums always share a node', () => {
    for (let n = 1; n <= 100; n += 1) {
      const size = quorum(n, largestF(asynchronousCrash, n));
      expect(2 * size - n).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('ids and the order of sends', () => {
  test('nodes are numbered from 1', () => {
    expect(allNodes(3)).toEqual([1, 2, 3]);
  });

  test('a multicast goes round, starting after the sender', () => {
    expect(sendOrder(1, 4)).toEqual([2, 3, 4]);
    expect(sendOrder(3, 4)).toEqual([4, 1, 2]);
    expect(sendOrder(4, 4)).toEqual([1, 2, 3]);
    expect(sendOrder(1, 1)).toEqual([]);
  });

  test('every node is in every position once, so none is favoured', () => {
    const n = 7;
    const orders = allNodes(n).map((id) => sendOrder(id, n));
    for (let position = 0; position < n - 1; position += 1) {
      const there = orders.map((order) => order[position]);
      expect(there.sort()).toEqual(allNodes(n));
    }
  });
});

/**
 * The worst contraction of one round, found by trying everything, against the proven formulas.
 *
 * Source: docs/theory.md, "Contraction" and "How the worst cases are computed": with fixed receive
 * sets the gap between two nodes is convex in the inputs on each of their orders, so its maximum
 * over inputs in [0, 1] is at a 0/1 vector. Trying all of these with all receive sets is exact.
 */
import { describe, expect, test } from '@jest/globals';
import { mean } from '../../agreement/mean.ts';
import { midpoint } from '../../agreement/midpoint.ts';
import { roundBased } from '../../agreement/participant.ts';
import type { Ratio } from '../../agreement/ratio.ts';
import { allNodes } from '../../agreement/resilience.ts';
import { select } from '../../agreement/select.ts';
import type { UpdateRule } from '../../agreement/update-rule.ts';

/** All ways to choose `count` of `items`, in their order. */
function choices<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    choices(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  );
}

/** The value of `id` after one round in which it hears exactly `peers`, by the real participant. */
function afterOneRound(rule: UpdateRule, inputs: number[], f: number, id: number, peers: number[]) {
  const n = inputs.length;
  const participant = roundBased(rule);
  const asked = { lastRound: 1, outputRound: null, restsAfterOutput: true };
  const state = participant.initialState({ id, n, f, ...asked });
  participant.step(state, { kind: 'start', input: inputs[id - 1]! });
  for (const from of peers) {
    const message = { round: 0, value: inputs[from - 1]! };
    participant.step(state, { kind: 'receive', from, message });
  }
  const after = state.history[1];
  if (after === undefined) throw new Error(`node ${id} did not end its round with ${peers.join()}`);
  return after;
}

/** Largest value that one node and smallest that another can get, over all their receive sets. */
function worstGap(rule: UpdateRule, inputs: number[], f: number): [number, number] {
  const n = inputs.length;
  const ranges = allNodes(n).map((id) => {
    const others = allNodes(n).filter((other) => other !== id);
    const results = choices(others, n - f - 1).map((peers) =>
      afterOneRound(rule, inputs, f, id, peers),
    );
    return { id, low: Math.min(...results), high: Math.max(...results) };
  });
  const pairs = ranges.flatMap((a) =>
    ranges.filter((b) => b.id !== a.id).map((b): [number, number] => [a.high, b.low]),
  );
  return pairs.reduce(
    (worst, pair) => (pair[0] - pair[1] > worst[0] - worst[1] ? pair : worst),
    [inputs[0]!, inputs[0]!],
  );
}

/**
 * The worst contraction as a fraction over `denominator`. Every value that occurs is some k over
 * `denominator`, correctly rounded, so it is recognised exactly and nothing is compared "about".
 */
function worstContraction(rule: UpdateRule, n: number, f: number, denominator: number): Ratio {
  const numerator = (value: number): number => {
    const k = Math.round(value * denominator);
    expect(value).toBe(k / denominator);
    return k;
  };
  let worst = 0;
  for (let bits = 0; bits < 2 ** n; bits += 1) {
    const inputs = allNodes(n).map((id) => Math.floor(bits / 2 ** (id - 1)) % 2);
    const [high, low] = worstGap(rule, inputs, f);
    worst = Math.max(worst, numerator(high) - numerator(low));
  }
  return { numerator: worst, denominator };
}

const isEqual = (a: Ratio, b: Ratio): boolean =>
  a.numerator * b.denominator === b.numerator * a.denominator;

const pairs = [1, 2, 3, 4, 5, 6, 7].flatMap((n) =>
  [0, 1, 2, 3].filter((f) => 2 * f < n).map((f) => ({ n, f })),
);

describe('the worst contraction of one round', () => {
  test.each(pairs)('of mean is f/(n−f): n = $n, f = $f', ({ n, f }) => {
    const found = worstContraction(mean, n, f, n - f);
    expect(found).toEqual({ numerator: f, denominator: n - f });
    expect(isEqual(mean.contraction(n, f)!, found)).toBe(true);
  });

  test.each(pairs)('of midpoint is 1/2, with f = 0 nothing is left: n = $n, f = $f', ({ n, f }) => {
    const found = worstContraction(midpoint, n, f, 2);
    expect(found).toEqual({ numerator: f === 0 ? 0 : 1, denominator: 2 });
    expect(isEqual(midpoint.contraction(n, f)!, found)).toBe(true);
  });

  test.each(pairs)('of select is 1/(⌈n/f⌉−1): n = $n, f = $f', ({ n, f }) => {
    const selected = f === 0 ? n : Math.ceil(n / f) - 1;
    const found = worstContraction(select, n, f, selected);
    expect(found).toEqual({ numerator: f === 0 ? 0 : 1, denominator: selected });
    expect(isEqual(select.contraction(n, f)!, found)).toBe(true);
  });

  test('of select is never worse than that of mean, and better where f does not divide n', () => {
    for (const { n, f } of pairs.filter((pair) => pair.f > 0)) {
      const ofMean = mean.contraction(n, f)!;
      const ofSelect = select.contraction(n, f)!;
      const difference =
        ofMean.numerator * ofSelect.denominator - ofSelect.numerator * ofMean.denominator;
      expect(Math.sign(difference)).toBe(n % f === 0 ? 0 : 1);
    }
  });
});

describe('the search sees a rule that does not contract', () => {
  const median: UpdateRule = {
    name: 'median',
    update: (sorted) => sorted[Math.floor((sorted.length - 1) / 2)]!,
    contraction: () => null,
  };

  test.each([
    { n: 4, f: 1 },
    { n: 5, f: 2 },
    { n: 6, f: 1 },
  ])('the median keeps the whole spread: n = $n, f = $f', ({ n, f }) => {
    expect(worstContraction(median, n, f, 1)).toEqual({ numerator: 1, denominator: 1 });
  });

  test('two halves that never hear each other keep the whole spread: n = 2f', () => {
    expect(worstContraction(mean, 4, 2, 2)).toEqual({ numerator: 2, denominator: 2 });
    expect(worstContraction(midpoint, 6, 3, 2)).toEqual({ numerator: 2, denominator: 2 });
  });
});

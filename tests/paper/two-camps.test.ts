/**
 * The two-camp schedule: the proven contraction is met in every round, with no crash at all.
 *
 * Source: docs/theory.md, "The two-camp schedule" and "Worst-case rounds". Inputs: n − f zeros, then
 * f ones. The first n − f nodes only ever hear each other; the last f hear the last n − f.
 */
import { describe, expect, test } from '@jest/globals';
import { mean } from '../../agreement/mean.ts';
import { midpoint } from '../../agreement/midpoint.ts';
import { allNodes } from '../../agreement/resilience.ts';
import { toNumber } from '../../agreement/ratio.ts';
import { select } from '../../agreement/select.ts';
import type { UpdateRule } from '../../agreement/update-rule.ts';
import { worstCaseRounds } from '../../agreement/worst-case-rounds.ts';
import { deliverQuorums, spreadOf, startNodes, valueAt } from './hand-driven.ts';
import type { HandDriven } from './hand-driven.ts';

const EPSILON = 0.001;

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
];

const cases = table.flatMap(([n, f, ofMean, ofMidpoint, ofSelect]) => [
  { rule: mean, n, f, rounds: ofMean },
  { rule: midpoint, n, f, rounds: ofMidpoint },
  { rule: select, n, f, rounds: ofSelect },
]);

function startCamps(rule: UpdateRule, n: number, f: number): HandDriven {
  return startNodes(
    rule,
    allNodes(n).map((id) => (id <= n - f ? 0 : 1)),
    f,
  );
}

function playRound(camps: HandDriven, round: number): void {
  const { n, f } = camps;
  const first = allNodes(n).slice(0, n - f);
  const last = allNodes(n).slice(f);
  deliverQuorums(
    camps,
    round,
    Object.fromEntries(allNodes(n).map((id) => [id, id <= n - f ? first : last])),
  );
}

describe('the two-camp schedule', () => {
  test.each(cases)(
    'takes $rule.name exactly $rounds rounds: n = $n, f = $f',
    ({ rule, n, f, rounds }) => {
      const camps = startCamps(rule, n, f);
      const rho = toNumber(rule.contraction(n, f)!);
      let expected = 1;
      for (let round = 0; round < rounds; round += 1) {
        expect(spreadOf(allNodes(n).map((id) => valueAt(camps, id, round)))).toBeGreaterThan(
          EPSILON,
        );
        playRound(camps, round);
        expected *= rho;
        for (const id of allNodes(n)) {
          const value = valueAt(camps, id, round + 1);
          // The first camp never moves; the last one shrinks by ρ, up to rounding.
          if (id <= n - f) expect(value).toBe(0);
          else expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-13 * expected);
        }
      }
      expect(spreadOf(allNodes(n).map((id) => valueAt(camps, id, rounds)))).toBeLessThanOrEqual(
        EPSILON,
      );
      expect(worstCaseRounds(rule.contraction(n, f)!, [0, 1], EPSILON)).toBe(rounds);
    },
  );

  test('gives one value to each camp, so its picture has two lines', () => {
    const camps = startCamps(select, 7, 2);
    playRound(camps, 0);
    const values = allNodes(7).map((id) => valueAt(camps, id, 1));
    expect(values).toEqual([0, 0, 0, 0, 0, 1 / 3, 1 / 3]);
  });
});

/**
 * The search finds the proven worst cases, exactly.
 *
 * Source: docs/theory.md, "Contraction", "How the worst cases are computed" and "The two-camp
 * schedule": mean f/(n−f), midpoint 1/2, select 1/(⌈n/f⌉−1), in every round.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Algorithm } from '../../../agreement/algorithm.ts';
import { algorithms } from '../../../agreement/algorithms.ts';
import { toNumber } from '../../../agreement/ratio.ts';
import { allNodes } from '../../../agreement/resilience.ts';
import { fraction, power } from '../../../simulator/search/fractions.ts';
import { modelOf } from '../../../simulator/search/round-model.ts';
import { worstCaseTable } from '../../../simulator/search/table.ts';
import { worstManyRounds, worstOneRound } from '../../../simulator/search/worst-case.ts';

const formulas = {
  mean: (n: number, f: number) => [f, n - f],
  midpoint: () => [1, 2],
  select: (n: number, f: number) => [1, Math.ceil(n / f) - 1],
} as const;

const cases = [3, 4, 5, 6].flatMap((n) =>
  [1, 2]
    .filter((f) => 2 * f < n)
    .flatMap((f) =>
      (Object.keys(formulas) as (keyof typeof formulas)[]).map((rule) => ({ rule, n, f })),
    ),
);

const algorithmOf = (rule: string): Algorithm<unknown> => algorithms.get(rule)!;

/** The same rule under another name: it is asked, not computed by its exact form. */
const asked = (rule: string): Algorithm<unknown> => ({ ...algorithmOf(rule), name: 'own' });

describe('one round', () => {
  test.each(cases)('$rule, n = $n, f = $f: as proven, as a fraction', ({ rule, n, f }) => {
    const [numerator, denominator] = formulas[rule](n, f);
    const found = worstOneRound(algorithmOf(rule), { n, f }, 0);
    expect(fraction(found!.exact!)).toBe(
      fraction({ numerator: numerator!, denominator: denominator! }),
    );
  });

  test.each(cases)('$rule, n = $n, f = $f: no more from real participants', ({ rule, n, f }) => {
    const exact = toNumber(worstOneRound(algorithmOf(rule), { n, f }, 0)!.exact!);
    const found = worstOneRound(asked(rule), { n, f }, 0)!;
    expect(found.exact).toBeNull();
    // Each value errs by an ulp or so, and spreads are at most 2.
    expect(found.contraction).toBeCloseTo(exact, 12);
  });

  test.each(cases.filter(({ n }) => n <= 5))(
    '$rule, n = $n, f = $f: trying every node and every set by name finds the same',
    ({ rule, n, f }) => {
      const exact = worstOneRound(algorithmOf(rule), { n, f }, 0)!.exact!;
      expect(worstByName(rule, n, f) * exact.denominator).toBe(exact.numerator);
    },
  );
});

test.each(Object.keys(formulas))('%s with f = 0 leaves nothing, as proven', (rule) => {
  for (const n of [2, 3, 4, 5, 6]) {
    expect(fraction(worstOneRound(algorithmOf(rule), { n, f: 0 }, 0)!.exact!)).toBe('0');
    expect(fraction(algorithmOf(rule).contraction(n, 0)!)).toBe('0');
  }
});

/** Without any symmetry: all 0/1 inputs, all pairs of nodes, all sets of peers. */
function worstByName(rule: string, n: number, f: number): number {
  const model = modelOf(algorithmOf(rule), n, f, 1)!;
  let worst = 0;
  for (let bits = 0; bits < 2 ** n; bits += 1) {
    const inputs = allNodes(n).map((id) => (bits >> (id - 1)) & 1);
    const ends = inputs.map((own, index) => {
      const results = subsets(inputs.toSpliced(index, 1), model.peers).map((others) =>
        model.next(
          own,
          others.sort((a, b) => a - b),
        ),
      );
      return { low: Math.min(...results), high: Math.max(...results) };
    });
    for (const [i, a] of ends.entries()) {
      for (const [j, b] of ends.entries()) if (i !== j) worst = Math.max(worst, a.high - b.low);
    }
  }
  return worst / model.scale!;
}

const subsets = (items: readonly number[], count: number): number[][] =>
  count === 0
    ? [[]]
    : items.flatMap((item, index) =>
        subsets(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
      );

describe('three rounds', () => {
  test.each([...cases, { rule: 'mean', n: 12, f: 5 }, { rule: 'select', n: 12, f: 5 }] as const)(
    '$rule, n = $n, f = $f: the proven contraction three times over, on real participants',
    ({ rule, n, f }) => {
      const proven = power(algorithmOf(rule).contraction(n, f)!, 3);
      const { found, spreads } = worstManyRounds(algorithmOf(rule), { n, f }, 3, 0)!;
      expect(fraction(found.exact!)).toBe(fraction(proven));
      expect(spreads).toHaveLength(4);
      expect(spreads[3]).toBeCloseTo(toNumber(proven), 14);
    },
  );

  test('n = 12 is too large to try everything, n = 5 is not', () => {
    const method = (n: number, f: number) =>
      worstManyRounds(algorithmOf('mean'), { n, f }, 3, 0)!.found.method;
    expect([method(5, 2), method(12, 5)]).toEqual(['every receive set', 'guided']);
  });
});

test('docs/worst-case.md has the table that the command prints', () => {
  const page = readFileSync('docs/worst-case.md', 'utf8');
  const from = page.indexOf('<!-- table -->\n') + '<!-- table -->\n'.length;
  expect(page.slice(from, page.indexOf('\n<!-- /table -->'))).toBe(worstCaseTable(6));
});

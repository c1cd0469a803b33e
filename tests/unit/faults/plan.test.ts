import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvariantError } from '../../../agreement/invariant.ts';
import { allNodes } from '../../../agreement/resilience.ts';
import { sendOrder } from '../../../agreement/send-order.ts';
import { hash32, uniform } from '../../../faults/draw.ts';
import type { FaultPlan, PlannedCrash } from '../../../faults/fault-plan.ts';
import { chancePerDraw, planFaults } from '../../../faults/plan.ts';
import type { CrashHazard, FaultSettings } from '../../../faults/settings.ts';
import { settingsFor } from './settings.fixture.ts';

interface Case {
  readonly n: number;
  readonly f: number;
  readonly probability: number;
  readonly per?: CrashHazard['per'];
  readonly seed?: number;
  readonly lastRound?: number;
  readonly faults?: Partial<FaultSettings>;
}

function plan({
  n,
  f,
  probability,
  per = 'send',
  seed = 7,
  lastRound = 12,
  faults,
}: Case): FaultPlan {
  const settings = settingsFor(n, { crash: { probability, per }, ...faults });
  return planFaults({ n, f, lastRound, seed, faults: settings });
}

const nodesOf = (crashes: readonly PlannedCrash[]) => crashes.map((crash) => crash.node);
const ascending = (a: number, b: number) => a - b;

const anyCase = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    budget: fc.integer({ min: 0, max: 6 }),
    probability: fc.constantFrom(0, 1e-3, 0.03, 0.2, 0.9, 1),
    per: fc.constantFrom<CrashHazard['per']>('send', 'round', 'round-end'),
    seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    scripted: fc.boolean(),
  })
  .map(({ n, budget, scripted, ...rest }) => {
    const f = Math.min(budget, n);
    const script = { node: n, round: 3, extent: { after: 1 } };
    return { n, f, ...rest, faults: { scriptedCrashes: scripted && f > 0 ? [script] : [] } };
  });

describe('the budget', () => {
  test('is never exceeded, whatever the probability, the hazard and the seed', () => {
    let full = 0;
    fc.assert(
      fc.property(anyCase, (request) => {
        const { crashes, skipped } = plan(request);
        const all = nodesOf([...crashes, ...skipped]);
        expect(crashes.length).toBeLessThanOrEqual(request.f);
        expect(new Set(all).size).toBe(all.length);
        if (skipped.length > 0) expect(crashes.length).toBe(request.f);
        if (skipped.length > 0 && request.f > 0) full += 1;
      }),
      { numRuns: 300 },
    );
    expect(full).toBeGreaterThan(50);
  });

  test.each(['send', 'round', 'round-end'] as const)(
    'probability 1 per %s: every node hits in round 0, exactly f crash, the rest is skipped',
    (per) => {
      const { crashes, skipped } = plan({ n: 9, f: 4, probability: 1, per });
      expect(crashes).toHaveLength(4);
      expect(skipped).toHaveLength(5);
      expect(nodesOf([...crashes, ...skipped]).sort(ascending)).toEqual(allNodes(9));
      for (const crash of [...crashes, ...skipped]) {
        expect(crash.round).toBe(0);
        expect(crash.reached).toEqual(per === 'round-end' ? sendOrder(crash.node, 9) : []);
      }
    },
  );

  test('f = 0: nobody crashes, all hits are skipped', () => {
    const { crashes, skipped } = plan({ n: 5, f: 0, probability: 1 });
    expect(crashes).toEqual([]);
    expect(skipped).toHaveLength(5);
  });

  test('probability 0 plans nothing', () => {
    for (const per of ['send', 'round', 'round-end'] as const) {
      const { crashes, skipped } = plan({ n: 20, f: 9, probability: 0, per, lastRound: 100 });
      expect([crashes, skipped]).toEqual([[], []]);
    }
  });

  test('a single node has no send to crash at, only round ends', () => {
    expect(plan({ n: 1, f: 1, probability: 1 }).crashes).toEqual([]);
    expect(plan({ n: 1, f: 1, probability: 1, per: 'round' }).crashes).toEqual([]);
    expect(plan({ n: 1, f: 1, probability: 1, per: 'round-end' }).crashes).toHaveLength(1);
  });
});

describe('the seed', () => {
  test('decides alone: same seed, same plan, from any order of candidates', () => {
    const request = { n: 20, f: 6, probability: 0.03 };
    const backwards = { candidates: allNodes(20).reverse() };
    expect(plan(request)).toEqual(plan(request));
    expect(plan({ ...request, faults: backwards })).toEqual(plan(request));
  });

  test('acts: 200 seeds give 200 plans', () => {
    const plans = Array.from({ length: 200 }, (_, seed) => {
      const { crashes, skipped } = plan({ n: 10, f: 4, probability: 0.03, seed });
      return JSON.stringify([crashes, skipped]);
    });
    expect(new Set(plans).size).toBe(200);
  });

  test('decides who dies when all hit at once: every node dies under some seeds, not all', () => {
    const deaths = new Map<number, number>();
    for (let seed = 0; seed < 1000; seed += 1)
      for (const { node } of plan({ n: 5, f: 2, probability: 1, seed }).crashes)
        deaths.set(node, (deaths.get(node) ?? 0) + 1);
    // 400 expected each, standard deviation 15.5.
    for (const node of allNodes(5))
      expect(Math.abs((deaths.get(node) ?? 0) - 400)).toBeLessThan(70);
  });
});

describe('a drawn crash', () => {
  test('stands at the first send of the send order whose own draw is below the probability', () => {
    const [n, seed, probability] = [7, 11, 0.05];
    const { crashes, skipped } = plan({ n, f: 3, seed, probability });
    for (const { node, round, reached } of [...crashes, ...skipped]) {
      const order = sendOrder(node, n);
      const draws = allNodes(round + 1).flatMap((r) =>
        order.map((peer) => uniform(seed, 'crash', node, peer, r - 1)),
      );
      const first = draws.findIndex((u) => u < probability);
      expect([round, reached]).toEqual([
        Math.floor(first / (n - 1)),
        order.slice(0, first % (n - 1)),
      ]);
    }
    expect(crashes).toHaveLength(3);
  });

  test('per round-end stands after all sends of the first round whose draw is below it', () => {
    const [n, seed, probability] = [7, 11, 0.2];
    const { crashes, skipped } = plan({ n, f: 3, seed, probability, per: 'round-end' });
    for (const { node, round, reached } of [...crashes, ...skipped]) {
      const draws = allNodes(round + 1).map((r) => uniform(seed, 'crash', node, 0, r - 1));
      expect(draws.findIndex((u) => u < probability)).toBe(round);
      expect(reached).toEqual(sendOrder(node, n));
    }
    expect(crashes).toHaveLength(3);
  });

  test('is sometimes in the middle of a multicast, at its beginning and at its last send', () => {
    const sizes = new Set<number>();
    for (let seed = 0; seed < 100; seed += 1)
      for (const { reached } of plan({ n: 5, f: 2, probability: 0.2, seed }).crashes)
        sizes.add(reached.length);
    expect([...sizes].sort(ascending)).toEqual([0, 1, 2, 3]);
  });

  test('is planned in the last round, never after it', () => {
    const rounds = new Set<number>();
    for (let seed = 0; seed < 200; seed += 1)
      for (const { round } of plan({ n: 5, f: 5, probability: 0.03, lastRound: 4, seed }).crashes)
        rounds.add(round);
    expect([...rounds].sort(ascending)).toEqual([0, 1, 2, 3, 4]);
  });

  test('is earlier than every skipped one, by round, position, hash and id', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { crashes, skipped } = plan({ n: 30, f: 10, probability: 0.1, seed });
      const keys = [...crashes, ...skipped].map(({ node, round, reached }) => [
        round,
        reached.length,
        hash32(seed, 'tie', node, 0, round),
        node,
      ]);
      const sorted = [...keys].sort((a, b) => {
        const differing = a.findIndex((part, i) => part !== b[i]);
        return differing === -1 ? 0 : a[differing]! - b[differing]!;
      });
      expect(keys).toEqual(sorted);
      expect(skipped.length).toBeGreaterThan(0);
    }
  });

  test('happens only to candidates', () => {
    const { crashes, skipped } = plan({
      n: 9,
      f: 4,
      probability: 1,
      faults: { candidates: [2, 5, 7] },
    });
    expect(nodesOf(crashes).sort(ascending)).toEqual([2, 5, 7]);
    expect(skipped).toEqual([]);
  });

  test('does not depend on f: a larger budget only moves crashes out of the skipped list', () => {
    const small = plan({ n: 10, f: 1, probability: 0.05 });
    const large = plan({ n: 10, f: 4, probability: 0.05 });
    expect([...large.crashes, ...large.skipped]).toEqual([...small.crashes, ...small.skipped]);
  });
});

describe('a scripted crash', () => {
  const after = { node: 3, round: 2, extent: { after: 1 } };
  const reaching = { node: 5, round: 0, extent: { reaching: [2, 4] } };

  test('reaches a prefix of the send order, or exactly the peers listed, in send order', () => {
    const { crashes } = plan({
      n: 5,
      f: 2,
      probability: 0,
      faults: { scriptedCrashes: [after, { ...reaching, extent: { reaching: [4, 2] } }] },
    });
    expect(crashes).toEqual([
      { node: 3, origin: 'scripted', round: 2, reached: [4] },
      { node: 5, origin: 'scripted', round: 0, reached: [2, 4] },
    ]);
  });

  test('comes first and uses the budget; its node is not drawn a second time', () => {
    const { crashes, skipped } = plan({
      n: 5,
      f: 2,
      probability: 1,
      faults: { scriptedCrashes: [after] },
    });
    expect(crashes.map((crash) => crash.origin)).toEqual(['scripted', 'drawn']);
    expect(nodesOf(crashes)[0]).toBe(3);
    expect(skipped).toHaveLength(3);
    expect(nodesOf(skipped)).not.toContain(3);
  });

  test('leaves the draws of all other nodes as they are', () => {
    const drawn = plan({ n: 5, f: 5, probability: 0.1 }).crashes;
    const mixed = plan({ n: 5, f: 5, probability: 0.1, faults: { scriptedCrashes: [after] } });
    expect(mixed.crashes.slice(1)).toEqual(drawn.filter((crash) => crash.node !== 3));
  });

  test('more than f, two for one node, or a node outside 1 … n break an invariant', () => {
    const withScript = (scriptedCrashes: FaultSettings['scriptedCrashes'], f: number) => () =>
      plan({ n: 5, f, probability: 0, faults: { scriptedCrashes } });
    expect(withScript([after, reaching], 1)).toThrow(InvariantError);
    expect(withScript([after, { ...reaching, node: 3 }], 2)).toThrow(InvariantError);
    expect(withScript([{ ...after, node: 6 }], 2)).toThrow(InvariantError);
    expect(withScript([after, reaching], 2)).not.toThrow();
  });
});

describe('hazards', () => {
  const SEEDS = 1000;

  /** Share of nodes whose first hit is in round 0, over many seeds. */
  function deathsInOneRound(n: number, probability: number, per: CrashHazard['per']): number {
    let deaths = 0;
    for (let seed = 0; seed < SEEDS; seed += 1)
      deaths += plan({ n, f: n, probability, per, seed, lastRound: 0 }).crashes.length;
    return deaths / (SEEDS * n);
  }

  /** Four standard errors of a share p over SEEDS · n draws. */
  const tolerance = (p: number, n: number) => 4 * Math.sqrt((p * (1 - p)) / (SEEDS * n));

  test.each([2, 5, 10, 25])('per send, n = %d: a node dies in a round with 1 − 0.97^(n−1)', (n) => {
    const expected = 1 - 0.97 ** (n - 1);
    const observed = deathsInOneRound(n, 0.03, 'send');
    expect(Math.abs(observed - expected)).toBeLessThan(tolerance(expected, n));
  });

  test.each([2, 5, 10, 25])('per round, n = %d: a node dies in a round with h, whatever n', (n) => {
    const observed = deathsInOneRound(n, 0.1, 'round');
    expect(Math.abs(observed - 0.1)).toBeLessThan(tolerance(0.1, n));
  });

  test.each([2, 25])('per round-end, n = %d: a node dies in a round with h, whatever n', (n) => {
    const observed = deathsInOneRound(n, 0.1, 'round-end');
    expect(Math.abs(observed - 0.1)).toBeLessThan(tolerance(0.1, n));
  });

  test('the chance per send of a per-round hazard compounds to it over n − 1 sends', () => {
    for (const n of [2, 3, 10, 1000])
      for (const h of [1e-6, 0.1, 0.5, 0.999]) {
        const survival = (1 - chancePerDraw({ probability: h, per: 'round' }, n)) ** (n - 1);
        expect(Math.abs(1 - survival - h)).toBeLessThan(1e-12);
      }
    expect(chancePerDraw({ probability: 1, per: 'round' }, 10)).toBe(1);
  });
});

test('a plan for a thousand nodes has its holds, its limits and its schema in it', () => {
  const holds = [{ from: 4, to: 1, firstRound: 0, lastRound: 5, untilMs: null }];
  const result = plan({ n: 1000, f: 499, probability: 0.03, faults: { holds } });
  expect(result).toMatchObject({ version: 1, seed: 7, n: 1000, f: 499, lastRound: 12, holds });
  expect(result.crashMode).toBe('silent');
  expect(result.crashes).toHaveLength(499);
});

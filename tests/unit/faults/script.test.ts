import { describe, expect, test } from '@jest/globals';
import { noticedUs, pausesOf } from '../../../faults/pauses.ts';
import { planFaults } from '../../../faults/plan.ts';
import { scriptOf } from '../../../faults/script.ts';
import { settingsFor } from './settings.fixture.ts';

describe('a script', () => {
  test('is what is to be done when, in order of time', () => {
    const script = scriptOf({
      kills: [{ node: 3, atMs: 400 }],
      pauses: [
        { node: 2, fromMs: 100, untilMs: 500.5 },
        { node: 1, fromMs: 50, untilMs: null },
      ],
    });
    expect(script).toEqual([
      { kind: 'pause', node: 1, atUs: 50_000 },
      { kind: 'pause', node: 2, atUs: 100_000 },
      { kind: 'kill', node: 3, atUs: 400_000 },
      { kind: 'resume', node: 2, atUs: 500_500 },
    ]);
  });

  test('is not there when nothing is scripted', () => {
    expect(scriptOf({})).toBeNull();
  });
});

describe('what happens to a paused node', () => {
  const pauses = pausesOf(
    {
      pauses: [
        { node: 2, fromMs: 10, untilMs: 20 },
        { node: 3, fromMs: 0, untilMs: 90 },
        { node: 2, fromMs: 30, untilMs: null },
      ],
    },
    2,
  );

  test.each([
    [9_999, 9_999],
    [10_000, 20_000],
    [19_999, 20_000],
    [20_000, 20_000],
    [30_000, Infinity],
  ])('at %d µs is noticed at %d', (us, noticed) => {
    expect(noticedUs(pauses, us)).toBe(noticed);
  });

  test('is noticed at once without a pause', () => {
    expect(pausesOf({ pauses: [{ node: 2, fromMs: 10, untilMs: 20 }] }, 1)).toBeNull();
    expect(noticedUs(null, 15_000)).toBe(15_000);
  });
});

describe('a kill in the plan', () => {
  const request = { n: 5, f: 2, lastRound: 20, seed: 7 };
  const always = { probability: 1, per: 'send' } as const;

  test('takes a place of f before any draw, and its node is drawn for nothing', () => {
    const kills = [{ node: 3, atMs: 400 }];
    const plan = planFaults({ ...request, faults: settingsFor(5, { crash: always, kills }) });
    const all = [...plan.crashes, ...plan.skipped];
    expect(plan.kills).toEqual(kills);
    expect(plan.crashes).toHaveLength(1);
    expect(all.map(({ node }) => node).toSorted()).toEqual([1, 2, 4, 5]);
    const without = planFaults({ ...request, faults: settingsFor(5, { crash: always }) });
    expect(without.crashes).toHaveLength(2);
    expect(Object.keys(without)).not.toContain('kills');
  });

  test('over the budget, or of a node that crashes as well, is a mistake of ours', () => {
    const kill = (...nodes: number[]) => nodes.map((node) => ({ node, atMs: 1 }));
    const plan = (kills: ReturnType<typeof kill>) =>
      planFaults({ ...request, faults: settingsFor(5, { kills }) });
    expect(() => plan(kill(1, 2, 3))).toThrow(/3 scripted crashes and kills/);
    expect(() => plan(kill(1, 1))).toThrow(/dies twice/);
    expect(() => plan(kill(9))).toThrow(/node 9 is not one of/);
  });

  test('pauses need no place', () => {
    const pauses = [1, 2, 3, 4].map((node) => ({ node, fromMs: 0, untilMs: 9 }));
    const plan = planFaults({ ...request, faults: settingsFor(5, { crash: always, pauses }) });
    expect(plan.crashes).toHaveLength(2);
    expect(plan.pauses).toEqual(pauses);
  });
});

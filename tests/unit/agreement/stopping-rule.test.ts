import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeId, Round } from '../../../agreement/algorithm.ts';
import { allNodes } from '../../../agreement/resilience.ts';
import { initialStoppingState, stepStoppingRule } from '../../../agreement/stopping-rule.ts';
import type { StoppingEvent, StoppingState } from '../../../agreement/stopping-rule.ts';

const report = (from: NodeId, round: Round, value: number): StoppingEvent => ({
  kind: 'report',
  from,
  round,
  value,
});

const death = (node: NodeId): StoppingEvent => ({ kind: 'death', node });

/** What the rule says after each event. */
function decisions(n: number, epsilon: number, events: readonly StoppingEvent[]): (Round | null)[] {
  const state: StoppingState = initialStoppingState(n, epsilon);
  return events.map((event) => stepStoppingRule(state, event));
}

describe('rule F', () => {
  test('names a round when the last live report of it arrives and all are within ε', () => {
    const events = [report(1, 0, 0), report(2, 0, 0.1), report(3, 0, 0.05)];
    expect(decisions(3, 0.1, events)).toEqual([null, null, 0]);
  });

  test('says nothing while the values of the round are further apart than ε', () => {
    const events = [report(1, 0, 0), report(2, 0, 0.5), report(1, 1, 0.25), report(2, 1, 0.25)];
    expect(decisions(2, 0.125, events)).toEqual([null, null, null, 1]);
  });

  test('accepts a spread of exactly ε', () => {
    expect(decisions(2, 0.25, [report(1, 0, 0), report(2, 0, 0.25)])).toEqual([null, 0]);
  });

  test('compares values of one round only, never the last reports', () => {
    const events = [report(1, 0, 1), report(2, 0, 0), report(1, 1, 0)];
    expect(decisions(2, 0.1, events)).toEqual([null, null, null]);
  });

  test('is settled by a death when only the dead node’s report was missing', () => {
    const events = [report(1, 0, 3), report(2, 0, 3), death(3)];
    expect(decisions(3, 0.1, events)).toEqual([null, null, 0]);
  });

  test('is settled by a death when only the dead node’s value was too far away', () => {
    const events = [report(1, 0, 3), report(2, 0, 3), report(3, 0, 9), death(3)];
    expect(decisions(3, 0.1, events)).toEqual([null, null, null, 0]);
  });

  test('names the lowest of several rounds that a death settles', () => {
    const far = [report(1, 0, 0), report(2, 0, 9)];
    const near = [report(1, 2, 4), report(2, 2, 4), report(1, 1, 5), report(2, 1, 5)];
    expect(decisions(3, 0.1, [...far, ...near, death(3)]).at(-1)).toBe(1);
  });

  test('ignores what a dead node had still on its way', () => {
    const events = [death(3), report(3, 0, 100), report(1, 0, 1), report(2, 0, 1)];
    expect(decisions(3, 0.1, events)).toEqual([null, null, null, 0]);
  });

  test('hears the first report of a node and round, and counts a death once', () => {
    const events = [report(1, 0, 0), report(1, 0, 5), death(3), death(3), report(2, 0, 0)];
    expect(decisions(3, 0.1, events)).toEqual([null, null, null, null, 0]);
  });

  test('decides once, whatever else becomes settled', () => {
    const events = [report(1, 0, 1), report(1, 1, 1), death(2)];
    expect(decisions(1, 0.1, events)).toEqual([0, null, null]);
  });

  test('never decides for nobody', () => {
    expect(decisions(2, 1, [report(1, 0, 0), death(1), death(2)])).toEqual([null, null, null]);
  });
});

/** Rule F by its definition, from the whole past. */
function slowRule(n: number, epsilon: number, past: readonly StoppingEvent[]): Round | null {
  const dead = past.flatMap((event) => (event.kind === 'death' ? [event.node] : []));
  const live = allNodes(n).filter((id) => !dead.includes(id));
  for (let round = 0; round <= 4 && live.length > 0; round += 1) {
    const values = live.map((id) => {
      const first = past.find(
        (event) => event.kind === 'report' && event.from === id && event.round === round,
      );
      return first?.kind === 'report' ? first.value : NaN;
    });
    if (Math.max(...values) - Math.min(...values) <= epsilon) return round;
  }
  return null;
}

describe('rule F and its definition', () => {
  test('agree after every event, and deaths as well as reports decide', () => {
    const decidedBy = { report: 0, death: 0 };
    const node = fc.integer({ min: 1, max: 4 });
    const event = fc.oneof(
      { weight: 12, arbitrary: fc.tuple(node, fc.nat(4), fc.nat(3)).map((r) => report(...r)) },
      { weight: 1, arbitrary: node.map(death) },
    );
    const history = fc.array(event, { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), history, (n, raw) => {
        const events = raw.filter((e) => (e.kind === 'report' ? e.from : e.node) <= n);
        const said = decisions(n, 1, events);
        const expected = events.findIndex(
          (_, i) => slowRule(n, 1, events.slice(0, i + 1)) !== null,
        );
        expect(said.findIndex((round) => round !== null)).toBe(expected);
        if (expected < 0) return;
        decidedBy[events[expected]!.kind] += 1;
        expect(said[expected]).toBe(slowRule(n, 1, events.slice(0, expected + 1)));
        expect(said.filter((round) => round !== null)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
    expect(decidedBy.report).toBeGreaterThan(50);
    expect(decidedBy.death).toBeGreaterThan(5);
  });
});

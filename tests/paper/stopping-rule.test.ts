/**
 * When may the master stop the run? The tempting rule is unsound, rule F is not: both are put on the
 * identical schedule.
 *
 * Source: docs/theory.md, "Stopping", with the schedules M1 and M2 written out there.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { updateRules } from '../../agreement/algorithms.ts';
import { mean } from '../../agreement/mean.ts';
import { allNodes } from '../../agreement/resilience.ts';
import { initialStoppingState, stepStoppingRule } from '../../agreement/stopping-rule.ts';
import { deliver, roundOf, spreadOf, startNodes, stepNode, valueAt } from './hand-driven.ts';
import type { HandDriven, Report } from './hand-driven.ts';

const EPSILON = 0.001;

/** A master that has seen exactly these reports, then these deaths, by rule F. */
function ruleF(n: number, reports: readonly Report[], dead: readonly NodeId[]): Round | null {
  const state = initialStoppingState(n, EPSILON);
  const decisions = [
    ...reports.map((report) => stepStoppingRule(state, { kind: 'report', ...report })),
    ...dead.map((node) => stepStoppingRule(state, { kind: 'death', node })),
  ];
  return decisions.find((decision) => decision !== null) ?? null;
}

/** The foil. Its word is "output what you have now": it fires when the last reports are close. */
function naiveRuleFires(n: number, reports: readonly Report[], dead: readonly NodeId[]): boolean {
  const last = new Map(reports.map(({ from, value }) => [from, value]));
  const living = allNodes(n).filter((id) => !dead.includes(id));
  const values = living.map((id) => last.get(id));
  return values.every((value) => value !== undefined) && spreadOf(values) <= EPSILON;
}

const currentValue = (nodes: HandDriven, id: NodeId): number =>
  valueAt(nodes, id, roundOf(nodes, id));

function stopAll(nodes: HandDriven, living: readonly NodeId[], round: Round): number[] {
  for (const id of living) stepNode(nodes, id, { kind: 'stop', round });
  return living.map((id) => nodes.outputs.get(id)!);
}

/** M1: inputs 1/2 1/2 0. Node 3 reaches only node 2 and dies. One node uses its value, one cannot. */
describe('M1, one death: n = 3, f = 1', () => {
  const play = () => {
    const nodes = startNodes(mean, [1 / 2, 1 / 2, 0], 1);
    // What the master has when it hears of the death; all later reports are on their way.
    const seen = [...nodes.reports];
    deliver(nodes, 3, 2, 0);
    deliver(nodes, 2, 1, 0);
    return { nodes, seen, dead: [3], living: [1, 2] };
  };

  test('the naive rule fires, and the outputs are 1/4 apart', () => {
    const { nodes, seen, dead, living } = play();
    expect(naiveRuleFires(3, seen, dead)).toBe(true);
    const outputs = living.map((id) => currentValue(nodes, id));
    expect(outputs).toEqual([1 / 2, 1 / 4]);
  });

  test('rule F names round 0, and the outputs are equal', () => {
    const { nodes, seen, dead, living } = play();
    expect(ruleF(3, seen, dead)).toBe(0);
    expect(stopAll(nodes, living, 0)).toEqual([1 / 2, 1 / 2]);
  });

  test('the spread of the live nodes alone grew from 0 to 1/4', () => {
    const { nodes, living } = play();
    const spreadIn = (round: Round) => spreadOf(living.map((id) => valueAt(nodes, id, round)));
    expect([spreadIn(0), spreadIn(1)]).toEqual([0, 1 / 4]);
  });
});

/** M2: inputs 1 1/3 0. Nodes 1 and 3 run ahead to 1/3, where slow node 2 still is; it then leaves. */
describe('M2, no death at all: n = 3, f = 1', () => {
  const play = () => {
    const nodes = startNodes(mean, [1, 1 / 3, 0], 1);
    deliver(nodes, 2, 3, 0);
    deliver(nodes, 3, 1, 0);
    deliver(nodes, 3, 1, 1);
    deliver(nodes, 1, 3, 1);
    const seen = [...nodes.reports];
    deliver(nodes, 1, 2, 0);
    return { nodes, seen };
  };

  test('the naive rule fires, and the outputs are 1/3 apart', () => {
    const { nodes, seen } = play();
    expect(naiveRuleFires(3, seen, [])).toBe(true);
    const outputs = [1, 2, 3].map((id) => currentValue(nodes, id));
    expect(outputs[0]).toBeCloseTo(1 / 3, 15);
    expect(outputs[1]).toBeCloseTo(2 / 3, 15);
    expect(spreadOf(outputs)).toBeCloseTo(1 / 3, 15);
  });

  test('rule F waits, fires in a later round, and the outputs are within ε', () => {
    const { nodes, seen } = play();
    expect(ruleF(3, seen, [])).toBeNull();
    while (ruleF(3, nodes.reports, []) === null) {
      const { from, to, round } = nodes.inFlight[0]!;
      deliver(nodes, from, to, round);
    }
    const decided = ruleF(3, nodes.reports, [])!;
    expect(decided).toBeGreaterThan(2);
    expect(spreadOf(stopAll(nodes, [1, 2, 3], decided))).toBeLessThanOrEqual(EPSILON);
  });
});

/** What a random schedule does next: hand over some copy in flight, or let somebody die. */
interface Move {
  readonly pick: number;
  readonly kills: boolean;
}

const schedule = fc.record({
  rule: fc.constantFrom(...updateRules),
  size: fc.constantFrom([3, 1], [4, 1], [5, 2], [7, 3]),
  values: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
  moves: fc.array(
    fc.record<Move>({ pick: fc.nat(), kills: fc.nat(19).map((draw) => draw === 0) }),
    { minLength: 40, maxLength: 400 },
  ),
});

interface Played {
  readonly nodes: HandDriven;
  readonly living: readonly NodeId[];
  readonly decided: Round | null;
}

/** The master hears every report and death at once, in the order in which they happen. */
function playMoves(
  rule: (typeof updateRules)[number],
  inputs: number[],
  f: number,
  moves: readonly Move[],
): Played {
  const n = inputs.length;
  const nodes = startNodes(rule, inputs, f, 30);
  const dead = new Set<NodeId>();
  const master = initialStoppingState(n, EPSILON);
  let decided: Round | null = null;
  let heard = 0;
  for (const move of moves) {
    for (const report of nodes.reports.slice(heard)) {
      decided ??= stepStoppingRule(master, { kind: 'report', ...report });
    }
    heard = nodes.reports.length;
    const possible = nodes.inFlight.filter(({ to }) => !dead.has(to));
    const copy = possible[move.pick % Math.max(possible.length, 1)];
    if (copy === undefined) break;
    if (move.kills && dead.size < f) {
      dead.add(copy.to);
      decided ??= stepStoppingRule(master, { kind: 'death', node: copy.to });
    } else deliver(nodes, copy.from, copy.to, copy.round);
  }
  return { nodes, living: allNodes(n).filter((id) => !dead.has(id)), decided };
}

describe('on random schedules with deaths', () => {
  test('rule F never lets outputs part by more than ε, and often fires', () => {
    let fired = 0;
    let pastRound = 0;
    fc.assert(
      fc.property(schedule, ({ rule, size: [n, f], values, moves }) => {
        const { nodes, living, decided } = playMoves(rule, values.slice(0, n), f, moves);
        if (decided === null) return;
        fired += 1;
        if (living.some((id) => roundOf(nodes, id) > decided)) pastRound += 1;
        const outputs = stopAll(nodes, living, decided);
        expect(outputs.every(Number.isFinite)).toBe(true);
        expect(spreadOf(outputs)).toBeLessThanOrEqual(EPSILON);
      }),
      { numRuns: 300 },
    );
    expect(fired).toBeGreaterThan(100);
    expect(pastRound).toBeGreaterThan(50);
  });

  test('equal inputs stay equal to the bit, whoever dies, and round 0 is named', () => {
    let deaths = 0;
    const equalInputs = fc.tuple(schedule, fc.double({ noNaN: true, min: -1e300, max: 1e300 }));
    fc.assert(
      fc.property(equalInputs, ([{ rule, size, moves }, input]) => {
        const [n, f] = size as [number, number];
        const inputs = new Array<number>(n).fill(input);
        const { nodes, living, decided } = playMoves(rule, inputs, f, moves);
        deaths += n - living.length;
        expect(decided).toBe(0);
        for (const { value } of nodes.reports) expect(value).toBe(input + 0);
      }),
      { numRuns: 200 },
    );
    expect(deaths).toBeGreaterThan(50);
  });
});

/** What is wrong with a world, if anything. The promises are those of docs/theory.md. */
import type { Round } from '../../agreement/algorithm.ts';
import { epsilonAgreement, hullOf, spreadOf, validity } from '../../agreement/properties.ts';
import type { Hull, NodeValue } from '../../agreement/properties.ts';
import { toNumber } from '../../agreement/ratio.ts';
import { isResilient } from '../../agreement/resilience.ts';
import { possibleDeliveries, roundOf } from './world.ts';
import type { World } from './world.ts';

export interface Violation {
  /** failure: the user's code threw, or returned what nobody can use. */
  readonly property: 'validity' | 'agreement' | 'termination' | 'contraction' | 'failure';
  /** One sentence with the numbers that show it. */
  readonly what: string;
}

/**
 * Relative to the largest input. An algorithm of the user's may round where ours clamps; an ulp is
 * not the kind of mistake that a search is for.
 */
const TOLERANCE = 1e-9;

/** Null: nothing is wrong so far. A stuck node is wrong only when nothing can be handed over. */
export function judge(world: World): Violation | null {
  return (
    judgeValidity(world) ?? judgeAgreement(world) ?? judgeContraction(world) ?? judgeProgress(world)
  );
}

export function slackOf(inputs: readonly number[]): number {
  return TOLERANCE * Math.max(...inputs.map(Math.abs));
}

/** Every value that is ever held could be output, so every value has to lie in the inputs' hull. */
function judgeValidity({ nodes, schedule: { inputs } }: World): Violation | null {
  const hull = hullOf(inputs.map((value, index) => ({ node: index + 1, value })));
  if (hull === null) return null;
  const held = nodes.flatMap(({ id, values }) => values.map((value) => ({ node: id, value })));
  const { witness, margin } = validity(hull, held);
  if (witness === null || -margin <= slackOf(inputs)) return null;
  const { node, value } = witness;
  const round = nodes[node - 1]?.values.indexOf(value) ?? 0;
  const range = `${show(hull.low.value)} to ${show(hull.high.value)}`;
  const what = `node ${node} holds ${show(value)} after round ${round}, outside of the inputs (${range})`;
  return { property: 'validity', what };
}

function judgeAgreement({ nodes, target: { epsilon } }: World): Violation | null {
  const outputs = nodes.flatMap(({ id, output, crash }) =>
    output === null || crash !== null ? [] : [{ node: id, value: output.value }],
  );
  const { holds, witness, spread } = epsilonAgreement(outputs, epsilon);
  if (holds || witness === null) return null;
  const { low, high } = witness;
  const pair = `node ${low.node} outputs ${show(low.value)}, node ${high.node} ${show(high.value)}`;
  return {
    property: 'agreement',
    what: `${pair}: ${show(spread)} apart, more than ε = ${epsilon}`,
  };
}

/**
 * More than the algorithm claims, between two rounds that every live node has reached. One that
 * claims nothing must at least not stand still: the same values again in every later round.
 */
function judgeContraction(world: World): Violation | null {
  const { target, schedule, nodes } = world;
  const { f, inputs } = schedule;
  const { resilience } = target.algorithm;
  const isSized = isResilient(resilience, inputs.length, f);
  const claim = isSized ? target.algorithm.contraction(inputs.length, f) : null;
  for (let round = 1; isReachedByLiving(world, round); round += 1) {
    const before = spreadOf(hullAfter(world, round - 1));
    const after = spreadOf(hullAfter(world, round));
    const bound = claim === null ? null : toNumber(claim) * before;
    if (bound !== null && after > bound + slackOf(inputs)) {
      const what = `round ${round} leaves a spread of ${show(after)} of ${show(before)}; claimed is ${show(bound)} at most`;
      return { property: 'contraction', what };
    }
    const isStill =
      claim === null && before > target.epsilon && nodes.every((n) => n.crash === null);
    if (isStill && isSame(world, round)) {
      const what = `round ${round} ends with the values it began with, ${show(before)} apart, and so can every later one`;
      return { property: 'contraction', what };
    }
  }
  return null;
}

/** All that was sent to the living is handed over, and somebody waits below the horizon. */
function judgeProgress(world: World): Violation | null {
  const stuck = world.nodes.filter(
    (node) => node.crash === null && node.output === null && roundOf(node) < world.schedule.rounds,
  );
  if (stuck.length === 0 || possibleDeliveries(world).length > 0) return null;
  const who = stuck.map((node) => `node ${node.id} in round ${roundOf(node)}`).join(', ');
  const dead = world.nodes.filter(({ crash }) => crash !== null).length;
  const what = `nothing is on its way any more, and still waiting: ${who} (dead: ${dead}, f = ${world.schedule.f})`;
  return { property: 'termination', what };
}

const isReachedByLiving = ({ nodes }: World, round: Round): boolean =>
  nodes.some((node) => roundOf(node) >= round) &&
  nodes.every((node) => node.crash !== null || roundOf(node) >= round);

/** Of everybody that got so far, nodes that died later included. */
export function hullAfter({ nodes }: World, round: Round): Hull | null {
  const values = nodes.flatMap(({ id, values: all }): NodeValue[] => {
    const value = all[round];
    return value === undefined ? [] : [{ node: id, value }];
  });
  return hullOf(values);
}

function isSame({ nodes }: World, round: Round): boolean {
  const [before, after] = [round - 1, round].map((r) =>
    nodes.map(({ values }) => values[r] ?? NaN).sort((a, b) => a - b),
  );
  return before?.every((value, index) => value === after?.[index]) ?? false;
}

/** Short, and the same for every machine. */
export const show = (value: number): string => String(Number(value.toPrecision(6)));

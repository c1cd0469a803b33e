/**
 * What is wrong with a world, if anything. The promises are those of docs/theory.md.
 *
 * Plain loops: this is asked after every step of every schedule that is tried.
 */
import type { Round } from '../../agreement/algorithm.ts';
import { epsilonAgreement } from '../../agreement/properties.ts';
import type { NodeValue } from '../../agreement/properties.ts';
import { toNumber } from '../../agreement/ratio.ts';
import { isResilient } from '../../agreement/resilience.ts';
import type { Delivery } from './schedule.ts';
import { possibleDeliveries, roundOf } from './world.ts';
import type { World } from './world.ts';

export interface Violation {
  /** failure: the user's code threw, or returned what nobody can use. */
  readonly property: 'validity' | 'agreement' | 'termination' | 'contraction' | 'failure';
  /** One sentence with the numbers that show it. */
  readonly what: string;
}

/** "ε-agreement is violated". */
export const inWords = ({ property }: Violation): string =>
  property === 'failure'
    ? "the algorithm's code fails"
    : `${property === 'agreement' ? 'ε-agreement' : property} is violated`;

/**
 * Relative to the largest input. An algorithm of the user's may round where ours clamps; an ulp is
 * not the kind of mistake that a search is for.
 */
const TOLERANCE = 1e-9;

/** Null: nothing is wrong so far. A stuck node is wrong only when nothing can be handed over. */
export const judge = (world: World): Violation | null =>
  judgeValues(world) ?? judgeProgress(world, possibleDeliveries(world));

/** Can only change when somebody reports, outputs or dies. */
export const judgeValues = (world: World): Violation | null =>
  judgeValidity(world) ?? judgeAgreement(world) ?? judgeContraction(world);

/** Every value that is ever held could be output, so every value has to lie in the inputs' hull. */
function judgeValidity({ nodes, schedule: { inputs } }: World): Violation | null {
  const low = Math.min(...inputs);
  const high = Math.max(...inputs);
  const slack = slackOf(inputs);
  for (const { id, values } of nodes) {
    for (const [round, value] of values.entries()) {
      if (value >= low - slack && value <= high + slack) continue;
      const range = `${show(low)} to ${show(high)}`;
      const what = `node ${id} holds ${show(value)} after ${round} rounds, outside of the inputs (${range})`;
      return { property: 'validity', what };
    }
  }
  return null;
}

/** Outputs of nodes that are not dead by now. */
function judgeAgreement({ nodes, target: { epsilon } }: World): Violation | null {
  const outputs: NodeValue[] = [];
  for (const { id, output, crash } of nodes) {
    if (output !== null && crash === null) outputs.push({ node: id, value: output.value });
  }
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
  const { algorithm, epsilon } = target;
  if (!isReachedByLiving(world, 1)) return null;
  const isSized = isResilient(algorithm.resilience, inputs.length, f);
  const claim = isSized ? algorithm.contraction(inputs.length, f) : null;
  for (let round = 1; isReachedByLiving(world, round); round += 1) {
    const before = spreadAfter(world, round - 1);
    const after = spreadAfter(world, round);
    const bound = claim === null ? Infinity : toNumber(claim) * before;
    if (after > bound + slackOf(inputs)) {
      const what = `round ${round} leaves a spread of ${show(after)} of ${show(before)}; claimed is ${show(bound)} at most`;
      return { property: 'contraction', what };
    }
    const canStand = claim === null && after >= before && before > epsilon;
    if (canStand && nodes.every(({ crash }) => crash === null) && isSame(world, round)) {
      const what = `round ${round} ends with the values it began with, ${show(before)} apart, and so can every later one`;
      return { property: 'contraction', what };
    }
  }
  return null;
}

/** All that was sent to the living is handed over, and somebody waits below the horizon. */
export function judgeProgress(
  { nodes, schedule }: World,
  possible: readonly Delivery[],
): Violation | null {
  if (possible.length > 0) return null;
  const stuck = nodes.filter(
    (node) => node.crash === null && node.output === null && roundOf(node) < schedule.rounds,
  );
  if (stuck.length === 0) return null;
  const who = stuck.map((node) => `node ${node.id} in round ${roundOf(node)}`).join(', ');
  const dead = nodes.filter(({ crash }) => crash !== null).length;
  const what = `nothing is on its way any more, and still waiting: ${who} (dead: ${dead}, f = ${schedule.f})`;
  return { property: 'termination', what };
}

function isReachedByLiving({ nodes }: World, round: Round): boolean {
  let isReached = false;
  for (const node of nodes) {
    if (node.values.length > round) isReached = true;
    else if (node.crash === null) return false;
  }
  return isReached;
}

/** Of everybody that got so far, nodes that died later included. */
export function spreadAfter({ nodes }: World, round: Round): number {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of nodes) {
    const value = values[round];
    if (value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? NaN : high - low;
}

function isSame({ nodes }: World, round: Round): boolean {
  const [before, after] = [round - 1, round].map((r) =>
    nodes.map(({ values }) => values[r] ?? NaN).sort((a, b) => a - b),
  );
  return before?.every((value, index) => value === after?.[index]) ?? false;
}

function slackOf(inputs: readonly number[]): number {
  let largest = 0;
  for (const input of inputs) if (input > largest || -input > largest) largest = Math.abs(input);
  return TOLERANCE * largest;
}

/** Short, and the same for every machine. */
export const show = (value: number): string => String(Number(value.toPrecision(6)));

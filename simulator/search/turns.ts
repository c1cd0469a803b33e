/**
 * Worlds that branch. Nodes are shared between worlds, and what a message does to a node is computed
 * once: there are far fewer states of one node than of the world, and a step costs more than a look-up.
 */
import type { NodeId, RoundMessage } from '../../agreement/algorithm.ts';
import type { StoppingEvent } from '../../agreement/stopping-rule.ts';
import type { Order } from './master-rules.ts';
import { copyOf, keyOf } from './plain-data.ts';
import type { Delivery } from './schedule.ts';
import { messageOf, take, tellMaster } from './world.ts';
import type { NodeHere, World } from './world.ts';

/** What becomes of a node by a message: the same in every world in which it is where it is. */
interface Turn {
  readonly node: NodeHere;
  readonly told: readonly StoppingEvent[];
}

/** Of one exploration: one schedule's inputs and crashes. */
export interface Memory {
  readonly turns: Map<string, Turn>;
  /** Equal data, equal number. What no delivery has touched is the same object as before. */
  readonly numbers: WeakMap<object, number>;
  readonly numbersByKey: Map<string, number>;
}

export const createMemory = (): Memory => ({
  turns: new Map(),
  numbers: new WeakMap(),
  numbersByKey: new Map(),
});

/** The world after a delivery; the one before stays as it is. */
export function follow(memory: Memory, world: World, delivery: Delivery): World {
  const { from, to } = delivery;
  const receiver = world.nodes[to - 1];
  const message = receiver === undefined ? null : messageOf(world, receiver, delivery);
  if (receiver === undefined || message === null) return world;
  const key = `${numberOf(memory, receiver)} ${from} ${keyOf(message)}`;
  const turn = memory.turns.get(key) ?? takeTurn(world, receiver, from, message);
  memory.turns.set(key, turn);
  const nodes = world.nodes.with(to - 1, turn.node);
  if (turn.told.length === 0) return { ...world, nodes };
  const after = { ...world, nodes, master: copyOf(world.master) };
  tellMaster(after, turn.told);
  return after;
}

/** Equal for worlds that nothing can tell apart. */
export function keyOfWorld(memory: Memory, { nodes, master }: World): string {
  const ofNodes = nodes.map((node) => numberOf(memory, node)).join(' ');
  return typeof master === 'object' && master !== null
    ? `${ofNodes} ${numberOf(memory, master)}`
    : ofNodes;
}

function takeTurn(
  world: World,
  receiver: NodeHere,
  from: NodeId,
  message: RoundMessage | Order,
): Turn {
  const node = copyOf(receiver);
  return { node, told: take(world, node, from, message) };
}

function numberOf({ numbers, numbersByKey }: Memory, data: object): number {
  const known = numbers.get(data);
  if (known !== undefined) return known;
  const key = keyOf(data);
  const number = numbersByKey.get(key) ?? numbersByKey.size + 1;
  numbersByKey.set(key, number);
  numbers.set(data, number);
  return number;
}

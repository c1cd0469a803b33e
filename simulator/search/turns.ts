/**
 * Worlds that branch. Nodes are shared between worlds, and what a message does to a node is computed
 * once: there are far fewer states of one node than of the world, and a step costs more than a look-up.
 */
import type { NodeId, RoundMessage } from '../../agreement/algorithm.ts';
import type { StoppingEvent } from '../../agreement/stopping-rule.ts';
import type { Order } from './master-rules.ts';
import { copyOf, keyOf } from './plain-data.ts';
import type { Delivery } from './schedule.ts';
import { giveOrder, messageOf, take } from './world.ts';
import type { NodeHere, World } from './world.ts';

/** What becomes of a node by a message: the same in every world in which it is where it is. */
interface Turn {
  readonly node: NodeHere;
  readonly told: readonly StoppingEvent[];
  /** Whether the node reported, output or died: anything that a judge could mind. */
  readonly isNews: boolean;
}

/** What becomes of the master by what it is told. */
interface Word {
  readonly master: unknown;
  readonly order: Order | null;
}

/** Of one exploration: one schedule's inputs and crashes. */
export interface Memory {
  readonly turns: Map<string, Turn>;
  readonly words: Map<string, Word>;
  /** Equal data, equal number. What no delivery has touched is the same object as before. */
  readonly numbers: WeakMap<object, number>;
  readonly numbersByKey: Map<string, number>;
}

export const createMemory = (): Memory => ({
  turns: new Map(),
  words: new Map(),
  numbers: new WeakMap(),
  numbersByKey: new Map(),
});

export interface Followed {
  readonly world: World;
  readonly isNews: boolean;
}

/** The world after a delivery; the one before stays as it is. */
export function follow(memory: Memory, world: World, delivery: Delivery): Followed {
  const { from, to } = delivery;
  const receiver = world.nodes[to - 1];
  const message = receiver === undefined ? null : messageOf(world, receiver, delivery);
  if (receiver === undefined || message === null) return { world, isNews: false };
  const turn = turnOf(memory, world, receiver, from, message);
  const after = { ...world, nodes: world.nodes.with(to - 1, turn.node) };
  if (after.target.master !== null) for (const event of turn.told) hear(memory, after, event);
  return { world: after, isNews: turn.isNews };
}

function turnOf(
  memory: Memory,
  world: World,
  receiver: NodeHere,
  from: NodeId,
  message: RoundMessage | Order,
): Turn {
  const what = typeof message === 'object' ? `${message.round} ${message.value}` : `${message}`;
  const key = `${numberOf(memory, receiver)} ${from} ${what}`;
  const known = memory.turns.get(key);
  if (known !== undefined) return known;
  const node = copyOf(receiver);
  const told = take(world, node, from, message);
  const hasOutput = node.output !== null && receiver.output === null;
  const turn = { node, told, isNews: told.length > 0 || hasOutput };
  memory.turns.set(key, turn);
  return turn;
}

function hear(memory: Memory, world: World, event: StoppingEvent): void {
  const { target, master } = world;
  const what =
    event.kind === 'report' ? `${event.from} ${event.round} ${event.value}` : `${event.node}`;
  const key = `${numberOf(memory, master as object)} ${what}`;
  let word = memory.words.get(key);
  if (word === undefined) {
    const after = copyOf(master);
    word = { master: after, order: target.master?.step(after, event) ?? null };
    memory.words.set(key, word);
  }
  world.master = word.master;
  if (word.order !== null) giveOrder(world, word.order);
}

/** Equal for worlds that nothing can tell apart. */
export function keyOfWorld(memory: Memory, { nodes, master }: World): string {
  const ofNodes = nodes.map((node) => numberOf(memory, node)).join(' ');
  return typeof master === 'object' && master !== null
    ? `${ofNodes} ${numberOf(memory, master)}`
    : ofNodes;
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

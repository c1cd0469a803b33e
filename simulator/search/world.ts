/**
 * Real participants in the hands of an adversary. There is no time and no network: whoever searches
 * picks the next message that is handed over. Links keep their order, as in every run.
 *
 * Reports reach the master at once; its orders wait until the adversary delivers them. That is less
 * than a real adversary may do, and enough to break a master that is unsound.
 */
import type { Effect, Event, NodeId, Round, RoundMessage } from '../../agreement/algorithm.ts';
import { MASTER } from '../../agreement/algorithm.ts';
import { allNodes } from '../../agreement/resilience.ts';
import type { StoppingEvent } from '../../agreement/stopping-rule.ts';
import type { Order } from './master-rules.ts';
import type { CrashPoint, Delivery, Schedule, Target } from './schedule.ts';

export interface NodeHere {
  readonly id: NodeId;
  readonly state: unknown;
  /** values[r]: its value after r updates, as reported. */
  readonly values: number[];
  /** Its multicasts in order. */
  readonly sent: RoundMessage[];
  /** taken[i]: how many messages of node i + 1 it has been handed, or will never get. */
  readonly taken: number[];
  /** The master's order, on its way. */
  order: Order | null;
  output: { readonly round: Round; readonly value: number } | null;
  /** Where it died. */
  crash: CrashPoint | null;
}

export interface World {
  readonly target: Target;
  readonly schedule: Omit<Schedule, 'deliveries'>;
  /** nodes[i].id = i + 1. */
  readonly nodes: NodeHere[];
  /** The state of the master's rule. */
  master: unknown;
  /** What the master has ordered, once it has. */
  ordered: Order | null;
}

/** All nodes have started, in the order of their ids; nothing has been handed over. */
export function startWorld(target: Target, schedule: Omit<Schedule, 'deliveries'>): World {
  const { f, inputs, rounds } = schedule;
  const n = inputs.length;
  const { outputRound } = target;
  const common = { n, f, lastRound: rounds, outputRound, restsAfterOutput: true };
  const nodes = allNodes(n).map((id): NodeHere => ({
    id,
    state: target.algorithm.initialState({ id, ...common }),
    values: [],
    sent: [],
    taken: inputs.map(() => 0),
    order: null,
    output: null,
    crash: null,
  }));
  const master = target.master?.initialState(n, target.epsilon) ?? null;
  const world: World = { target, schedule, nodes, master, ordered: null };
  for (const [index, input] of inputs.entries()) {
    const node = nodes[index];
    if (node !== undefined) tellMaster(world, step(world, node, { kind: 'start', input }));
  }
  return world;
}

/** At the horizon, or at rest after its output: no value changes anything for it. */
const isDone = ({ schedule, target }: World, node: NodeHere): boolean =>
  roundOf(node) >= schedule.rounds || (node.output !== null && target.algorithm.rule !== undefined);

/** What the adversary may do next. A node that is done is handed no more values. */
export function possibleDeliveries(world: World): Delivery[] {
  return world.nodes.flatMap((receiver) => {
    if (receiver.crash !== null) return [];
    const { id: to, order } = receiver;
    const orders = order === null ? [] : [{ from: MASTER, to }];
    if (isDone(world, receiver)) return orders;
    const senders = world.nodes.filter((sender) => nextMessage(sender, receiver) !== null);
    return [...orders, ...senders.map(({ id: from }) => ({ from, to }))];
  });
}

export const roundOf = ({ values }: NodeHere): Round => values.length - 1;

/** The first message of the sender that the receiver has not been handed; null: none is on its way. */
export function nextMessage(sender: NodeHere, receiver: NodeHere): RoundMessage | null {
  if (sender.id === receiver.id) return null;
  const index = receiver.taken[sender.id - 1] ?? 0;
  const isCut = sender.crash !== null && index === sender.sent.length - 1;
  if (isCut && sender.crash?.reaching.includes(receiver.id) === false) return null;
  return sender.sent[index] ?? null;
}

/** What was handed over, or null when there is nothing to hand over. Changes the world. */
export function deliver(world: World, delivery: Delivery): RoundMessage | Order | null {
  const receiver = world.nodes[delivery.to - 1];
  const message = receiver === undefined ? null : messageOf(world, receiver, delivery);
  if (receiver === undefined || message === null) return null;
  tellMaster(world, take(world, receiver, delivery.from, message));
  return message;
}

/** The message or order that a delivery would hand over; null: there is none. */
export function messageOf(
  world: World,
  receiver: NodeHere,
  { from }: Delivery,
): RoundMessage | Order | null {
  if (receiver.crash !== null) return null;
  if (from === MASTER) return receiver.order;
  const sender = world.nodes[from - 1];
  if (sender === undefined || isDone(world, receiver)) return null;
  return nextMessage(sender, receiver);
}

/** Hands it over: changes the receiver and nothing else. What the master is to be told of it. */
export function take(
  world: World,
  receiver: NodeHere,
  from: NodeId,
  message: RoundMessage | Order,
): StoppingEvent[] {
  if (typeof message === 'object') {
    receiver.taken[from - 1] = (receiver.taken[from - 1] ?? 0) + 1;
    return step(world, receiver, { kind: 'receive', from, message });
  }
  receiver.order = null;
  const round = message === 'current' ? roundOf(receiver) : message;
  return step(world, receiver, { kind: 'stop', round });
}

/** One event, then all its effects, up to a crash. */
function step(world: World, node: NodeHere, event: Event): StoppingEvent[] {
  const told: StoppingEvent[] = [];
  for (const effect of world.target.algorithm.step(node.state, event)) {
    perform(world, node, effect, told);
    if (node.crash !== null) break;
  }
  return told;
}

function perform({ schedule }: World, node: NodeHere, effect: Effect, told: StoppingEvent[]): void {
  const { id: from } = node;
  switch (effect.kind) {
    case 'report': {
      const { round, value } = effect;
      node.values[round] = value;
      told.push({ kind: 'report', from, round, value });
      return;
    }
    case 'multicast': {
      const { message } = effect;
      node.sent.push(message);
      const isHere = (crash: CrashPoint) => crash.node === from && crash.round === message.round;
      node.crash = schedule.crashes.find(isHere) ?? null;
      if (node.crash !== null) told.push({ kind: 'death', node: from });
      return;
    }
    case 'output':
      node.output ??= { round: effect.round, value: effect.value };
  }
}

export function tellMaster(world: World, told: readonly StoppingEvent[]): void {
  for (const event of told) {
    const order = world.target.master?.step(world.master, event) ?? null;
    if (order !== null) giveOrder(world, order);
  }
}

/** Nodes may be shared with other worlds: they are replaced. */
export function giveOrder(world: World, order: Order): void {
  const { nodes } = world;
  world.ordered = order;
  for (const [index, node] of nodes.entries()) {
    if (node.crash === null) nodes[index] = { ...node, order };
  }
}

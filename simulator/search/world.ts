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
import { copyOf } from './plain-data.ts';
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
  readonly master: unknown;
}

/** All nodes have started, in the order of their ids; nothing has been handed over. */
export function startWorld(target: Target, schedule: Omit<Schedule, 'deliveries'>): World {
  const { f, inputs, rounds } = schedule;
  const n = inputs.length;
  const outputRound = target.outputRound;
  const nodes = allNodes(n).map((id): NodeHere => ({
    id,
    state: target.algorithm.initialState({ id, n, f, lastRound: rounds, outputRound }),
    values: [],
    sent: [],
    taken: inputs.map(() => 0),
    order: null,
    output: null,
    crash: null,
  }));
  const master = target.master?.initialState(n, target.epsilon) ?? null;
  const world = { target, schedule, nodes, master };
  for (const node of nodes) step(world, node, { kind: 'start', input: inputs[node.id - 1] ?? 0 });
  return world;
}

/** A world that can go on from here without touching this one; only `node` may be stepped in it. */
export function forkWorld(world: World, node: NodeId): World {
  const nodes = world.nodes.map((here) => (here.id === node ? copyOf(here) : { ...here }));
  return { ...world, nodes, master: copyOf(world.master) };
}

/** What the adversary may do next. A node at the horizon is handed no more values. */
export function possibleDeliveries(world: World): Delivery[] {
  return world.nodes.flatMap((receiver) => {
    if (receiver.crash !== null) return [];
    const { id: to, order } = receiver;
    const orders = order === null ? [] : [{ from: MASTER, to }];
    if (roundOf(receiver) >= world.schedule.rounds) return orders;
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

/** What was handed over, or null when there is nothing to hand over. */
export function deliver(world: World, { from, to }: Delivery): RoundMessage | Order | null {
  const receiver = world.nodes[to - 1];
  if (receiver === undefined || receiver.crash !== null) return null;
  if (from === MASTER) return deliverOrder(world, receiver);
  const sender = world.nodes[from - 1];
  const message = sender === undefined ? null : nextMessage(sender, receiver);
  if (message === null || roundOf(receiver) >= world.schedule.rounds) return null;
  receiver.taken[from - 1] = (receiver.taken[from - 1] ?? 0) + 1;
  step(world, receiver, { kind: 'receive', from, message });
  return message;
}

function deliverOrder(world: World, receiver: NodeHere): Order | null {
  const { order } = receiver;
  if (order === null) return null;
  receiver.order = null;
  const round = order === 'current' ? roundOf(receiver) : order;
  step(world, receiver, { kind: 'stop', round });
  return order;
}

/** One event, then all its effects, up to a crash. */
function step(world: World, node: NodeHere, event: Event): void {
  for (const effect of world.target.algorithm.step(node.state, event)) {
    perform(world, node, effect);
    if (node.crash !== null) return;
  }
}

function perform(world: World, node: NodeHere, effect: Effect): void {
  const { id } = node;
  switch (effect.kind) {
    case 'report':
      node.values[effect.round] = effect.value;
      tellMaster(world, { kind: 'report', from: id, round: effect.round, value: effect.value });
      return;
    case 'multicast': {
      node.sent.push(effect.message);
      const isHere = ({ node: who, round }: CrashPoint) =>
        who === id && round === effect.message.round;
      node.crash = world.schedule.crashes.find(isHere) ?? null;
      if (node.crash !== null) tellMaster(world, { kind: 'death', node: id });
      return;
    }
    case 'output':
      node.output ??= { round: effect.round, value: effect.value };
  }
}

function tellMaster({ target, master, nodes }: World, event: StoppingEvent): void {
  const order = target.master?.step(master, event) ?? null;
  if (order === null) return;
  for (const node of nodes) if (node.crash === null) node.order = order;
}

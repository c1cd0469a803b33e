/**
 * Real participants without a network: the test is the network. It hands over every copy of every
 * multicast itself, when and to whom it likes; a copy that it keeps back is late, or was never sent
 * because the sender died. Nothing here knows an update rule.
 */
import type { Algorithm, Effect, Event, NodeId, Round } from '../../agreement/algorithm.ts';
import { roundBased } from '../../agreement/participant.ts';
import type { ParticipantState } from '../../agreement/participant.ts';
import { allNodes } from '../../agreement/resilience.ts';
import { sendOrder } from '../../agreement/send-order.ts';
import type { UpdateRule } from '../../agreement/update-rule.ts';

export interface Copy {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly round: Round;
  readonly value: number;
}

export interface Report {
  readonly from: NodeId;
  readonly round: Round;
  readonly value: number;
}

export interface HandDriven {
  readonly n: number;
  readonly f: number;
  readonly algorithm: Algorithm<ParticipantState>;
  readonly states: ReadonlyMap<NodeId, ParticipantState>;
  /** Sent and not yet handed over, oldest first. */
  readonly inFlight: Copy[];
  /** In the order the nodes made them. */
  readonly reports: Report[];
  readonly outputs: Map<NodeId, number>;
}

/** Starts n nodes with these inputs; nothing has been handed over yet. */
export function startNodes(
  rule: UpdateRule,
  inputs: readonly number[],
  f: number,
  lastRound: Round = 1000,
): HandDriven {
  const n = inputs.length;
  const algorithm = roundBased(rule);
  const newState = (id: NodeId): ParticipantState =>
    algorithm.initialState({ id, n, f, lastRound, outputRound: null, restsAfterOutput: true });
  const states = new Map(allNodes(n).map((id) => [id, newState(id)]));
  const nodes = { n, f, algorithm, states, inFlight: [], reports: [], outputs: new Map() };
  inputs.forEach((input, index) => stepNode(nodes, index + 1, { kind: 'start', input }));
  return nodes;
}

export function stepNode(nodes: HandDriven, id: NodeId, event: Event): void {
  for (const effect of nodes.algorithm.step(nodes.states.get(id)!, event)) {
    perform(nodes, id, effect);
  }
}

function perform(nodes: HandDriven, from: NodeId, effect: Effect): void {
  switch (effect.kind) {
    case 'report':
      nodes.reports.push({ from, round: effect.round, value: effect.value });
      return;
    case 'multicast':
      for (const to of sendOrder(from, nodes.n))
        nodes.inFlight.push({ from, to, ...effect.message });
      return;
    case 'output':
      nodes.outputs.set(from, effect.value);
  }
}

/** Hands over one copy. Fails when it was never sent or is there already: then the script is wrong. */
export function deliver(nodes: HandDriven, from: NodeId, to: NodeId, round: Round): void {
  const index = nodes.inFlight.findIndex(
    (copy) => copy.from === from && copy.to === to && copy.round === round,
  );
  if (index < 0) throw new Error(`no copy of round ${round} from ${from} to ${to} in flight`);
  const [copy] = nodes.inFlight.splice(index, 1);
  stepNode(nodes, to, { kind: 'receive', from, message: { round, value: copy!.value } });
}

/** Every node of the list ends `round` with exactly this receive set (its own id included). */
export function deliverQuorums(
  nodes: HandDriven,
  round: Round,
  receiveSets: Readonly<Record<NodeId, readonly NodeId[]>>,
): void {
  for (const [id, senders] of Object.entries(receiveSets)) {
    const to = Number(id);
    for (const from of senders) if (from !== to) deliver(nodes, from, to, round);
  }
}

/** Copies to and from these nodes are lost: they died, and what is in flight was never sent. */
export function dropCopies(nodes: HandDriven, isLost: (copy: Copy) => boolean): void {
  const kept = nodes.inFlight.filter((copy) => !isLost(copy));
  nodes.inFlight.splice(0, nodes.inFlight.length, ...kept);
}

/** The value of a node after `round` updates; fails when it has not got that far. */
export function valueAt(nodes: HandDriven, id: NodeId, round: Round): number {
  const value = nodes.states.get(id)!.history[round];
  if (value === undefined) throw new Error(`node ${id} has not reached round ${round}`);
  return value;
}

/** The round a node is in: the number of updates it has made. */
export const roundOf = (nodes: HandDriven, id: NodeId): Round =>
  nodes.states.get(id)!.history.length - 1;

export const valuesAt = (nodes: HandDriven, round: Round, ids: readonly NodeId[]): number[] =>
  ids.map((id) => valueAt(nodes, id, round));

export const spreadOf = (values: readonly number[]): number =>
  Math.max(...values) - Math.min(...values);

/** The end of a simulated run: its outcome, what still waits, and the numbers that are kept of it. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { peerAt } from '../agreement/send-order.ts';
import { noticedUs } from '../faults/pauses.ts';
import type { Outcome } from '../record/events.ts';
import { advance, firstPosition } from './flights.ts';
import type { Message } from './flights.ts';
import { recordParting } from './node-events.ts';
import type { Simulation } from './simulation.ts';
import { end } from './virtual-master.ts';
import type { Arrived, VirtualNode } from './virtual-node.ts';

export interface SimulatedNode {
  readonly id: NodeId;
  /** values[r]: the value after r updates. */
  readonly values: readonly number[];
  readonly output: { readonly round: Round; readonly value: number } | null;
  readonly isCrashed: boolean;
}

export interface SimulatedRun {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
  /** The round that the master named; null: none, or `stop rounds`. */
  readonly decided: Round | null;
  /** Largest round that any node has reached. */
  readonly largest: Round;
  /** Microseconds of virtual time. */
  readonly decideUs: number | null;
  readonly finishUs: number;
  /** Messages between nodes: sent, and handed to a participant. */
  readonly sent: number;
  readonly delivered: number;
  readonly nodes: readonly SimulatedNode[];
}

export function finishRun(simulation: Simulation): SimulatedRun {
  const { master, nodes, sent, delivered } = simulation;
  if (master.ending === null) endForLackOfEvents(simulation);
  const { outcome, reason, t } = master.ending ?? NO_ENDING;
  if (simulation.recording !== null) recordFinish(simulation, outcome, reason, t);
  return {
    outcome,
    reason,
    decided: master.decided?.round ?? null,
    largest: nodes.reduce((most, { values }) => Math.max(most, values.length - 1), 0),
    decideUs: master.decided?.t ?? null,
    finishUs: t,
    sent,
    delivered,
    nodes,
  };
}

const NO_ENDING = { outcome: 'failure', reason: 'the run has no ending', t: 0 } as const;

/** Nothing is under way any more: a cluster would only notice after its patience. */
function endForLackOfEvents({ master, nodes, config, nowUs }: Simulation): void {
  const living = nodes.filter((node) => !node.isCrashed && node.output === null);
  if (living.every(({ values }) => values.length > config.lastRound)) {
    const reason = `every live node is in round ${config.lastRound}, the last one, and no round is within ε`;
    end(master, 'round-limit', reason, nowUs);
    return;
  }
  const [slowest] = living.toSorted((a, b) => a.values.length - b.values.length);
  const waits =
    slowest === undefined
      ? 'the master waits'
      : `node ${slowest.id} waits in round ${slowest.values.length - 1}`;
  end(master, 'no-progress', `nothing is under way any more, and ${waits}`, nowUs);
}

function recordFinish(simulation: Simulation, outcome: Outcome, reason: string, t: number): void {
  const { recording, nodes } = simulation;
  recording?.master({ kind: 'finish', t, outcome, reason });
  for (const node of nodes) continueNode(simulation, node, t);
  const underWay = arrivedByNode(simulation);
  for (const { id, isCrashed, hasFailed, heldForEver, gate, missed } of nodes) {
    if (isCrashed || hasFailed) continue;
    const withheld = gate?.withheld.map((message) => ({ ...message, delay: null })) ?? [];
    const unread = (missed ?? []).filter((event) => 'arrived' in event);
    const waiting = [...heldForEver, ...withheld, ...unread, ...(underWay.get(id) ?? [])];
    for (const { kind, ...message } of waiting) {
      if (kind === 'receive') recording?.node(id, { kind: 'pending', t, ...message });
    }
    recording?.node(id, { kind: 'finish', t, outcome });
  }
}

/** A stopped process could neither finish nor leave; what it has missed is too late for the run. */
function continueNode({ recording }: Simulation, node: VirtualNode, t: number): void {
  if (node.missed === null || node.isCrashed) return;
  recording?.master({ kind: 'resume', t, node: node.id, origin: 'scripted' });
  for (const event of node.missed) {
    if (event.kind === 'death') recordParting(recording, node.id, event, t);
  }
}

/** Empties the queue, in its order. */
function arrivedByNode({ flights, nodes }: Simulation): Map<NodeId, Arrived[]> {
  const byNode = new Map<NodeId, Arrived[]>();
  while (flights.size > 0) {
    const slot = flights.slots[0] as number;
    const from = flights.from[slot] as number;
    const due = flights.dueUs[0] as number;
    const sent = flights.sentUs[slot] as number;
    const message = flights.messages[slot] as Message;
    const position = firstPosition(flights);
    advance(flights);
    // A second copy that still waits leaves no trace.
    if (position >= nodes.length - 1) continue;
    const receiver = peerAt(from, position, nodes.length);
    const waiting = byNode.get(receiver) ?? [];
    const arrived = noticedUs(nodes[receiver - 1]?.pauses ?? null, sent);
    waiting.push({ kind: 'receive', from, ...message, arrived, delay: due - arrived });
    byNode.set(receiver, waiting);
  }
  return byNode;
}

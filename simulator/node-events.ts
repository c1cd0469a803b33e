/** What a simulated node does: the driver of node-process/driver.ts with a queue for a network. */
import type { Effect, Event, NodeId } from '../agreement/algorithm.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import type { PlannedCrash } from '../faults/fault-plan.ts';
import { admit, takeFreed } from '../faults/receive-gate.ts';
import type { ReceiveGate } from '../faults/receive-gate.ts';
import type { Message } from './flights.ts';
import type { Recording } from './recording.ts';
import { queueControl, sendCopies } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { end } from './virtual-master.ts';
import { crashIn } from './virtual-node.ts';
import type { Arrived, Missed, VirtualNode } from './virtual-node.ts';

export function startNode(simulation: Simulation, node: VirtualNode): void {
  if (node.isCrashed || isMissed(node, START)) return;
  const { input } = node;
  simulation.recording?.node(node.id, { kind: 'start', t: simulation.nowUs, input });
  step(simulation, node, { kind: 'start', input });
}

export function stopNode(simulation: Simulation, node: VirtualNode, round: number): void {
  if (node.isCrashed || isMissed(node, { kind: 'stop', round })) return;
  simulation.recording?.node(node.id, { kind: 'stop', t: simulation.nowUs, round });
  step(simulation, node, { kind: 'stop', round });
}

const START = { kind: 'start' } as const;

/** A stopped process takes notice of nothing. */
function isMissed({ missed }: VirtualNode, event: Missed): boolean {
  missed?.push(event);
  return missed !== null;
}

/** What the living see of a death: the goodbye of an announced one, and that both links end. */
export function seeDeath(
  { recording, nowUs: t }: Simulation,
  node: VirtualNode,
  dead: NodeId,
  isAnnounced: boolean,
): void {
  const death = { node: dead, isAnnounced };
  if (!isMissed(node, { kind: 'death', ...death })) recordParting(recording, node.id, death, t);
}

export function recordParting(
  recording: Recording | null,
  id: NodeId,
  { node: dead, isAnnounced }: { readonly node: NodeId; readonly isAnnounced: boolean },
  t: number,
): void {
  if (isAnnounced) recording?.node(id, { kind: 'fail', t, from: dead });
  recording?.node(id, { kind: 'link', t, peer: dead, direction: 'in', how: 'closed' });
  recording?.node(id, { kind: 'link', t, peer: dead, direction: 'out', how: 'closed' });
}

/** A message is due at a node. Microseconds; `delay`: what it was asked to wait. */
export function arriveAt(
  simulation: Simulation,
  node: VirtualNode,
  kind: Arrived['kind'],
  from: NodeId,
  message: Message,
  arrived: number,
  delay: number,
): void {
  if (node.isCrashed) return;
  if (node.missed !== null) {
    node.missed.push({ kind, from, ...message, arrived, delay });
    return;
  }
  if (node.gate === null) handOver(simulation, node, kind, from, message, arrived, delay);
  else passGate(simulation, node, node.gate, { kind, from, ...message, arrived, delay });
}

/** A receive set may keep it back, and sets others free once the round is over. */
function passGate(
  simulation: Simulation,
  node: VirtualNode,
  gate: ReceiveGate<Arrived>,
  message: Arrived,
): void {
  let next = admit(gate, roundOf(node), message) ? message : null;
  while (next !== null) {
    const { kind, from, round, value, arrived } = next;
    handOver(simulation, node, kind, from, { round, value }, arrived, simulation.nowUs - arrived);
    next = node.isCrashed ? null : takeFreed(gate, roundOf(node));
  }
}

const roundOf = (node: VirtualNode): number => node.values.length - 1;

function handOver(
  simulation: Simulation,
  node: VirtualNode,
  kind: Arrived['kind'],
  from: NodeId,
  message: Message,
  arrived: number,
  delay: number,
): void {
  const { recording, nowUs: t } = simulation;
  if (kind === 'receive') simulation.delivered += 1;
  recording?.node(node.id, { kind, t, from, ...message, arrived, delay });
  step(simulation, node, { kind: 'receive', from, message });
}

/** One event, then all of its effects, up to a planned crash. */
function step(simulation: Simulation, node: VirtualNode, event: Event): void {
  for (const effect of answerTo(simulation, node, event)) {
    perform(simulation, node, effect);
    if (node.isCrashed) return;
  }
}

/** A user's algorithm may throw: the run is over then, and nobody's crash. */
function answerTo(simulation: Simulation, node: VirtualNode, event: Event): Effect[] {
  try {
    return node.algorithm.step(node.state, event);
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    const { nowUs: t, master, recording } = simulation;
    node.hasFailed = true;
    recording?.node(node.id, { kind: 'abandoned', t, reason: error.message });
    end(master, 'algorithm-failed', error.message, t);
    return [];
  }
}

function perform(simulation: Simulation, node: VirtualNode, effect: Effect): void {
  const { nowUs: t, recording } = simulation;
  const { id } = node;
  switch (effect.kind) {
    case 'report':
      node.values.push(effect.value);
      recording?.node(id, { t, ...effect });
      queueControl(simulation, {
        kind: 'report',
        node: id,
        round: effect.round,
        value: effect.value,
      });
      return;
    case 'multicast':
      multicast(simulation, node, effect.message, crashIn(node, effect));
      return;
    case 'output': {
      const { round, value } = effect;
      node.output = { round, value };
      recording?.node(id, { t, ...effect });
      queueControl(simulation, { kind: 'output', node: id, round, value });
    }
  }
}

function multicast(
  simulation: Simulation,
  node: VirtualNode,
  message: Message,
  crash: PlannedCrash | null,
): void {
  const { nowUs: t, recording, config } = simulation;
  const to = crash?.reached ?? 'all';
  recording?.node(node.id, { kind: 'multicast', t, ...message, to });
  sendCopies(simulation, node.id, message, crash === null ? null : new Set(crash.reached));
  if (crash === null) return;
  node.isCrashed = true;
  const mode = config.faults.crashMode;
  recording?.node(node.id, { kind: 'crash', t, round: crash.round, mode });
  queueControl(simulation, { kind: 'death', node: node.id });
}

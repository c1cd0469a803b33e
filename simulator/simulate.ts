/**
 * A run in virtual time: the participant and the stopping rule of the cluster, with a queue instead
 * of a network. Sending takes no time; messages between nodes wait at their receiver as delays,
 * holds and receive sets say (faults/); what the master sends and hears is never delayed.
 *
 * What happens at the same microsecond happens in the order in which it was sent: every start,
 * report, copy of a multicast (in send order), output, death and order of the master gets the next
 * sequence number, and (due, sequence) is the order. The starts come first, by id. So a run is a
 * function of its config alone.
 */
import type { Algorithm, NodeId, Round } from '../agreement/algorithm.ts';
import { algorithmOf } from '../agreement/algorithms.ts';
import { invariant } from '../agreement/invariant.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { noticedUs } from '../faults/pauses.ts';
import { peerAt } from '../agreement/send-order.ts';
import { advance, firstPosition } from './flights.ts';
import type { Message } from './flights.ts';
import { arriveAt, seeDeath, startNode, stopNode } from './node-events.ts';
import { finishRun } from './finish-run.ts';
import type { SimulatedRun } from './finish-run.ts';
import type { Recording } from './recording.ts';
import { maybeAct } from './acting.ts';
import { createSimulation, queueControl, takeControl } from './simulation.ts';
import type { Control, Simulation } from './simulation.ts';
import { deadlineUs, onDeadline, onDeath, onOutput, onReport } from './virtual-master.ts';
import type { VirtualNode } from './virtual-node.ts';

export interface SimulateOptions {
  /** The user's own, or one instead of the config's; without it: the built-in one. */
  readonly algorithm?: Algorithm<unknown>;
  readonly recording?: Recording;
}

/** `plan`: planFaults of the config. Throws InvariantError for an algorithm that nobody knows. */
export function simulate(
  config: RunConfig,
  plan: FaultPlan,
  options: SimulateOptions = {},
): SimulatedRun {
  const algorithm = options.algorithm ?? algorithmOf(config, null);
  invariant(algorithm !== null, `no algorithm ${config.algorithm}`);
  const recording = options.recording ?? null;
  const simulation = createSimulation(config, plan, algorithm, recording);
  recording?.master({ kind: 'start', t: 0 });
  for (const { id } of config.nodes) queueControl(simulation, { kind: 'start', node: id });
  while (simulation.master.ending === null) {
    if (simulation.script !== null && maybeAct(simulation)) continue;
    const control = takeControl(simulation);
    if (control !== null) onControl(simulation, control);
    else if (simulation.flights.size > 0) deliverNext(simulation);
    else break;
  }
  return finishRun(simulation);
}

function onControl(simulation: Simulation, control: Control): void {
  const { master, recording, nowUs: t } = simulation;
  const node = simulation.nodes[control.node - 1] as VirtualNode;
  switch (control.kind) {
    case 'start':
      startNode(simulation, node);
      return;
    case 'stop':
      stopNode(simulation, node, control.round);
      return;
    case 'report': {
      const { node: from, round, value } = control;
      recording?.master({ kind: 'report', t, from, round, value });
      giveOrder(simulation, onReport(master, { from, round, value }, t));
      return;
    }
    case 'output': {
      const { node: from, round, value } = control;
      recording?.master({ kind: 'output', t, from, round, value });
      onOutput(master, from, t);
      return;
    }
    case 'death':
      recordDeath(simulation, control.node);
      giveOrder(simulation, onDeath(master, control.node, t));
  }
}

/** The master's word to every node that it believes alive. */
function giveOrder(simulation: Simulation, round: Round | null): void {
  if (round === null) return;
  simulation.recording?.master({ kind: 'decide', t: simulation.nowUs, round });
  for (const node of simulation.master.stopping.live) {
    queueControl(simulation, { kind: 'stop', node, round });
  }
}

/** Whoever is killed from outside says no goodbye. */
function recordDeath(simulation: Simulation, dead: NodeId): void {
  const { recording, nodes, config, nowUs: t } = simulation;
  if (recording === null) return;
  const isKilled = nodes[dead - 1]?.isKilled === true;
  const isAnnounced = config.faults.crashMode === 'announce' && !isKilled;
  for (const node of nodes) if (!node.isCrashed) seeDeath(simulation, node, dead, isAnnounced);
  if (isAnnounced) recording.master({ kind: 'fail', t, from: dead });
  recording.master({ kind: 'death', t, node: dead, cause: 'closed' });
}

function deliverNext(simulation: Simulation): void {
  const { flights, nodes, master } = simulation;
  const due = flights.dueUs[0] as number;
  if (due > deadlineUs(master)) {
    onDeadline(master);
    return;
  }
  simulation.nowUs = due;
  const slot = flights.slots[0] as number;
  const from = flights.from[slot] as number;
  const message = flights.messages[slot] as Message;
  const sent = flights.sentUs[slot] as number;
  const n = nodes.length;
  const position = firstPosition(flights);
  const isCopy = position >= n - 1;
  const peer = peerAt(from, isCopy ? position - (n - 1) : position, n);
  const receiver = nodes[peer - 1] as VirtualNode;
  const arrived = noticedUs(receiver.pauses, sent);
  const kind = isCopy ? 'duplicate' : 'receive';
  advance(flights);
  arriveAt(simulation, receiver, kind, from, message, arrived, due - arrived);
}

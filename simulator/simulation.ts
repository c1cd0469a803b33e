/** The state of a simulated run, and the two queues that everything goes through. */
import type { Algorithm, NodeId, Round } from '../agreement/algorithm.ts';
import { peerAt } from '../agreement/send-order.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { copyDueUs } from '../faults/duplicates.ts';
import { dueUs } from '../faults/link-clock.ts';
import { noticedUs } from '../faults/pauses.ts';
import { scriptOf } from '../faults/script.ts';
import type { ScriptedAction } from '../faults/script.ts';
import { addCopy, createFlights, launch, prepareFlight } from './flights.ts';
import type { Flights } from './flights.ts';
import type { Recording } from './recording.ts';
import { createMaster } from './virtual-master.ts';
import type { VirtualMaster } from './virtual-master.ts';
import { createNode } from './virtual-node.ts';
import type { VirtualNode } from './virtual-node.ts';

/** Everything that is neither a message between nodes nor ever delayed. */
export type Control =
  | { readonly kind: 'start' | 'death'; readonly node: NodeId }
  /** From a node to the master. */
  | {
      readonly kind: 'report' | 'output';
      readonly node: NodeId;
      readonly round: Round;
      readonly value: number;
    }
  /** From the master to a node: output your value of this round. */
  | { readonly kind: 'stop'; readonly node: NodeId; readonly round: Round };

export interface Simulation {
  readonly config: RunConfig;
  /** nodes[i].id = i + 1, as in the config. */
  readonly nodes: readonly VirtualNode[];
  readonly master: VirtualMaster;
  readonly recording: Recording | null;
  readonly flights: Flights;
  /** Due at once: from `nextControl` to before `endControl`, each with its sequence number beside it. */
  readonly controls: Control[];
  readonly controlSequences: number[];
  nextControl: number;
  endControl: number;
  /** What is still to be done to OS processes, in order; null: nothing is scripted. */
  readonly script: ScriptedAction[] | null;
  /** Microseconds since the start. */
  nowUs: number;
  nextSequence: number;
  /** Messages that were sent to peers, and those that were handed to a participant. */
  sent: number;
  delivered: number;
}

export function createSimulation(
  config: RunConfig,
  plan: FaultPlan,
  algorithm: Algorithm<unknown>,
  recording: Recording | null,
): Simulation {
  return {
    config,
    nodes: config.nodes.map(({ id }) => createNode(algorithm, id, config, plan)),
    master: createMaster(config),
    recording,
    // A second copy has the position of the first plus n − 1.
    flights: createFlights((config.nodes.length - 1) * (canDuplicate(config) ? 2 : 1)),
    controls: [],
    controlSequences: [],
    nextControl: 0,
    endControl: 0,
    script: scriptOf(config.faults),
    nowUs: 0,
    nextSequence: 0,
    sent: 0,
    delivered: 0,
  };
}

const canDuplicate = ({ faults }: RunConfig): boolean => faults.duplicate !== undefined;

export function queueControl(simulation: Simulation, control: Control): void {
  const { controls, controlSequences, endControl } = simulation;
  controls[endControl] = control;
  controlSequences[endControl] = simulation.nextSequence;
  simulation.endControl += 1;
  simulation.nextSequence += 1;
}

/** The next control if nothing was sent earlier that is due now; null: it is a flight's turn. */
export function takeControl(simulation: Simulation): Control | null {
  const { controls, controlSequences, flights, nextControl, endControl, nowUs } = simulation;
  if (nextControl === endControl) return null;
  const isFlightFirst =
    flights.size > 0 &&
    (flights.dueUs[0] as number) <= nowUs &&
    (flights.sequence[0] as number) < (controlSequences[nextControl] as number);
  if (isFlightFirst) return null;
  simulation.nextControl += 1;
  if (simulation.nextControl === endControl) {
    // The arrays keep their length: to cut and to grow them again takes longer than a delivery.
    simulation.nextControl = 0;
    simulation.endControl = 0;
  }
  return controls[nextControl] as Control;
}

/** `reached` null: everybody. Copies that are held for ever are sent, but never under way. */
export function sendCopies(
  simulation: Simulation,
  sender: NodeId,
  message: { readonly round: Round; readonly value: number },
  reached: ReadonlySet<NodeId> | null,
): void {
  const { flights, nodes, nowUs, recording, nextSequence } = simulation;
  const n = nodes.length;
  const hasCopies = canDuplicate(simulation.config);
  const slot = prepareFlight(flights, sender, message, nowUs, nextSequence);
  for (let position = 0; position < n - 1; position += 1) {
    const peer = peerAt(sender, position, n);
    if (reached !== null && !reached.has(peer)) continue;
    const receiver = nodes[peer - 1] as VirtualNode;
    simulation.sent += 1;
    // Nobody will take it: half of the copies of a run in which half of the nodes are dead.
    if (receiver.isCrashed) continue;
    // A stopped process reads what has come when it is continued; its delay counts from then.
    const arrived = noticedUs(receiver.pauses, nowUs);
    const { linkClock, startedUs } = receiver;
    const due = dueUs(linkClock, sender, message.round, arrived - startedUs);
    const waitUs = startedUs - nowUs;
    if (due !== null) {
      addCopy(flights, slot, due + waitUs, position);
      const copyDue = hasCopies ? copyDueUs(linkClock, sender, message.round, due) : null;
      if (copyDue !== null) addCopy(flights, slot, copyDue + waitUs, position + n - 1);
    } else if (recording !== null) {
      const kind = 'receive';
      receiver.heldForEver.push({ kind, from: sender, ...message, arrived, delay: null });
    }
  }
  launch(flights, slot);
  simulation.nextSequence += flights.copiesMax;
}

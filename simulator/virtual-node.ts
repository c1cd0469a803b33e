/** One simulated node: the participant, what is planned for it, and what is known of it. */
import type { Algorithm, Effect, NodeId, Round } from '../agreement/algorithm.ts';
import { parametersOf } from '../agreement/parameters.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan, PlannedCrash } from '../faults/fault-plan.ts';
import type { Closure } from '../faults/closures.ts';
import { createLinkClock } from '../faults/link-clock.ts';
import type { LinkClock } from '../faults/link-clock.ts';
import { noticedUs, pausesOf } from '../faults/pauses.ts';
import { createReceiveGate } from '../faults/receive-gate.ts';
import type { ReceiveGate } from '../faults/receive-gate.ts';

/** A message that has come to a node, as the record has it. Times in microseconds. */
export interface Arrived {
  readonly kind: 'receive' | 'duplicate';
  readonly from: NodeId;
  readonly round: Round;
  readonly value: number;
  readonly arrived: number;
  /** What it was asked to wait by its delay and holds; null: held for ever. */
  readonly delay: number | null;
}

/** What happens to a node while its process is stopped: it takes notice when it is continued. */
export type Missed =
  | Arrived
  | { readonly kind: 'start' }
  | { readonly kind: 'stop'; readonly round: Round }
  /** A peer's; announced: it said goodbye. */
  | { readonly kind: 'death'; readonly node: NodeId; readonly isAnnounced: boolean };

export interface VirtualNode {
  readonly id: NodeId;
  readonly input: number;
  readonly crash: PlannedCrash | null;
  readonly linkClock: LinkClock;
  /** Null: the node uses whatever comes first. */
  readonly gate: ReceiveGate<Arrived> | null;
  /** The participant: the same code as in a node process. */
  readonly algorithm: Algorithm<unknown>;
  readonly state: unknown;
  /** values[r]: the value after r updates, as reported. */
  readonly values: number[];
  /** Of a recorded run: what will never be handed over. */
  readonly heldForEver: Arrived[];
  output: { readonly round: Round; readonly value: number } | null;
  /** Dead, by a planned crash or by a kill from outside. */
  isCrashed: boolean;
  isKilled: boolean;
  /** Its scripted pauses; null: there are none. */
  readonly pauses: readonly Closure[] | null;
  /** Microseconds: when it reads the start record, from which its link clock counts. */
  readonly startedUs: number;
  /** Paused: what it has missed so far, in order; null: it runs. */
  missed: Missed[] | null;
  /** The user's algorithm failed here, which ends the run. */
  hasFailed: boolean;
}

export function createNode(
  algorithm: Algorithm<unknown>,
  id: NodeId,
  config: RunConfig,
  plan: FaultPlan,
): VirtualNode {
  const { nodes, seed, faults } = config;
  const n = nodes.length;
  const pauses = pausesOf(faults, id);
  return {
    id,
    input: nodes[id - 1]?.input ?? 0,
    crash: plan.crashes.find((planned) => planned.node === id) ?? null,
    linkClock: createLinkClock(id, n, seed, faults),
    gate: createReceiveGate<Arrived>(id, faults),
    algorithm,
    state: algorithm.initialState(parametersOf(id, config)),
    values: [],
    heldForEver: [],
    output: null,
    isCrashed: false,
    isKilled: false,
    pauses,
    startedUs: noticedUs(pauses, 0),
    missed: null,
    hasFailed: false,
  };
}

/** What would follow the multicast that the node does not survive never happens. */
export const crashIn = (node: VirtualNode, effect: Effect): PlannedCrash | null =>
  effect.kind === 'multicast' && effect.message.round === node.crash?.round ? node.crash : null;

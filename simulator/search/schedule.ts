/**
 * What an adversary decides: the inputs, who crashes in the middle of which multicast, and who hears
 * what in which order. Plain data, so that a schedule can be played, shrunk, shown and saved.
 */
import type { Algorithm, NodeId, Round } from '../../agreement/algorithm.ts';
import type { MasterRule } from './master-rules.ts';

/** What is under attack. Everything else is the adversary's. */
export interface Target {
  readonly algorithm: Algorithm<unknown>;
  readonly epsilon: number;
  /** Null: nodes output their value of round `outputRound` unasked, or never. */
  readonly master: MasterRule | null;
  /** R under `stop rounds`, else null. */
  readonly outputRound: Round | null;
}

/** The node dies in its multicast of this round, after exactly these peers have got it. */
export interface CrashPoint {
  readonly node: NodeId;
  readonly round: Round;
  readonly reaching: readonly NodeId[];
}

/** The next message of this link is handed over; from 0: the master's order to output. */
export interface Delivery {
  readonly from: NodeId;
  readonly to: NodeId;
}

export interface Schedule {
  readonly f: number;
  /** inputs[i] is that of node i + 1. */
  readonly inputs: readonly number[];
  /** Nobody makes more updates than this: the horizon of a search. */
  readonly rounds: Round;
  /** At most f. */
  readonly crashes: readonly CrashPoint[];
  /** In this order. What cannot be handed over at its turn is left out. */
  readonly deliveries: readonly Delivery[];
}

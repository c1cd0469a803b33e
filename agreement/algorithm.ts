/**
 * The contract between an algorithm and whoever drives it: events in, effects out.
 *
 * A driver (a node process on real sockets, the simulator in virtual time, a replay of a recorded
 * run) hands one event to `step`, performs all returned effects in their order, and only then hands
 * over the next event. Nothing here may touch a socket, a clock, randomness or the environment.
 */
import type { Ratio } from './ratio.ts';

/** A participant: 1 … n. The master is 0 and is no participant. */
export type NodeId = number;

/** A round-r message carries the sender's value after r updates; round 0 carries the input. */
export type Round = number;

export const MASTER: NodeId = 0;

/** What one participant is told once, before its first event. Plain data. */
export interface Parameters {
  readonly id: NodeId;
  readonly n: number;
  readonly f: number;
  /** No message of a later round is ever multicast or accepted: bounds memory and the run. */
  readonly lastRound: Round;
  /** Output the value of this round unasked (`stop rounds`); null: wait for the master's word. */
  readonly outputRound: Round | null;
  /**
   * Enter no further round after the output. The others need this node's messages of the rounds before
   * the one that is output, and these are out: whatever follows would cost n² messages a round for nothing.
   */
  readonly restsAfterOutput: boolean;
}

export interface RoundMessage {
  readonly round: Round;
  readonly value: number;
}

export type Event =
  | { readonly kind: 'start'; readonly input: number }
  | { readonly kind: 'receive'; readonly from: NodeId; readonly message: RoundMessage }
  /** The master's output record: output exactly the value of `round`, even if it is long past. */
  | { readonly kind: 'stop'; readonly round: Round };

export type Effect =
  /** To the master, before the multicast of the same round. `used`: the quorum, in arrival order. */
  | {
      readonly kind: 'report';
      readonly round: Round;
      readonly value: number;
      readonly used: readonly NodeId[];
    }
  /** One send to every other node; the fault plan may stop the driver between two of them. */
  | { readonly kind: 'multicast'; readonly message: RoundMessage }
  | { readonly kind: 'output'; readonly round: Round; readonly value: number };

/** The condition on n and f under which an algorithm's guarantees hold: n > factor · f. */
export interface Resilience {
  readonly model: string;
  readonly factor: number;
}

export interface Algorithm<State> {
  readonly name: string;
  readonly resilience: Resilience;
  /** Proven worst-case contraction per round, or null when nothing is proven. */
  contraction(n: number, f: number): Ratio | null;
  /** The state is plain data (numbers, arrays, Maps): it can be cloned, hashed and shown. */
  initialState(parameters: Parameters): State;
  /**
   * Mutates `state` only. Never asynchronous. Throws InvariantError on a bug of our own, and a user's
   * algorithm AlgorithmError on one of theirs (algorithm-error.ts).
   */
  step(state: State, event: Event): Effect[];
  /**
   * Of a round-based algorithm its update: n − f ascending values in, the next one out, before
   * `applyRule` clamps it. For an auditor, who recomputes updates without the participant. Absent
   * where a step is anything else than that.
   */
  readonly rule?: { update(sorted: Float64Array, f: number): number };
}

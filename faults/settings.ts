/** What a config says about faults and delays. Plain data; all of it is part of the config's digest. */
import type { NodeId, Round } from '../agreement/algorithm.ts';

/**
 * Chance of a crash. `send`: before each send to a peer. `round`: the same chance for every n,
 * spread over the n − 1 sends of a round. `round-end`: once per round, after all its sends.
 */
export interface CrashHazard {
  readonly probability: number;
  readonly per: 'send' | 'round' | 'round-end';
}

/** announce: a fail message to everybody, then exit. silent: killed on the spot, no goodbye. */
export type CrashMode = 'announce' | 'silent';

/** `crash 3 round 2 after 1` or `crash 3 round 2 reaching 1 2`. */
export interface ScriptedCrash {
  readonly node: NodeId;
  readonly round: Round;
  /** How many sends of the round's multicast still happen, or exactly which peers are reached. */
  readonly extent: { readonly after: number } | { readonly reaching: readonly NodeId[] };
}

/** `hold 4 1 rounds 0-5 until 300`: the link's messages of these rounds wait at the receiver. */
export interface Hold {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly firstRound: Round;
  readonly lastRound: Round;
  /** Milliseconds after the start record; null: never released. */
  readonly untilMs: number | null;
}

/** `use 1-3 rounds 0-5 from 1-3`: exactly these messages end these rounds of these nodes. */
export interface ReceiveSet {
  readonly nodes: readonly NodeId[];
  readonly firstRound: Round;
  readonly lastRound: Round;
  /** n − f ids, all of `nodes` among them. */
  readonly from: readonly NodeId[];
}

/** Milliseconds. Draws are integer microseconds; a cap bounds the distributions with long tails. */
export type DelayDistribution =
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'constant'; readonly delayMs: number }
  /** minMs + an exponential with this mean. */
  | {
      readonly kind: 'exponential';
      readonly minMs: number;
      readonly meanMs: number;
      readonly capMs: number;
    }
  /** median · e^(σ · standard normal). */
  | {
      readonly kind: 'lognormal';
      readonly medianMs: number;
      readonly sigma: number;
      readonly capMs: number;
    }
  /** minMs · (1−u)^(−1/α). */
  | {
      readonly kind: 'pareto';
      readonly minMs: number;
      readonly alpha: number;
      readonly capMs: number;
    };

export interface FaultSettings {
  readonly crash: CrashHazard;
  readonly crashMode: CrashMode;
  /** Only these nodes may be drawn to crash. */
  readonly candidates: readonly NodeId[];
  readonly scriptedCrashes: readonly ScriptedCrash[];
  readonly holds: readonly Hold[];
  /** Absent when nothing is scripted: configs without receive sets keep their digest. */
  readonly uses?: readonly ReceiveSet[];
  readonly delay: DelayDistribution;
  /** fifo: a message never overtakes an earlier one of its link. any: it may. */
  readonly order: 'fifo' | 'any';
}

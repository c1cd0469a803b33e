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

/** Milliseconds after the start record, from this one on to before that one; null: it has no end. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** `hold 4 1 from 200 until 300`: what the link would hand over in the period waits for its end. */
export interface TimedHold extends Period {
  readonly from: NodeId;
  readonly to: NodeId;
}

/** `partition 1 2 | 3-5 from 100 until 400`: such a hold on every link between two of the sets. */
export interface Partition extends Period {
  readonly sets: readonly (readonly NodeId[])[];
}

/** `slow 2 factor 3`, `slow 2 plus 0 50`: messages from and to the node wait longer. */
export interface SlowNode {
  readonly node: NodeId;
  readonly by: { readonly factor: number } | { readonly plus: DelayDistribution };
}

/** `loss 0.1 rto 20 cap 1000 burst 0.5`: lost attempts are sent again, so that loss is delay. */
export interface Loss {
  readonly probability: number;
  /** Wait before the first resend; each further one waits twice as long as the one before. */
  readonly rtoMs: number;
  /** All of a message's resends together wait at most this long; then it gets through. */
  readonly capMs: number;
  /** Chance of a loss after a loss; absent: as ever. */
  readonly burst?: number;
}

/** `clog every 200 for 50 cap 500`: now and then a link hands over nothing, then all at once. */
export interface Clog {
  /** Mean of the exponential time from the end of one to the beginning of the next. */
  readonly everyMs: number;
  /** Mean of the exponential time that one lasts, and the longest. */
  readonly forMs: number;
  readonly capMs: number;
}

/** `kill 3 at 400`: SIGKILL from outside. It counts against f like a scripted crash. */
export interface Kill {
  readonly node: NodeId;
  /** Milliseconds after the start record. */
  readonly atMs: number;
}

/** `pause 3 from 200 until 500`: its OS process is stopped and continued. Slow, not dead. */
export interface Pause extends Period {
  readonly node: NodeId;
}

/** What is done to OS processes by the clock of the run; absent like link faults. */
export interface ProcessFaults {
  readonly kills?: readonly Kill[];
  readonly pauses?: readonly Pause[];
}

/** Faults of links. Each is absent when no line asks for it: configs without keep their digest. */
export interface LinkFaults {
  readonly timedHolds?: readonly TimedHold[];
  readonly partitions?: readonly Partition[];
  readonly slow?: readonly SlowNode[];
  readonly loss?: Loss;
  /** Chance that a second copy of a message comes after it. */
  readonly duplicate?: number;
  readonly clog?: Clog;
}

export interface FaultSettings extends LinkFaults, ProcessFaults {
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

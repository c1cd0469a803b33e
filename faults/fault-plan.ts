/** The fault plan: what happens to whom, where and when. A pure function of config and seed, plan.ts. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { CrashMode, Hold, LinkFaults, ProcessFaults } from './settings.ts';

export interface PlannedCrash {
  readonly node: NodeId;
  readonly origin: 'scripted' | 'drawn';
  readonly round: Round;
  /** Peers that still get the node's message of that round, in send order; then the node dies. */
  readonly reached: readonly NodeId[];
}

/** What the config says about links is planned as it is: their draws are made by key when needed. */
export interface FaultPlan extends LinkFaults, ProcessFaults {
  /** Schema of plan.json. */
  readonly version: 1;
  readonly seed: number;
  readonly n: number;
  readonly f: number;
  /** No fault is planned past this round: nobody multicasts later. */
  readonly lastRound: Round;
  readonly crashMode: CrashMode;
  /** At most f less the kills, in (round, position, hash, id) order after the scripted ones. */
  readonly crashes: readonly PlannedCrash[];
  /** Drawn, but over the budget of f. These nodes do not crash. */
  readonly skipped: readonly PlannedCrash[];
  readonly holds: readonly Hold[];
}

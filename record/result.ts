/**
 * The type of result.json: what a run was, whether it was right and what it cost. Scripts read this
 * file, people read summary.txt. docs/record.md explains every field.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Traffic } from './events.ts';
import type { Damage } from './read-events.ts';
import type { Environment } from './run-command.ts';

export const RESULT_SCHEMA = 1;

export type Verdict = 'pass' | 'violated' | 'inconclusive';

/** unverifiable: the record does not tell, or an assumption of the property did not hold. */
export type PropertyState = 'proved' | 'violated' | 'unverifiable';

export interface Result {
  readonly version: typeof RESULT_SCHEMA;
  readonly verdict: Verdict;
  /** What `cluster` ends with; docs/exit-codes.md. */
  readonly exitCode: number;
  /** One sentence. The first of `reasons`, or what a pass rests on. */
  readonly reason: string;
  /** Everything that keeps the run from a pass. */
  readonly reasons: readonly string[];
  readonly identity: Identity;
  readonly properties: Properties;
  /** What the auditor checked, oracle by oracle; docs/check.md. */
  readonly oracles: readonly OracleResult[];
  readonly rounds: RoundsUsed;
  readonly ledger: readonly LedgerEntry[];
  readonly statistics: Statistics;
  readonly damage: readonly Damage[];
  /** The command that repeats the run's decisions: the same plan, the same delays. */
  readonly repeat: string;
  readonly environment: Environment | null;
}

/** Null: not in the record. */
export interface Identity {
  readonly run: string | null;
  readonly name: string | null;
  readonly algorithm: string | null;
  readonly n: number | null;
  readonly f: number | null;
  readonly epsilon: number | null;
  readonly seed: number | null;
  readonly seedFrom: RunConfig['seedFrom'] | null;
  /** Of the config without addresses. */
  readonly digest: string | null;
}

export interface Properties {
  readonly validity: ValidityResult;
  readonly agreement: AgreementResult;
  readonly termination: TerminationResult;
  readonly faultBound: FaultBoundResult;
}

/** `not applicable`: this run gives the oracle nothing to look at. */
export type OracleState = PropertyState | 'not applicable';

export interface OracleResult {
  /** O1, O2, …; docs/check.md has one row for each. */
  readonly id: string;
  readonly name: string;
  readonly state: OracleState;
  /** One sentence with the numbers. */
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, number>>;
  /** Where it is broken; the first ones of `broken`. */
  readonly witnesses: readonly Witness[];
  readonly broken: number;
  /** What could not be checked, and why. */
  readonly unchecked: readonly string[];
}

/** A place that shows that an oracle is broken. null: not about one. */
export interface Witness {
  readonly sentence: string;
  readonly node: NodeId | null;
  readonly round: Round | null;
  /** Sender of a message. */
  readonly from: NodeId | null;
  /** file:line in the run directory. */
  readonly at: string | null;
}

interface PropertyResult {
  readonly state: PropertyState;
  /** One sentence with the numbers. */
  readonly sentence: string;
}

export interface ValidityResult extends PropertyResult {
  readonly low: number | null;
  readonly high: number | null;
  /** Distance of the most exposed value to the nearer end of the inputs; negative: outside. */
  readonly margin: number | null;
  /** How many values of how many rounds were looked at, outputs included. */
  readonly checked: number;
  readonly witness: { readonly node: NodeId; readonly value: number; readonly at: string } | null;
}

export interface AgreementResult extends PropertyResult {
  readonly epsilon: number | null;
  readonly spread: number | null;
  readonly ratio: number | null;
  readonly witness: {
    readonly low: { readonly node: NodeId; readonly value: number };
    readonly high: { readonly node: NodeId; readonly value: number };
  } | null;
}

export interface TerminationResult extends PropertyResult {
  readonly done: number;
  readonly of: number;
  readonly missing: readonly NodeId[];
  /** Who could have acted and did not. */
  readonly witness: string | null;
}

export interface FaultBoundResult extends PropertyResult {
  readonly count: number;
  /** Of them by the fault plan. */
  readonly injected: number;
  readonly f: number | null;
  readonly faulty: readonly NodeId[];
}

export interface RoundsUsed {
  readonly deciding: Round | null;
  readonly largest: Round | null;
  /** Proven worst case; null: nothing is proven. */
  readonly worstCase: Round | null;
  /** R: nobody may need more. */
  readonly limit: Round | null;
}

/**
 * fired: happened as planned. not reached: the run was over before. skipped: drawn, but over the
 * budget of f. missed: should have happened and did not, or otherwise. unplanned: a death that
 * nobody planned.
 */
export type LedgerStatus = 'fired' | 'not reached' | 'skipped' | 'missed' | 'unplanned';

export interface LedgerEntry {
  /** hold: a link held back. use: a scripted receive set. pause: a stopped OS process. The others: keywords. */
  readonly fault:
    'crash' | 'hold' | 'partition' | 'pause' | 'slow' | 'loss' | 'duplicate' | 'clog' | 'use';
  /** live: a person did it at the live page. none: nobody planned it. */
  readonly origin: 'scripted' | 'drawn' | 'live' | 'none';
  readonly status: LedgerStatus;
  /**
   * Who crashes or is slow; the sender of a held link; the first receiver of a receive set, the first
   * node of a partition; 0: all links.
   */
  readonly node: NodeId;
  readonly round: Round | null;
  /** Peers that were to get the last multicast, or whose messages were to be used; null: nothing. */
  readonly planned: readonly NodeId[] | null;
  /** Peers that recorded its arrival; of a receive set the nodes that used it. */
  readonly observed: readonly NodeId[];
  /** Peers of whom the record does not tell: they ended before they could have noted it. */
  readonly unknown: readonly NodeId[];
  readonly sentence: string;
}

export interface Statistics {
  readonly rounds: readonly RoundStatistics[];
  readonly contraction: ContractionStatistics;
  readonly messages: MessageStatistics;
  readonly crashes: Readonly<Record<LedgerStatus, number>>;
  readonly timing: TimingStatistics;
  readonly delays: DelayStatistics | null;
  readonly processes: readonly ProcessStatistics[];
}

export interface RoundStatistics {
  readonly round: Round;
  /** How many nodes' values of this round are known, dead ones included. */
  readonly known: number;
  readonly low: number;
  readonly high: number;
  readonly spread: number;
  /** Spread over that of the round before; null for round 0 or after a spread of 0. */
  readonly contraction: number | null;
}

/** Per round: the proven worst case, the geometric mean and the worst that was measured. */
export interface ContractionStatistics {
  readonly proven: number | null;
  readonly mean: number | null;
  readonly worst: number | null;
}

/** Value messages between nodes, counted from the events of all nodes, dead ones included. */
export interface MessageStatistics {
  readonly sent: number;
  /** Handed to the participant. */
  readonly delivered: number;
  /** Delivered when the receiver was past the round already. */
  readonly late: number;
  /** In no quorum: late, left in an inbox, or still waiting at the end. */
  readonly unused: number;
  /** Waiting for their time when the run ended. */
  readonly pending: number;
  readonly refused: number;
  /** Largest number of peers' messages that waited in one inbox. */
  readonly inboxDeepest: { readonly node: NodeId; readonly messages: number } | null;
  /** Sum of what the processes that ended in order counted as sent, by type of record. */
  readonly traffic: Traffic;
}

/** Milliseconds since the run's origin; null: it did not come to that. */
export interface TimingStatistics {
  readonly registeredMs: number | null;
  readonly readyMs: number | null;
  readonly startMs: number | null;
  readonly decideMs: number | null;
  readonly lastOutputMs: number | null;
  readonly finishMs: number | null;
  /** From the report or death that settled a round to the master's decision. */
  readonly decisionLagMs: number | null;
}

/** Milliseconds. asked: drawn, held, or behind an earlier message (FIFO). error: later than asked. */
export interface DelayStatistics {
  readonly messages: number;
  readonly askedMedianMs: number;
  readonly actualMedianMs: number;
  readonly errorMedianMs: number;
  readonly errorWorstMs: number;
}

export interface ProcessStatistics {
  /** 0: the master. */
  readonly id: NodeId;
  readonly cpuMs: number;
  readonly rssBytesMax: number;
  readonly sent: Traffic;
  readonly received: Traffic;
}

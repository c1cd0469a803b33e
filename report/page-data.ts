/**
 * What the page of a run shows, as one compact and versioned JSON document. The file report.html
 * carries one in it; a live page gets a newer one whenever something has happened. docs/report.md
 * has every field.
 *
 * Times are microseconds since the start barrier (before it: negative), whatever the run's origin.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { FaultSettings } from '../faults/settings.ts';
import type { Outcome } from '../record/events.ts';
import type { Result } from '../record/result.ts';
import type { SweepResult, SweepRuns } from './sweep-data.ts';

export const PAGE_SCHEMA = 1;

export interface PageData {
  readonly version: typeof PAGE_SCHEMA;
  /** Null while the run goes on: nothing is judged yet. */
  readonly result: Result | null;
  /** Null when the record has none. */
  readonly config: PageConfig | null;
  /** By id. */
  readonly nodes: readonly PageNode[];
  readonly messages: PageMessages;
  readonly processes: readonly PageProcess[];
  readonly master: PageMaster;
}

export interface PageConfig {
  readonly name: string;
  readonly algorithm: string;
  readonly n: number;
  readonly f: number;
  readonly epsilon: number;
  readonly seed: number;
  readonly stop: 'frozen' | 'rounds';
  readonly worstCase: Round | null;
  /** R: nobody may need more. */
  readonly rounds: Round;
  /** Proven worst case per round; null: nothing is proven. */
  readonly contraction: number | null;
  readonly delay: FaultSettings['delay'];
  readonly order: FaultSettings['order'];
  readonly crash: FaultSettings['crash'];
  readonly crashMode: FaultSettings['crashMode'];
  /** What else the config does to links and processes, a sentence each. */
  readonly faults: readonly string[];
}

export interface PageNode {
  readonly id: NodeId;
  /** values[r]: after r updates, from whoever saw it; null: not in the record. */
  readonly values: readonly (number | null)[];
  /** When it had values[r], by its own clock. */
  readonly entered: readonly (number | null)[];
  /** used[r]: whose values of round r − 1 made values[r], in order of arrival, its own included. */
  readonly used: readonly (readonly NodeId[] | null)[];
  /** Its last word before a planned crash. */
  readonly crash: { readonly round: Round; readonly t: number } | null;
  /** Declared by the master, with the cause. */
  readonly death: { readonly t: number; readonly cause: string } | null;
  readonly output: { readonly round: Round; readonly value: number; readonly t: number } | null;
  /** Its last event; null: it left none. */
  readonly lastT: number | null;
}

/**
 * One column per fact. Copy k of multicast m goes to peer k of its sender's send order, so sender,
 * round and receiver of a copy follow from its place: copies stand in the order of the multicasts,
 * n − 1 each, sent or not.
 */
export interface PageMessages {
  readonly from: readonly NodeId[];
  readonly round: readonly Round[];
  readonly t: readonly number[];
  readonly value: readonly number[];
  /** One letter per copy, see `Fate`. */
  readonly fates: string;
  /** Of the copies whose arrival is recorded: arrival − t. */
  readonly flight: readonly number[];
  /** Of the same: microseconds it was asked to wait; null: for ever. */
  readonly asked: readonly (number | null)[];
  /** Of the copies that were handed over: when, counted from their arrival. */
  readonly waited: readonly number[];
  /** Copies of later rounds that would make the page too large. */
  readonly leftOut: number;
}

/**
 * u used: in its receiver's quorum. l late: its receiver was past the round. i idle: in time, but not
 * among the n − f that counted. p pending: still waiting at the end. c lost with the crash of its
 * sender, who did not send it any more. d sent to somebody who died before taking it. n not
 * recorded: sent when the run was ending, or the receiver's file is damaged.
 */
export type Fate = 'u' | 'l' | 'i' | 'p' | 'c' | 'd' | 'n';

export interface PageProcess {
  /** 0: the master. */
  readonly id: NodeId;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly rssBytesMax: number;
  /** Null: not counted. */
  readonly loopBusyUs: number | null;
  readonly lifeUs: number | null;
}

export interface PageMaster {
  /** From the run's origin to the start barrier; null: it did not come to that. */
  readonly originToStartUs: number | null;
  /** How many nodes have registered, and how many are connected to all others. */
  readonly joined: number;
  readonly ready: number;
  readonly actions: readonly PageAction[];
  readonly decide: { readonly round: Round; readonly t: number } | null;
  readonly finish: {
    readonly outcome: Outcome;
    readonly reason: string;
    readonly t: number;
  } | null;
}

/** What was done to the run from outside. A kill has no end; nor has what lasted to the end. */
export interface PageAction {
  readonly kind: 'pause' | 'hold' | 'kill';
  /** The receiver of a held link. */
  readonly node: NodeId;
  /** The sender of a held link; null: it was about no link. */
  readonly from: NodeId | null;
  readonly origin: 'live' | 'scripted';
  readonly t: number;
  readonly until: number | null;
  /** The line of a config that does the same. */
  readonly line: string;
}

/**
 * What report.html carries: one run, two beside each other, or a sweep. A live page gets newer runs
 * later.
 */
export type PageDocument =
  | { readonly version: typeof PAGE_SCHEMA; readonly kind: 'run'; readonly run: PageData }
  | { readonly version: typeof PAGE_SCHEMA; readonly kind: 'live'; readonly run: PageData }
  | {
      readonly version: typeof PAGE_SCHEMA;
      readonly kind: 'comparison';
      readonly left: ComparedRun;
      readonly right: ComparedRun;
      readonly comparison: Comparison;
    }
  | {
      readonly version: typeof PAGE_SCHEMA;
      readonly kind: 'sweep';
      readonly sweep: SweepResult;
      readonly runs: SweepRuns;
    };

export interface ComparedRun {
  /** Where it came from, for people. */
  readonly name: string;
  readonly data: PageData;
}

export interface Comparison {
  /** In rounds, then in nodes, the first step in which the runs part; null: none. */
  readonly first: Difference | null;
  readonly settings: readonly {
    readonly name: string;
    readonly left: string;
    readonly right: string;
  }[];
  readonly rounds: readonly RoundComparison[];
}

export interface Difference {
  readonly round: Round;
  readonly node: NodeId;
  /**
   * input: they start with different values. quorum: the node used the values of other nodes. value:
   * it used those of the same nodes and got another value. end: it reached the round in one run only.
   */
  readonly kind: 'input' | 'quorum' | 'value' | 'end';
  /** One sentence, runs called A (left) and B (right). */
  readonly sentence: string;
}

export interface RoundComparison {
  readonly round: Round;
  /** Nodes that have a value of the round in both runs, and in one of them only. */
  readonly inBoth: number;
  readonly inOne: number;
  /** Of those in both: how many used other nodes' values, and how many got another value. */
  readonly otherQuorum: number;
  readonly otherValue: number;
}

/** What the launcher and its children say to each other beside the wire. Nothing else passes there. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { Action } from './action.ts';
import type { Address } from '../configs/run-config.ts';
import type { TransportOptions } from './transport.ts';

/**
 * The launcher tells a node where the master listens, and that the run was cut short: a node that
 * had not joined by then hears it from nobody else.
 */
export type ToNode =
  { readonly kind: 'master-at'; readonly address: Address } | { readonly kind: 'leave' };

/** The launcher tells the master. */
export type ToMaster =
  | { readonly kind: 'exited'; readonly node: NodeId; readonly how: string }
  | { readonly kind: 'interrupt'; readonly signal: string }
  | { readonly kind: 'act'; readonly request: number; readonly action: Action };

/** The master tells the launcher. */
export type FromMaster =
  | { readonly kind: 'listening'; readonly address: Address }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Answers `act`. problem: why it could not be done; null: it is done. */
  | { readonly kind: 'acted'; readonly request: number; readonly problem: string | null };

export type RunStage = 'joining' | 'connecting' | 'running' | 'deciding' | 'finished';

/** A snapshot for the live view. */
export interface Progress {
  readonly stage: RunStage;
  readonly decided: Round | null;
  readonly nodes: readonly NodeProgress[];
}

export interface NodeProgress {
  readonly id: NodeId;
  readonly state: 'awaited' | 'joined' | 'ready' | 'running' | 'output' | 'dead';
  /** Last reported round and value; null before the first report. */
  readonly round: Round | null;
  readonly value: number | null;
}

/** What the launcher puts on a node's command line, as one JSON argument. */
export interface LaunchedNode {
  readonly id: NodeId;
  /** The name of this machine: to find it out oneself costs each start a millisecond. */
  readonly hostname: string;
  /** The run's origin on the monotonic clock of this machine, in microseconds (run-clock.ts). */
  readonly originMonotonicUs: number;
  readonly listen: Address;
  readonly digest: string;
  readonly transport: TransportOptions;
  readonly waitMs: number;
}

/** The same for who rehearses the lives of several nodes (node-process/snapshot.ts). */
export interface Rehearsal {
  readonly master: Address;
  readonly nodes: readonly LaunchedNode[];
}

/** The same for the master. The resolved config lies in the run directory. */
export interface LaunchedMaster {
  readonly directory: string;
  /** False only under bench/: neither master nor nodes record anything. */
  readonly isRecorded: boolean;
  readonly run: string;
  /** Microseconds since 1970. */
  readonly originUs: number;
  readonly originMonotonicUs: number;
  readonly listen: Address;
  readonly digest: string;
  readonly transport: TransportOptions;
  readonly waitMs: number;
}

/**
 * What a process writes down: one NDJSON file per process, one event per line, oldest first.
 *
 * `t` is microseconds since the run's origin (the moment the launcher, or by hand the master, made
 * the run directory), by the monotonic clock; a process started by hand finds the origin on it by the
 * wall clock, once (runtime/run-clock.ts).
 * A step's events are written before the step's first send: a dead node's file is a prefix of its
 * life, never a fragment in the middle. The last line may be cut. docs/record.md has every field.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';

/** 2 added duplicate, hold, release, kill, pause and resume; a record of schema 1 reads as it always did. */
export const EVENT_SCHEMA = 2;

export type ProcessKind = 'node' | 'master' | 'launcher' | 'simulator';

export interface HeaderEvent {
  readonly kind: 'header';
  readonly t: number;
  readonly schema: 1 | typeof EVENT_SCHEMA;
  readonly run: string;
  readonly process: ProcessKind;
  /** 0 for anything but a node. */
  readonly id: NodeId;
  /** Wall clock of the run's origin, microseconds since 1970. */
  readonly originUs: number;
  readonly pid: number;
  readonly node: string;
  /** Name of the machine that pid belongs to. Only nodes say it. */
  readonly host?: string;
}

/** Written by a node. */
export type NodeEvent =
  | { readonly kind: 'start'; readonly t: number; readonly input: number }
  /**
   * A message is handed to the participant. arrived: when its bytes came; delay: microseconds it was
   * asked to wait (draw and holds; null: held for ever). A message still waiting at the end of the
   * run is recorded as `pending`.
   */
  | {
      readonly kind: 'receive' | 'pending';
      readonly t: number;
      readonly from: NodeId;
      readonly round: Round;
      readonly value: number;
      readonly arrived: number;
      readonly delay: number | null;
    }
  /** The second copy of a message that was handed over before is handed over as well. */
  | {
      readonly kind: 'duplicate';
      readonly t: number;
      readonly from: NodeId;
      readonly round: Round;
      readonly value: number;
      readonly arrived: number;
      readonly delay: number | null;
    }
  | {
      readonly kind: 'report';
      readonly t: number;
      readonly round: Round;
      readonly value: number;
      readonly used: readonly NodeId[];
    }
  /** to: 'all' in the order of sendOrder, or the peers that get it before a planned crash. */
  | {
      readonly kind: 'multicast';
      readonly t: number;
      readonly round: Round;
      readonly value: number;
      readonly to: 'all' | readonly NodeId[];
    }
  /** The master's output record has come. */
  | { readonly kind: 'stop'; readonly t: number; readonly round: Round }
  | { readonly kind: 'output'; readonly t: number; readonly round: Round; readonly value: number }
  /** A planned crash: this is the last line, written before the sends of `multicast.to`. */
  | {
      readonly kind: 'crash';
      readonly t: number;
      readonly round: Round;
      readonly mode: 'announce' | 'silent';
    }
  /** By the master's word nothing of this peer is handed over from now on, or all that waited is. */
  | { readonly kind: 'hold' | 'release'; readonly t: number; readonly from: NodeId }
  /** A peer's goodbye. Recorded, no more. */
  | { readonly kind: 'fail'; readonly t: number; readonly from: NodeId }
  /** A link ended before the finish record. in: from peer to here; out: from here to peer. */
  | {
      readonly kind: 'link';
      readonly t: number;
      readonly peer: NodeId;
      readonly direction: 'in' | 'out';
      readonly how: string;
    }
  | RefusedEvent
  | { readonly kind: 'finish'; readonly t: number; readonly outcome: string }
  | StatisticsEvent
  /** The node ends early, of its own will: master gone, told to leave, its algorithm failed. */
  | { readonly kind: 'abandoned'; readonly t: number; readonly reason: string };

/** A record that was refused, counted and named. from: null when the sender is unknown. */
export interface RefusedEvent {
  readonly kind: 'refused';
  readonly t: number;
  readonly from: NodeId | null;
  readonly reason: string;
  /** How many refusals this line stands for; absent: one. A flood of them must not fill the disk. */
  readonly count?: number;
}

/** Counters of one process's whole life. Bytes are frames as sent, length prefix included. */
export interface StatisticsEvent {
  readonly kind: 'statistics';
  readonly t: number;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly rssBytesMax: number;
  /** Microseconds that the event loop was not waiting. Absent where nothing counted them. */
  readonly loopBusyUs?: number;
  readonly sent: Traffic;
  readonly received: Traffic;
}

/** By type of record: value (node to node), report, output, fail, control. */
export type Traffic = Readonly<
  Record<string, { readonly messages: number; readonly bytes: number }>
>;

/** Written by the master. */
export type MasterEvent =
  | {
      readonly kind: 'registered';
      readonly t: number;
      readonly node: NodeId;
      readonly host: string;
      readonly port: number;
    }
  | { readonly kind: 'ready'; readonly t: number; readonly node: NodeId }
  | { readonly kind: 'start'; readonly t: number }
  | {
      readonly kind: 'report';
      readonly t: number;
      readonly from: NodeId;
      readonly round: Round;
      readonly value: number;
    }
  | { readonly kind: 'fail'; readonly t: number; readonly from: NodeId }
  /** The one declaration of a death. */
  | { readonly kind: 'death'; readonly t: number; readonly node: NodeId; readonly cause: string }
  /**
   * Somebody, or a script, acts on a node from outside. Recorded before it is done: SIGSTOP, SIGCONT
   * or SIGKILL to its OS process.
   */
  | {
      readonly kind: 'pause' | 'resume' | 'kill';
      readonly t: number;
      readonly node: NodeId;
      readonly origin: ActionOrigin;
    }
  /** The same for a link: its receiver is told to hold its messages back, or to let them go. */
  | {
      readonly kind: 'hold' | 'release';
      readonly t: number;
      readonly from: NodeId;
      readonly to: NodeId;
      readonly origin: ActionOrigin;
    }
  /** A node says that its link from or to a peer ended. */
  | {
      readonly kind: 'link';
      readonly t: number;
      readonly reporter: NodeId;
      readonly from: NodeId;
      readonly to: NodeId;
    }
  /** The stopping rule's decision; the output record goes to every live node. */
  | { readonly kind: 'decide'; readonly t: number; readonly round: Round }
  | {
      readonly kind: 'output';
      readonly t: number;
      readonly from: NodeId;
      readonly round: Round;
      readonly value: number;
    }
  /**
   * The run is over. outcome: 'complete', or the code of what cut it short. reason: one sentence.
   */
  | {
      readonly kind: 'finish';
      readonly t: number;
      readonly outcome: Outcome;
      readonly reason: string;
    }
  | RefusedEvent
  | StatisticsEvent;

/** live: a person at the live page. scripted: a line of the config. */
export type ActionOrigin = 'live' | 'scripted';

export type Outcome =
  | 'complete'
  | 'too-many-deaths'
  | 'broken-link'
  | 'no-progress'
  | 'time-limit'
  | 'round-limit'
  | 'death-before-start'
  | 'interrupted'
  /** The user's algorithm threw, or returned what is no value. */
  | 'algorithm-failed'
  | 'failure';

/** Written by the launcher: what it alone knows. code and signal as the operating system gave them. */
export type LauncherEvent =
  | { readonly kind: 'spawned'; readonly t: number; readonly node: NodeId; readonly pid: number }
  | {
      readonly kind: 'exited';
      readonly t: number;
      readonly node: NodeId;
      readonly code: number | null;
      readonly signal: string | null;
    }
  | { readonly kind: 'interrupted'; readonly t: number; readonly signal: string };

export type RecordedEvent = HeaderEvent | NodeEvent | MasterEvent | LauncherEvent;

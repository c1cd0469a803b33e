/**
 * What a process says to another one, as our own closed union. message.proto has the meaning of
 * every field; codec.ts turns records into frames and checks what comes back.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';

/** Version of the wire. A process refuses another one; see Refuse in message.proto. */
export const WIRE_VERSION = 1;

/** Why the master turns a node away, or, for `algorithm`, why a node cannot go on. */
export type RefuseCode =
  | 'version'
  | 'digest'
  | 'unknown-id'
  | 'duplicate-id'
  | 'run-full'
  /** Declared dead when its connection ended; it must not go on. */
  | 'fenced'
  /** The run ends before it has begun, because others did not come, or because it was stopped. */
  | 'peer-missing'
  | 'stopped'
  /** From a node: the user's algorithm cannot be loaded, or has failed. */
  | 'algorithm';

/** A record of the algorithm. Its four legal shapes are in check-message.ts. */
export interface MessageRecord {
  readonly kind: 'message';
  readonly from: NodeId;
  /** null: absent. 0 is a value. */
  readonly value: number | null;
  readonly round: Round | null;
  readonly output: boolean;
  readonly fail: boolean;
}

export interface HelloRecord {
  readonly kind: 'hello';
  readonly version: number;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly run: string;
}

export interface RegisterRecord {
  readonly kind: 'register';
  readonly version: number;
  readonly id: NodeId;
  readonly host: string;
  readonly port: number;
  /** Empty: the node has no config of its own. */
  readonly digest: string;
}

export interface AddressEntry {
  readonly id: NodeId;
  readonly host: string;
  readonly port: number;
}

export interface WelcomeRecord {
  readonly kind: 'welcome';
  readonly run: string;
  readonly directory: string;
  readonly originUs: number;
  /** JSON of the resolved config; not parsed here. */
  readonly config: string;
  readonly addresses: readonly AddressEntry[];
  /** Code of the user's own; empty: the algorithm is built in. */
  readonly algorithm: string;
}

export interface RefuseRecord {
  readonly kind: 'refuse';
  /** A RefuseCode; a node leaves on any other code as well. */
  readonly code: string;
  readonly reason: string;
}

export interface LinkRecord {
  readonly kind: 'link';
  readonly reporter: NodeId;
  readonly from: NodeId;
  readonly to: NodeId;
}

/** The master's word that a link is to be held back at its receiver, or let go. */
export interface HoldRecord {
  readonly kind: 'hold';
  readonly from: NodeId;
  readonly held: boolean;
}

export interface FinishRecord {
  readonly kind: 'finish';
  readonly outcome: string;
  readonly reason: string;
}

/** The next bytes of the event file of a node that cannot write into the run directory. */
export interface PieceRecord {
  readonly kind: 'piece';
  readonly from: NodeId;
  readonly data: Uint8Array;
}

/** Bytes of a piece: with its frame it stays below what a node may send at once. */
export const PIECE_BYTES_MAX = 4_000;

export type WireRecord =
  | MessageRecord
  | HelloRecord
  | RegisterRecord
  | WelcomeRecord
  | RefuseRecord
  | { readonly kind: 'ready'; readonly from: NodeId }
  | { readonly kind: 'start' }
  | LinkRecord
  | FinishRecord
  | HoldRecord
  | PieceRecord
  | { readonly kind: 'done'; readonly from: NodeId };

/**
 * Something another process sent that cannot be right. A value, never an exception: whatever comes
 * over the wire must not crash the receiver. docs/wire.md lists the reasons.
 */
export interface PeerFault {
  readonly kind: 'fault';
  readonly reason:
    | 'frame-too-long'
    | 'bad-length'
    | 'malformed'
    | 'no-record'
    | 'no-version'
    | 'bad-value'
    | 'bad-shape'
    | 'bad-field';
  /** For people: what came, and what would have been right. */
  readonly detail: string;
}

export const fault = (reason: PeerFault['reason'], detail: string): PeerFault => ({
  kind: 'fault',
  reason,
  detail,
});

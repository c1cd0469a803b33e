/**
 * A connection that is only read. Its first record says who dials: Hello from a member of the run,
 * Register from a node that wants to become one. Anything else, silence included, ends it.
 */
import type { Socket } from 'node:net';
import type { NodeId } from '../agreement/algorithm.ts';
import { decodeRecord } from '../proto/codec.ts';
import { createFrameDecoder, NODE_FRAME_BYTES_MAX } from '../proto/frame-decoder.ts';
import type { FrameDecoder } from '../proto/frame-decoder.ts';
import type { PeerFault, WireRecord } from '../proto/records.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import { identityName } from './identity.ts';
import { keepAlive } from './transport.ts';
import type { Transport } from './transport.ts';

/** The far end of an identified connection. */
export interface Member {
  readonly id: NodeId;
  /** The longest frame to take from it from now on; unless told the same as for a first record. */
  readonly frameBytesMax?: number;
  /**
   * A whole, well-formed record. bytes: its frame's payload. Returns why it is refused, or null.
   * A refused record is dropped; the connection goes on as long as its frames are intact, and until
   * it has sent REFUSED_MAX of them.
   */
  onRecord(record: WireRecord, bytes: number): string | null;
  /** Told once, after everything readable has been read; `how` for people. */
  onEnd(how: string): void;
}

export interface InboundPolicy {
  readonly door: Doorkeeper;
  /** The longest first record; nobody knows yet who sends it. 4 KiB unless told. */
  readonly frameBytesMax?: number;
  /** Who is it, by its first record? A string says why it is turned away. */
  identify(first: WireRecord, bytes: number, close: () => void): Member | string;
  /** Counted and recorded by the owner. from: null before identification. */
  onRefused(from: NodeId | null, reason: string): void;
}

interface Connection {
  readonly socket: Socket;
  readonly policy: InboundPolicy;
  /** Whose certificate it has shown; null: nobody asked. */
  readonly proven: NodeId | null;
  readonly decoder: FrameDecoder;
  /** It no longer waits at the door. */
  readonly leaveDoor: () => void;
  member: Member | null;
  refused: number;
  /** By this side: what is still in a chunk is looked at no more. */
  isClosed: boolean;
  hasEnded: boolean;
  how: string;
}

/** No sane member is refused that often: whoever goes on is no member of this run any more. */
export const REFUSED_MAX = 1_000;

/** What to do with the connections of a listener. Under TLS only who proves an identity is heard. */
export function createAcceptor(
  transport: Transport,
  policy: InboundPolicy,
): (socket: Socket) => void {
  const { tls } = transport;
  return (socket) => {
    keepAlive(socket, transport);
    if (tls === null) {
      acceptConnection(socket, policy);
      return;
    }
    tls.accept(socket, {
      onSecure(secured, from) {
        acceptConnection(secured, policy, from);
      },
      onRefused(reason) {
        policy.onRefused(null, reason);
      },
    });
  };
}

export function acceptConnection(
  socket: Socket,
  policy: InboundPolicy,
  proven: NodeId | null = null,
): void {
  const leaveDoor = policy.door.enter((why) => {
    turnAway(connection, why);
  });
  if (leaveDoor === null) {
    socket.destroy();
    policy.onRefused(null, 'too many connections in a moment');
    return;
  }
  const connection = openConnection(socket, policy, proven, leaveDoor);
  const onFrame = (bytes: Uint8Array, start: number, end: number): void => {
    receive(connection, bytes, start, end);
  };
  socket.on('data', (chunk: Uint8Array) => {
    if (connection.isClosed) return;
    const fault = connection.decoder.push(chunk, onFrame);
    if (fault !== null) turnAway(connection, explain(fault));
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    connection.how = error.code ?? error.message;
  });
  // Everything has been read: not a turn of the loop later, when the socket has closed as well.
  socket.on('end', () => {
    end(connection);
  });
  socket.on('close', () => {
    end(connection);
  });
}

function openConnection(
  socket: Socket,
  policy: InboundPolicy,
  proven: NodeId | null,
  leaveDoor: () => void,
): Connection {
  const { frameBytesMax = NODE_FRAME_BYTES_MAX } = policy;
  return {
    socket,
    policy,
    proven,
    decoder: createFrameDecoder({ frameBytesMax }),
    leaveDoor,
    member: null,
    refused: 0,
    isClosed: false,
    hasEnded: false,
    how: 'closed',
  };
}

function receive(connection: Connection, bytes: Uint8Array, start: number, end: number): void {
  if (connection.isClosed) return;
  const { member } = connection;
  const record = decodeRecord(bytes, start, end);
  if (member === null) {
    identify(connection, record, bytes.subarray(start, end));
    return;
  }
  const reason = record.kind === 'fault' ? explain(record) : member.onRecord(record, end - start);
  if (reason !== null) refuse(connection, member, reason);
}

function refuse(connection: Connection, member: Member, reason: string): void {
  connection.policy.onRefused(member.id, reason);
  connection.refused += 1;
  if (connection.refused === REFUSED_MAX) turnAway(connection, `${REFUSED_MAX} records refused`);
}

function identify(connection: Connection, first: WireRecord | PeerFault, frame: Uint8Array): void {
  connection.leaveDoor();
  const identity =
    objectionTo(connection, first, frame) ??
    connection.policy.identify(first as WireRecord, frame.length, () => {
      close(connection);
    });
  if (typeof identity === 'string') {
    turnAway(connection, identity);
    return;
  }
  connection.member = identity;
  if (identity.frameBytesMax !== undefined) connection.decoder.allow(identity.frameBytesMax);
}

/** Before anything is done about it: is it a record, and from whom it claims to be? */
function objectionTo(
  { proven }: Connection,
  first: WireRecord | PeerFault,
  frame: Uint8Array,
): string | null {
  if (first.kind === 'fault') return isTlsHello(frame) ? SPEAKS_TLS : explain(first);
  if (proven === null) return null;
  const claimed = first.kind === 'register' ? first.id : first.kind === 'hello' ? first.from : null;
  if (claimed === null || claimed === proven) return null;
  return `${identityName(proven)}, by its certificate, claims to be ${identityName(claimed)}`;
}

const SPEAKS_TLS = 'it speaks TLS, which this run does not (tls off)';

/** A TLS record starts with 22 (read here as a length), and its version with 3. */
const isTlsHello = (frame: Uint8Array): boolean => frame.length === 22 && frame[0] === 3;

function turnAway(connection: Connection, reason: string): void {
  connection.how = `refused: ${reason}`;
  close(connection);
  connection.policy.onRefused(connection.member?.id ?? null, reason);
}

function close(connection: Connection): void {
  connection.isClosed = true;
  connection.socket.destroy();
}

/** A frame that is cut by the end of the stream is a crash of the sender, not an error of it. */
function end(connection: Connection): void {
  if (connection.hasEnded) return;
  connection.hasEnded = true;
  const { leaveDoor, decoder, member, how } = connection;
  leaveDoor();
  const rest = decoder.pendingBytes();
  member?.onEnd(rest > 0 ? `${how}, ${rest} bytes into a frame` : how);
}

const explain = (fault: PeerFault): string => `${fault.reason}: ${fault.detail}`;

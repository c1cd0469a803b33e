/**
 * A connection that is only read. Its first record says who dials: Hello from a member of the run,
 * Register from a node that wants to become one. Anything else, silence included, ends it.
 */
import type { Socket } from 'node:net';
import type { NodeId } from '../agreement/algorithm.ts';
import { decodeRecord } from '../proto/codec.ts';
import { createFrameDecoder } from '../proto/frame-decoder.ts';
import type { FrameDecoder } from '../proto/frame-decoder.ts';
import type { PeerFault, WireRecord } from '../proto/records.ts';

/** The far end of an identified connection. */
export interface Member {
  readonly id: NodeId;
  /**
   * A whole, well-formed record. bytes: its frame's payload. Returns why it is refused, or null.
   * A refused record is dropped; the connection goes on as long as its frames are intact.
   */
  onRecord(record: WireRecord, bytes: number): string | null;
  /** Told once, after everything readable has been read; `how` for people. */
  onEnd(how: string): void;
}

export interface InboundPolicy {
  readonly frameBytesMax: number;
  /** Who is it, by its first record? A string says why it is turned away. */
  identify(first: WireRecord, bytes: number, close: () => void): Member | string;
  /** How long a dialler may take to say who it is, in milliseconds; 5 s unless told. */
  readonly firstRecordMs?: number;
  /** Counted and recorded by the owner. from: null before identification. */
  onRefused(from: NodeId | null, reason: string): void;
}

interface Connection {
  readonly socket: Socket;
  readonly policy: InboundPolicy;
  readonly decoder: FrameDecoder;
  /** Ends a connection whose dialler does not say who it is. */
  readonly impatience: NodeJS.Timeout;
  member: Member | null;
  how: string;
}

const FIRST_RECORD_MS = 5_000;

export function acceptConnection(socket: Socket, policy: InboundPolicy): void {
  const firstRecordMs = policy.firstRecordMs ?? FIRST_RECORD_MS;
  const connection: Connection = {
    socket,
    policy,
    decoder: createFrameDecoder({ frameBytesMax: policy.frameBytesMax }),
    impatience: setTimeout(() => {
      turnAway(connection, `said nothing for ${firstRecordMs} ms`);
    }, firstRecordMs),
    member: null,
    how: 'closed',
  };
  const onFrame = (frame: Uint8Array): void => {
    receive(connection, frame);
  };
  socket.on('data', (chunk: Uint8Array) => {
    if (socket.destroyed) return;
    const fault = connection.decoder.push(chunk, onFrame);
    if (fault !== null) turnAway(connection, explain(fault));
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    connection.how = error.code ?? error.message;
  });
  socket.on('close', () => {
    close(connection);
  });
}

function receive(connection: Connection, frame: Uint8Array): void {
  const { socket, policy, member } = connection;
  if (socket.destroyed) return;
  const record = decodeRecord(frame);
  if (member === null) {
    identify(connection, record, frame.length);
    return;
  }
  const reason = record.kind === 'fault' ? explain(record) : member.onRecord(record, frame.length);
  if (reason !== null) policy.onRefused(member.id, reason);
}

function identify(connection: Connection, first: WireRecord | PeerFault, bytes: number): void {
  const { socket, policy, impatience } = connection;
  clearTimeout(impatience);
  const identity =
    first.kind === 'fault' ? explain(first) : policy.identify(first, bytes, () => socket.destroy());
  if (typeof identity === 'string') turnAway(connection, identity);
  else connection.member = identity;
}

function turnAway(connection: Connection, reason: string): void {
  connection.how = `refused: ${reason}`;
  connection.socket.destroy();
  connection.policy.onRefused(connection.member?.id ?? null, reason);
}

/** A frame that is cut by the end of the stream is a crash of the sender, not an error of it. */
function close({ impatience, decoder, member, how }: Connection): void {
  clearTimeout(impatience);
  const rest = decoder.pendingBytes();
  member?.onEnd(rest > 0 ? `${how}, ${rest} bytes into a frame` : how);
}

const explain = (fault: PeerFault): string => `${fault.reason}: ${fault.detail}`;

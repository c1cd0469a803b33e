/**
 * A connection that is only written: the sender dials. Nothing is ever read from it, so a process
 * that is killed right after its writes leaves no unread data behind, the kernel closes with FIN
 * instead of a reset, and the receiver loses nothing (docs/decisions/0002-one-connection-per-direction.md).
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { NodeId } from '../agreement/algorithm.ts';
import type { Address } from '../configs/run-config.ts';
import { encodeFrame } from '../proto/codec.ts';
import type { WireRecord } from '../proto/records.ts';
import type { Deadline } from './deadline.ts';
import { TIMER_MS_MAX } from './deferred.ts';
import { createOutbox } from './outbox.ts';
import type { Outbox, Sender } from './outbox.ts';
import { identityName } from './identity.ts';
import { OperatingError } from './operating-error.ts';
import { keepAlive, PLAIN } from './transport.ts';
import type { Transport } from './transport.ts';

export interface Outbound {
  /**
   * Sends a frame at the end of this turn of the event loop (outbox.ts): to the kernel, or to the
   * socket's queue when the kernel takes no more.
   */
  sendFrame(frame: Uint8Array): void;
  send(record: WireRecord): void;
  isOpen(): boolean;
  /** This end of it: an address of this machine that the other side can answer to. */
  localHost(): string;
  /** Resolves when everything sent so far has reached the kernel, or the connection is dead. */
  flushed(): Promise<void>;
  /** Sends what is queued, then closes. */
  end(): void;
  destroy(): void;
}

/** Told once, when the other side or the network ends the connection; never after end/destroy. */
export type OnOutboundEnd = (how: string) => void;

/** Whom to expect there, and over what. */
export interface Party {
  readonly to: NodeId;
  readonly transport: Transport;
}

const RETRY_MS = 50;

/** A side that listens and never gets through a handshake is there, and speaks no TLS. */
const HANDSHAKES_MAX = 20;

/**
 * Dials until somebody answers. Refused connections are retried (the other process may not listen
 * yet) until the deadline passes; then resolves to null. The wait alone keeps no process alive.
 * Rejects with `not-trusted` when, under TLS, somebody else answers. What is sent leaves with all else
 * in `outbox`.
 */
export async function dial(
  address: Address,
  deadline: Deadline,
  onEnd: OnOutboundEnd,
  outbox: Outbox = createOutbox(),
  party: Party = { to: 0, transport: PLAIN },
): Promise<Outbound | null> {
  const { to, transport } = party;
  for (let handshakes = 0; ;) {
    const raw = await tryConnect(address, deadline);
    if (raw !== null) keepAlive(raw, transport);
    if (raw !== null && transport.tls === null) return outbound(raw, onEnd, outbox);
    if (raw !== null && transport.tls !== null) {
      const limitMs = Math.min(Math.max(deadline.leftMs(), RETRY_MS), TIMER_MS_MAX);
      const secured = await transport.tls.secure(raw, to, limitMs);
      if (secured !== null) return outbound(secured, onEnd, outbox);
      handshakes += 1;
      if (handshakes === HANDSHAKES_MAX) throw speaksNoTls(address, to);
    }
    if (deadline.leftMs() < RETRY_MS) return null;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
  }
}

const speaksNoTls = ({ host, port }: Address, to: NodeId): OperatingError =>
  new OperatingError(
    'not-trusted',
    `${identityName(to)} at ${host}:${port} ends every TLS handshake. Start all processes of the run with tls on and keys that were made together.`,
  );

/** Where packets are dropped silently the system would go on trying for two minutes. */
function tryConnect(address: Address, deadline: Deadline): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: address.host, port: address.port, noDelay: true });
    const giveUp = (): void => {
      stopWaiting();
      socket.destroy();
      resolve(null);
    };
    const stopWaiting = deadline.whenPassed(giveUp);
    // Both stay: to take a listener off again costs more than that it says the same once more.
    socket.on('connect', () => {
      stopWaiting();
      resolve(isSelfConnection(socket, address) ? null : socket);
    });
    socket.on('error', giveUp);
  });
}

/** Dialling a free port of the ephemeral range can connect a socket to itself. */
export function isSelfConnection(socket: Socket, { port }: Address): boolean {
  const isSelf = socket.localPort === port && socket.localAddress === socket.remoteAddress;
  if (isSelf) socket.destroy();
  return isSelf;
}

function outbound(socket: Socket, onEnd: OnOutboundEnd, outbox: Outbox): Outbound {
  let isOpen = true;
  const ended = (how: string): void => {
    if (!isOpen) return;
    isOpen = false;
    socket.destroy();
    onEnd(how);
  };
  watchForEnd(socket, ended);
  const write = (bytes: Uint8Array): void => {
    if (isOpen) socket.write(bytes);
  };
  const sender: Sender = { waiting: [], write };
  const sendFrame = (frame: Uint8Array): void => {
    if (isOpen) outbox.add(sender, frame);
  };
  return {
    sendFrame,
    // No getters: to make an object with one costs V8 more than all the rest of this.
    isOpen: () => isOpen,
    localHost: () => socket.localAddress ?? '',
    flushed: () => whenFlushed(socket, outbox),
    send(record) {
      sendFrame(encodeFrame(record));
    },
    end() {
      outbox.flush();
      isOpen = false;
      socket.end();
    },
    destroy() {
      isOpen = false;
      socket.destroy();
    },
  };
}

function watchForEnd(socket: Socket, ended: OnOutboundEnd): void {
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended(error.code ?? error.message);
  });
  socket.on('close', () => {
    ended('closed by the other side');
  });
  // Nothing is expected; reading is the only way to learn that the other side has closed.
  socket.resume();
}

/** The callback of an empty write comes after all earlier writes, or with the connection's end. */
function whenFlushed(socket: Socket, outbox: Outbox): Promise<void> {
  outbox.flush();
  if (socket.writableLength === 0 || socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.write('', () => {
      resolve();
    });
  });
}

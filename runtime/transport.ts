/** How the OS processes of a run reach each other: plain TCP, or TLS with an identity for each. */
import type { Socket } from 'node:net';
import type { NodeId } from '../agreement/algorithm.ts';
import type { Tls } from './tls.ts';

export interface Transport {
  /** A connection whose other machine has not answered for this long has ended, in milliseconds. */
  readonly keepAliveMs: number;
  /** Null: plain TCP. */
  readonly tls: Tls | null;
}

/** What a process is told of it: on a command line, so never the keys themselves. */
export interface TransportOptions {
  readonly keepAliveMs: number;
  /** Who this process is. */
  readonly self: NodeId;
  /** The file with its keys; null: plain TCP. */
  readonly keys: string | null;
}

/** Longer than most cuts that heal, shorter than anybody's patience. */
export const KEEP_ALIVE_MS = 60_000;

export const PLAIN: Transport = { keepAliveMs: KEEP_ALIVE_MS, tls: null };

/** The code of TLS is loaded only when it is asked for: it would cost each start some milliseconds. */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { self, keepAliveMs, keys } = options;
  if (keys === null) return { keepAliveMs, tls: null };
  const { openTls } = await import('./tls.ts');
  return { keepAliveMs, tls: await openTls(keys, self) };
}

/** Node.js lets the system ask ten times, a second apart, once a connection has been silent. */
const PROBES_MS = 10_000;

/**
 * A machine that is gone sends nothing, not even the end of its connections. So the system asks from
 * time to time. A process that is stopped or slow still answers: its system does.
 */
export function keepAlive(socket: Socket, { keepAliveMs }: Transport): void {
  socket.setKeepAlive(true, Math.max(1_000, keepAliveMs - PROBES_MS));
}

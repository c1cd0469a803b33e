/** One listening socket per process; every accepted connection is only read. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Address } from '../configs/run-config.ts';
import { OperatingError } from './operating-error.ts';

export interface Listener {
  /** With the port that was really bound. */
  readonly address: Address;
  /** From now on this takes the connections; whoever has dialled before was kept waiting. */
  accept(onSocket: (socket: Socket) => void): void;
  /** Nobody new is let in; who is in stays. */
  close(): void;
}

/**
 * Binds (port 0: a free one). Fails with `port-taken` or `cannot-listen`, naming the address. Without
 * `onSocket` connections wait for `accept`: a port can be claimed before its owner is ready.
 */
export function listen(address: Address, onSocket?: (socket: Socket) => void): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const waiting: Socket[] = [];
    let take =
      onSocket ??
      ((socket: Socket) => {
        // It may give up while it waits; whoever takes it then finds it closed.
        socket.on('error', () => undefined);
        waiting.push(socket);
      });
    const server = createServer({ noDelay: true }, (socket) => {
      take(socket);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(address, error));
    });
    server.listen({ host: address.host, port: address.port, backlog: 1024 }, () => {
      const bound = server.address() as AddressInfo;
      resolve({
        address: { host: address.host, port: bound.port },
        accept(handler) {
          take = handler;
          for (const socket of waiting.splice(0)) handler(socket);
        },
        close: () => {
          server.close();
        },
      });
    });
  });
}

function listenError(address: Address, error: NodeJS.ErrnoException): OperatingError {
  const where = `${address.host}:${address.port}`;
  return error.code === 'EADDRINUSE'
    ? new OperatingError(
        'port-taken',
        `${where} is taken: another process listens there. Stop it, or give this one another port in the config (0 means any free one).`,
        error,
      )
    : new OperatingError(
        'cannot-listen',
        `cannot listen on ${where} (${error.code ?? error.message}). The address must belong to this machine, e.g. 127.0.0.1.`,
        error,
      );
}

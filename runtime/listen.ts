/** One listening socket per process; every accepted connection is only read. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Address } from '../configs/run-config.ts';
import { OperatingError } from './operating-error.ts';

export interface Listener {
  /** With the port that was really bound. */
  readonly address: Address;
  close(): void;
}

/** Binds (port 0: a free one). Fails with `port-taken` or `cannot-listen`, naming the address. */
export function listen(address: Address, onSocket: (socket: Socket) => void): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = createServer({ noDelay: true }, onSocket);
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(address, error));
    });
    server.listen({ host: address.host, port: address.port, backlog: 1024 }, () => {
      const bound = server.address() as AddressInfo;
      resolve({
        address: { host: address.host, port: bound.port },
        close: () => server.close(),
      });
    });
  });
}

/** Fails like `listen` when the address cannot be bound now; before a run leaves traces. */
export async function checkCanListen(address: Address): Promise<void> {
  const listener = await listen(address, (socket) => socket.destroy());
  listener.close();
}

function listenError(address: Address, error: NodeJS.ErrnoException): OperatingError {
  const where = `${address.host}:${address.port}`;
  return error.code === 'EADDRINUSE'
    ? new OperatingError(
        'port-taken',
        `${where} is taken: another process listens there. Stop it, or give this one another port in the config (0 means any free one).`,
      )
    : new OperatingError(
        'cannot-listen',
        `cannot listen on ${where} (${error.code ?? error.message}). The address must belong to this machine, e.g. 127.0.0.1.`,
      );
}

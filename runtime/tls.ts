/**
 * Connections between processes that prove who they are: TLS 1.3, a certificate on both sides, all of
 * them signed by the one authority of the run. Loaded only when a run asks for it.
 */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Server, TLSSocket } from 'node:tls';
import type { NodeId } from '../agreement/algorithm.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { identityIn, identityName, identityUri, keysFileName } from './identity.ts';
import { OperatingError } from './operating-error.ts';
import { monotonicMs } from './run-clock.ts';

export interface Tls {
  /** Takes over a connection that was accepted, until its other end has proved who it is. */
  accept(raw: Socket, taker: Taker): void;
  /**
   * Makes a dialled connection one to `to`. Null: it ended before that. Rejects with `not-trusted`
   * when somebody else is there.
   */
  secure(raw: Socket, to: NodeId, limitMs: number): Promise<Socket | null>;
}

export interface Taker {
  onSecure(socket: Socket, from: NodeId): void;
  onRefused(reason: string): void;
}

const HANDSHAKE_MS = 5_000;
const TOO_LATE = `no TLS handshake within ${HANDSHAKE_MS} ms`;

/**
 * What the accepting side still says when the handshake is over: two session tickets, unasked for and
 * useless here. A process that dies with them unread would be answered with a reset, and its last
 * words be lost; so a connection counts as made once they have been read.
 */
const TICKETS = 2;
const TICKETS_MS = 1_000;

const common = { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } as const;

/**
 * `self`: whose keys these are. Rejects with `bad-keys` when the file is not one that was made by
 * `npm run keys` or the launcher, or not theirs.
 */
export async function openTls(file: string, self: NodeId): Promise<Tls> {
  // Unlike an import it works in a program whose compiled code was kept (launcher/run.cjs).
  const { connect, createSecureContext, createServer } = process.getBuiltinModule('node:tls');
  const keys = readKeys(file);
  refuseOthersKeys(file, keys, self);
  const server = createServer({ ...keys, ...common, handshakeTimeout: HANDSHAKE_MS });
  const secureContext = contextOf(file, () => createSecureContext(keys));
  return {
    accept: createGate(server),
    secure(raw, to, limitMs) {
      const socket = connect({
        ...common,
        ...{ socket: raw, secureContext },
        checkServerIdentity: (_host, certificate) =>
          certificate.subjectaltname === `URI:${identityUri(to)}`
            ? undefined
            : untrusted(to, `${certificate.subjectaltname ?? 'nobody'} is there`),
      });
      return whenSecure(socket, to, limitMs);
    },
  };
}

interface Keys {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** Key, certificate and the authority's certificate, in this order, as PEM. */
function readKeys(file: string): Keys {
  const text = contextOf(file, () => readFileSync(file, 'utf8'));
  const [key, cert, ca] = text.match(/-----BEGIN ([A-Z ]+)-----[^]*?-----END \1-----/g) ?? [];
  if (key === undefined || cert === undefined || ca === undefined) {
    throw badKeys(file, 'it does not hold a key and two certificates');
  }
  return { key, cert, ca };
}

/** The others would turn this process away, and nobody would know why. */
function refuseOthersKeys(file: string, { cert }: Keys, self: NodeId): void {
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  const owner = identityIn(contextOf(file, () => new X509Certificate(cert).subjectAltName));
  if (owner === self) return;
  const whose = owner === null ? 'no process of a run' : identityName(owner);
  throw new OperatingError(
    'bad-keys',
    `the keys in ${file} are those of ${whose}, and this is ${identityName(self)}. Give the file ${keysFileName(self)}, or the folder that it is in.`,
  );
}

function contextOf<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw badKeys(file, error instanceof Error ? error.message : String(error));
  }
}

const badKeys = (file: string, why: string): OperatingError =>
  new OperatingError(
    'bad-keys',
    `cannot use the keys in ${file}: ${why}. Make new ones with: npm run keys -- FILE`,
  );

/** One server object for all: it gets the connections from us and never listens itself. */
function createGate(server: Server): Tls['accept'] {
  // How long a handshake may take, the server object itself watches.
  const door = createDoorkeeper({ patienceMs: Infinity });
  const pending = new Map<string, { readonly taker: Taker; readonly leave: () => void }>();
  const take = (socket: Socket) => {
    const entry = pending.get(placeOf(socket));
    pending.delete(placeOf(socket));
    entry?.leave();
    return entry?.taker;
  };
  server.on('secureConnection', (socket) => {
    const taker = take(socket);
    const from = identityIn(socket.getPeerX509Certificate()?.subjectAltName);
    if (from === null) socket.destroy();
    if (from === null) taker?.onRefused('its certificate names no member of a run');
    else taker?.onSecure(socket, from);
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    socket.destroy();
    take(socket)?.onRefused(handshakeProblem(error));
  });
  return (raw, taker) => {
    const leave = door.enter(() => raw.destroy());
    if (leave === null) {
      raw.destroy();
      taker.onRefused('too many connections in a moment');
      return;
    }
    const place = placeOf(raw);
    const since = monotonicMs();
    pending.set(place, { taker, leave });
    raw.once('close', () => {
      if (pending.get(place)?.leave !== leave) return;
      pending.delete(place);
      leave();
      const isLate = monotonicMs() - since >= HANDSHAKE_MS;
      taker.onRefused(isLate ? TOO_LATE : 'its certificate is not of this run, or it gave up');
    });
    server.emit('connection', raw);
  };
}

/** Two connections from one place at a time there are not. */
const placeOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

function handshakeProblem(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_HTTP_REQUEST':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'it does not speak TLS, as this run does (tls on)';
    case 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE':
      return 'it showed no certificate';
    default:
      return `TLS handshake: ${error.code ?? error.message}`;
  }
}

function whenSecure(socket: TLSSocket, to: NodeId, limitMs: number): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    let tickets = 0;
    let patience = setTimeout(fail, limitMs);
    const succeed = (): void => {
      clearTimeout(patience);
      socket.off('session', countTicket).off('close', fail).off('error', explain);
      resolve(socket);
    };
    const countTicket = (): void => {
      tickets += 1;
      // This comes from the middle of a read: a write in here would use the keys at the wrong moment.
      if (tickets === TICKETS) setImmediate(succeed);
    };
    const explain = (error: NodeJS.ErrnoException): void => {
      if (isWrongCertificate(error)) reject(asUntrusted(to, error));
    };
    function fail(): void {
      clearTimeout(patience);
      socket.destroy();
      resolve(null);
    }
    socket.on('session', countTicket).on('close', fail).on('error', explain);
    socket.once('secureConnect', () => {
      clearTimeout(patience);
      // Somebody whose side sends none waits a moment longer.
      patience = setTimeout(succeed, TICKETS_MS);
      socket.resume();
    });
  });
}

/** The connection was fine and so was its TLS; it is the one at the other end who is not. */
const isWrongCertificate = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  !/^(E[A-Z]+|ERR_SSL_.*|ERR_TLS_.*)$/.test(code) || code === 'ERR_SSL_WRONG_VERSION_NUMBER';

const asUntrusted = (to: NodeId, error: NodeJS.ErrnoException): OperatingError =>
  error instanceof OperatingError ? error : untrusted(to, error.code ?? error.message);

const untrusted = (to: NodeId, why: string): OperatingError =>
  new OperatingError(
    'not-trusted',
    `whoever answers for ${identityName(to)} cannot prove to be it (${why}). All processes of a run need keys that were made together, and tls on.`,
  );

/**
 * Are these control records whole? One function per kind. A field that is absent on the wire reads
 * as 0 or '', so a check against these is a check for absence too.
 */
import { MASTER } from '../agreement/algorithm.ts';
import type { within } from './generated/message.js';
import { fault, PIECE_BYTES_MAX } from './records.ts';
import type {
  AddressEntry,
  FinishRecord,
  HoldRecord,
  HelloRecord,
  LinkRecord,
  PeerFault,
  PieceRecord,
  RefuseRecord,
  RegisterRecord,
  WelcomeRecord,
} from './records.ts';

const PORT_MAX = 65_535;

export function checkHello(hello: within.Hello): HelloRecord | PeerFault {
  const { version, from, to, run } = hello;
  if (version === 0) return noVersion('hello');
  if (from === to) return badField('hello', `from ${from} to itself`);
  if (run === '') return badField('hello', 'without the id of a run');
  return { kind: 'hello', version, from, to, run };
}

export function checkRegister(register: within.Register): RegisterRecord | PeerFault {
  const { version, id, host, port, digest } = register;
  if (version === 0) return noVersion('register');
  if (!isAddress(register)) return badField('register', describeAddress(register));
  return { kind: 'register', version, id, host, port, digest };
}

export function checkWelcome(welcome: within.Welcome): WelcomeRecord | PeerFault {
  const { run, directory, originUs, config, algorithm } = welcome;
  if (run === '') return badField('welcome', 'without the id of a run');
  if (config === '') return badField('welcome', 'without a config');
  if (!(originUs >= 0 && originUs < Infinity)) return badField('welcome', `origin ${originUs}`);
  const addresses: AddressEntry[] = [];
  for (const address of welcome.addresses as AddressEntry[]) {
    if (!isAddress(address)) return badField('welcome', describeAddress(address));
    addresses.push({ id: address.id, host: address.host, port: address.port });
  }
  return { kind: 'welcome', run, directory, originUs, config, addresses, algorithm };
}

export function checkRefuse({ code, reason }: within.Refuse): RefuseRecord | PeerFault {
  if (code === '') return badField('refuse', 'without a code');
  return { kind: 'refuse', code, reason };
}

/** Ready and Done say no more than whose they are. */
export function checkSigned<Kind extends 'ready' | 'done'>(
  kind: Kind,
  { from }: { readonly from: number },
): { readonly kind: Kind; readonly from: number } | PeerFault {
  if (from === MASTER) return badField(kind, 'from no node');
  return { kind, from };
}

export function checkLink({ reporter, from, to }: within.Link): LinkRecord | PeerFault {
  const joinsTwoNodes = from !== MASTER && to !== MASTER && from !== to;
  if (!joinsTwoNodes || (reporter !== from && reporter !== to)) {
    return badField('link', `from ${from} to ${to}, reported by ${reporter}`);
  }
  return { kind: 'link', reporter, from, to };
}

export function checkFinish({ outcome, reason }: within.Finish): FinishRecord | PeerFault {
  if (outcome === '') return badField('finish', 'without an outcome');
  return { kind: 'finish', outcome, reason };
}

export function checkHold({ from, held }: within.Hold): HoldRecord | PeerFault {
  if (from === MASTER) return badField('hold', 'from no node');
  return { kind: 'hold', from, held };
}

export function checkPiece({ from, data }: within.Piece): PieceRecord | PeerFault {
  if (from === MASTER) return badField('piece', 'from no node');
  if (data.length === 0 || data.length > PIECE_BYTES_MAX) {
    return badField('piece', `of ${data.length} bytes; expected 1 to ${PIECE_BYTES_MAX}`);
  }
  // A copy: the decoder's bytes belong to the chunk that they came in.
  return { kind: 'piece', from, data: new Uint8Array(data) };
}

const isAddress = ({ id, host, port }: AddressEntry): boolean =>
  id !== MASTER && host !== '' && port >= 1 && port <= PORT_MAX;

const describeAddress = ({ id, host, port }: AddressEntry): string =>
  `with address ${id} ${JSON.stringify(host)} ${port}; expected an id from 1, a host and a port`;

const noVersion = (kind: string): PeerFault =>
  fault('no-version', `a ${kind} record without the version of its wire`);

const badField = (kind: string, what: string): PeerFault =>
  fault('bad-field', `a ${kind} record ${what}`);

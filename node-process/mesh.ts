/**
 * A node's connections with its peers: one it dialled per peer, only written, and one per peer that
 * the peer dialled, only read.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import { sendOrder } from '../agreement/send-order.ts';
import type { Address } from '../configs/run-config.ts';
import { WIRE_VERSION } from '../proto/records.ts';
import type { HelloRecord, WireRecord } from '../proto/records.ts';
import { deadlineIn } from '../runtime/deadline.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { deferred } from '../runtime/deferred.ts';
import type { Deferred } from '../runtime/deferred.ts';
import type { Member } from '../runtime/inbound.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { dial } from '../runtime/outbound.ts';
import type { Outbound } from '../runtime/outbound.ts';
import type { Outbox } from '../runtime/outbox.ts';
import type { Transport } from '../runtime/transport.ts';

export interface MeshHandlers {
  /** Returns why the record is refused, or null. */
  onRecord(from: NodeId, record: WireRecord, bytes: number): string | null;
  onLinkEnd(peer: NodeId, direction: 'in' | 'out', how: string): void;
  onRefused(from: NodeId, reason: string): void;
}

/** A connection that somebody has dialled as node `from` of a run. */
interface Inbound {
  readonly from: NodeId;
  readonly run: string;
  readonly close: () => void;
}

export interface Mesh {
  readonly id: NodeId;
  readonly outbox: Outbox;
  readonly transport: Transport;
  readonly handlers: MeshHandlers;
  readonly outbound: Map<NodeId, Outbound>;
  readonly inbound: Map<NodeId, Inbound>;
  /** Came before the welcome: whether they belong to this run is not known yet. */
  readonly early: Set<Inbound>;
  /** Every peer's connection to here stands. */
  readonly allHere: Deferred<null>;
  /** Known from the welcome on. */
  run: MeshRun | null;
}

interface MeshRun {
  readonly id: string;
  readonly n: number;
}

const DIAL_MS = 20_000;

/** Peers that were welcomed earlier than this node are few; strangers may be many. */
const EARLY_MAX = 1_024;

export const createMesh = (
  id: NodeId,
  transport: Transport,
  outbox: Outbox,
  handlers: MeshHandlers,
): Mesh => ({
  id,
  transport,
  outbox,
  handlers,
  outbound: new Map(),
  inbound: new Map(),
  early: new Set(),
  allHere: deferred(),
  run: null,
});

/** A peer has dialled. Peers that were welcomed earlier than this node may come before its welcome. */
export function acceptPeer(mesh: Mesh, hello: HelloRecord, close: () => void): Member | string {
  const { from, run } = hello;
  if (from === mesh.id || from < 1) return `hello of node ${from} at node ${mesh.id}`;
  const inbound = { from, run, close };
  if (mesh.run === null) waitForWelcome(mesh, inbound);
  else {
    const why = admit(mesh, mesh.run, inbound);
    if (why !== null) return why;
  }
  return {
    id: from,
    onRecord: (record, bytes) => mesh.handlers.onRecord(from, record, bytes),
    onEnd(how) {
      mesh.early.delete(inbound);
      // A stranger that was sent away may have used the id of a peer that is here.
      if (mesh.inbound.get(from) !== inbound) return;
      mesh.inbound.delete(from);
      mesh.handlers.onLinkEnd(from, 'in', how);
    },
  };
}

/**
 * Dials every peer and waits until every peer has dialled. Fails with `peer-missing`. The addresses
 * come from the master, so everybody listens already and a refused connection is a dead peer.
 */
export async function connectMesh(
  mesh: Mesh,
  run: string,
  addresses: ReadonlyMap<NodeId, Address>,
): Promise<void> {
  const n = addresses.size;
  mesh.run = { id: run, n };
  admitEarly(mesh, mesh.run);
  if (n === 1) mesh.allHere.resolve(null);
  const deadline = deadlineIn(DIAL_MS);
  const dialOne = (peer: NodeId): Promise<void> =>
    dialPeer(mesh, peer, addresses.get(peer), deadline);
  await Promise.all(sendOrder(mesh.id, n).map(dialOne));
  await mesh.allHere.promise;
}

export const flushMesh = (mesh: Mesh, peers: readonly NodeId[]): Promise<unknown> =>
  Promise.all(peers.map(async (peer) => mesh.outbound.get(peer)?.flushed()));

export function closeMesh(mesh: Mesh): void {
  for (const link of mesh.outbound.values()) link.end();
  for (const { close } of [...mesh.inbound.values(), ...mesh.early]) close();
}

async function dialPeer(
  mesh: Mesh,
  peer: NodeId,
  address: Address | undefined,
  deadline: Deadline,
): Promise<void> {
  if (address === undefined || mesh.run === null) throw unreachable(peer, address);
  const onEnd = (how: string): void => {
    mesh.handlers.onLinkEnd(peer, 'out', how);
  };
  const party = { to: peer, transport: mesh.transport };
  const link = await dial(address, deadline, onEnd, mesh.outbox, party);
  if (link === null) throw unreachable(peer, address);
  const { id: run } = mesh.run;
  link.send({ kind: 'hello', version: WIRE_VERSION, from: mesh.id, to: peer, run });
  mesh.outbound.set(peer, link);
}

/** Returns why a peer does not belong here, or null. */
function admit(mesh: Mesh, { id, n }: MeshRun, inbound: Inbound): string | null {
  const { from, run } = inbound;
  if (run !== id) return `hello of another run, ${run}; this is ${id}`;
  if (from > n) return `hello of node ${from}; this run has ${n}`;
  if (mesh.inbound.has(from)) return `second hello of node ${from}`;
  mesh.inbound.set(from, inbound);
  if (mesh.inbound.size === n - 1) mesh.allHere.resolve(null);
  return null;
}

/** Of too many the oldest goes: whoever belongs here comes shortly before the welcome. */
function waitForWelcome(mesh: Mesh, inbound: Inbound): void {
  const [oldest] = mesh.early;
  if (mesh.early.size >= EARLY_MAX && oldest !== undefined) {
    mesh.early.delete(oldest);
    sendAway(mesh, oldest, 'others came before the welcome');
  }
  mesh.early.add(inbound);
}

function sendAway(mesh: Mesh, { from, close }: Inbound, why: string): void {
  mesh.handlers.onRefused(from, why);
  close();
}

/** Those who came before the welcome either belong to its run or go. */
function admitEarly(mesh: Mesh, run: MeshRun): void {
  for (const inbound of mesh.early) {
    const why = admit(mesh, run, inbound);
    if (why !== null) sendAway(mesh, inbound, why);
  }
  mesh.early.clear();
}

function unreachable(peer: NodeId, address: Address | undefined): OperatingError {
  const where = address === undefined ? 'an unknown address' : `${address.host}:${address.port}`;
  return new OperatingError(
    'peer-missing',
    `node ${peer} does not answer at ${where}. It had registered with the master: it has died since, or its address cannot be reached from here.`,
  );
}

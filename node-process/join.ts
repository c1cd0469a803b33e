/** A node before anybody knows it: it is made, and whoever comes to it is the master, a peer, or turned away. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { FRAME_BYTES_MAX } from '../proto/frame-decoder.ts';
import { WIRE_VERSION } from '../proto/records.ts';
import type { WireRecord } from '../proto/records.ts';
import { deferred } from '../runtime/deferred.ts';
import type { Member } from '../runtime/inbound.ts';
import { createOutbox } from '../runtime/outbox.ts';
import { createRefusals } from '../runtime/refusals.ts';
import { noTraffic } from '../runtime/traffic.ts';
import type { Transport } from '../runtime/transport.ts';
import { onMasterEnd, onMasterRecord } from './master-records.ts';
import { acceptPeer, createMesh } from './mesh.ts';
import { onLinkEnd, onPeerRecord } from './peer-records.ts';
import { record } from './session.ts';
import type { Session } from './session.ts';

export function createSession(id: NodeId, transport: Transport): Session {
  const outbox = createOutbox(() => session.log?.recorder.flush());
  const session: Session = {
    id,
    transport,
    outbox,
    mesh: createMesh(id, transport, outbox, {
      onRecord: (from, record, bytes) => onPeerRecord(session, from, record, bytes),
      onLinkEnd: (peer, direction, how) => {
        onLinkEnd(session, peer, direction, how);
      },
      onRefused: (from, reason) => {
        session.refusals.note(from, reason);
      },
    }),
    refusals: createRefusals((refusal) => {
      const from = nameable(session, refusal.from);
      record(session, (t) => ({ kind: 'refused', t, ...refusal, from }));
      return session.log !== null;
    }),
    sent: noTraffic(),
    received: noTraffic(),
    welcome: deferred(),
    started: deferred(),
    finish: deferred(),
    released: deferred(),
    crashed: deferred(),
    lost: deferred(),
    toMaster: null,
    hasMaster: false,
    log: null,
    driver: null,
    heard: null,
    isFinished: false,
    isDying: false,
    hasOutput: false,
    gaveUp: null,
  };
  return session;
}

/** The first record of a connection: from the master or from a peer, or it is turned away. */
export function identify(session: Session, first: WireRecord, close: () => void): Member | string {
  if (first.kind !== 'hello') return `a node expects hello first, not ${first.kind}`;
  if (first.version !== WIRE_VERSION) return `hello in version ${first.version} of the wire`;
  if (first.to !== session.id) return `hello for node ${first.to}; this is node ${session.id}`;
  return first.from === MASTER ? acceptMaster(session) : acceptPeer(session.mesh, first, close);
}

/** Whoever comes second under this name is not the master: it dials a node once. */
function acceptMaster(session: Session): Member | string {
  if (session.hasMaster) return 'second hello of the master';
  session.hasMaster = true;
  return {
    id: MASTER,
    // The welcome carries config and addresses of the whole run.
    frameBytesMax: FRAME_BYTES_MAX,
    onRecord: (record, bytes) => onMasterRecord(session, record, bytes),
    onEnd: (how) => {
      onMasterEnd(session, how);
    },
  };
}

/** Who came before the welcome may have claimed any name. */
function nameable({ driver }: Session, claimed: NodeId | null): NodeId | null {
  const n = driver?.config.nodes.length ?? 0;
  return claimed !== null && claimed <= n ? claimed : null;
}

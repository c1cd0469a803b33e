/**
 * What a node holds while it is part of a run, and what it does with each record that comes in.
 * node.ts is the story in order; here is what can happen at any moment of it.
 */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { AlgorithmError } from '../agreement/guarded-algorithm.ts';
import type {
  FinishRecord,
  HoldRecord,
  MessageRecord,
  RefuseRecord,
  WelcomeRecord,
  WireRecord,
} from '../proto/records.ts';
import { encodeFrame } from '../proto/codec.ts';
import { FRAME_BYTES_MAX } from '../proto/frame-decoder.ts';
import { WIRE_VERSION } from '../proto/records.ts';
import type { NodeEvent } from '../record/events.ts';
import type { Recorder } from '../record/recorder.ts';
import { deferred } from '../runtime/deferred.ts';
import type { Deferred } from '../runtime/deferred.ts';
import type { Member } from '../runtime/inbound.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { createOutbox } from '../runtime/outbox.ts';
import type { Outbox } from '../runtime/outbox.ts';
import { createRefusals } from '../runtime/refusals.ts';
import type { Refusals } from '../runtime/refusals.ts';
import type { RunClock } from '../runtime/run-clock.ts';
import { count, noTraffic } from '../runtime/traffic.ts';
import type { Transport } from '../runtime/transport.ts';
import type { TrafficCount } from '../runtime/traffic.ts';
import { arriveAt, holdLink, startDriver, stopDriver } from './driver.ts';
import type { Driver } from './driver.ts';
import type { Heard } from './heard.ts';
import { createMesh, acceptPeer } from './mesh.ts';
import type { Mesh } from './mesh.ts';
import { sendHome } from './record-place.ts';
import type { RecordPlace } from './record-place.ts';

export interface Session {
  readonly id: NodeId;
  readonly transport: Transport;
  readonly mesh: Mesh;
  /** Of all connections: nothing leaves before everything recorded so far is in the kernel. */
  readonly outbox: Outbox;
  readonly sent: TrafficCount;
  readonly received: TrafficCount;
  readonly welcome: Deferred<WelcomeRecord>;
  readonly started: Deferred<true>;
  readonly finish: Deferred<FinishRecord>;
  /** The master has closed its connection after the finish record: everybody may leave. */
  readonly released: Deferred<null>;
  /** The node's planned crash has been carried out (announced; a silent one never gets here). */
  readonly crashed: Deferred<null>;
  /** Rejects when the node cannot go on: the master is gone or has turned it away. */
  readonly lost: Deferred<never>;
  readonly refusals: Refusals;
  toMaster: Outbound | null;
  /** The master has dialled; it does so once. */
  hasMaster: boolean;
  /** From the welcome on. */
  log: SessionLog | null;
  driver: Driver | null;
  /** Of the peers, from the welcome on. */
  heard: Heard | null;
  isFinished: boolean;
  /** Its planned crash is being carried out: its last words are on their way, it does nothing else. */
  isDying: boolean;
  hasOutput: boolean;
  /** Why the user's algorithm cannot go on; the master has been told. */
  gaveUp: AlgorithmError | null;
}

export interface SessionLog {
  readonly recorder: Recorder;
  readonly nowUs: RunClock;
  readonly place: RecordPlace;
  /** The record is with the master, or on its way. */
  isHome: boolean;
}

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

/** Before the welcome there is no run to record. */
export function record(session: Session, event: (t: number) => NodeEvent): void {
  session.log?.recorder.write(event(session.log.nowUs()));
}

/** The node takes no further part: nothing is recorded any more, and the record goes home. */
export async function closeRecord(session: Session): Promise<void> {
  const { id, log, toMaster } = session;
  session.refusals.flush();
  log?.recorder.close();
  if (log === null || toMaster === null || log.isHome || !log.place.isAway) return;
  log.isHome = true;
  log.isHome = await sendHome(log.place, id, toMaster);
}

/** Sends and counts. */
export function sendToMaster(session: Session, toMaster: Outbound, sent: WireRecord): void {
  const frame = encodeFrame(sent);
  toMaster.sendFrame(frame);
  count(session.sent, sent, MASTER, frame.length);
}

/** The same to all of them: encoded once, and counted once. */
export function sendToPeers(session: Session, to: readonly NodeId[], sent: WireRecord): void {
  const frame = encodeFrame(sent);
  const { outbound } = session.mesh;
  let copies = 0;
  for (const peer of to) {
    const link = outbound.get(peer);
    if (link === undefined) continue;
    link.sendFrame(frame);
    copies += 1;
  }
  const [peer] = to;
  if (peer !== undefined) count(session.sent, sent, peer, frame.length, copies);
}

function onPeerRecord(
  session: Session,
  from: NodeId,
  record: WireRecord,
  bytes: number,
): string | null {
  if (record.kind !== 'message') return `a peer sends messages, not ${record.kind}`;
  if (record.from !== from) return `node ${from} claims to be node ${record.from}`;
  count(session.received, record, session.id, bytes);
  return onPeerMessage(session, from, record);
}

function onPeerMessage(session: Session, from: NodeId, message: MessageRecord): string | null {
  const { value, round, output, fail } = message;
  if (fail) return onGoodbye(session, from);
  if (output || value === null || round === null) return 'only the master speaks of output';
  const { driver, heard } = session;
  if (driver === null || heard === null) return 'a value before the start';
  const { lastRound } = driver.config;
  if (round > lastRound) return `round ${round}; this run ends with round ${lastRound}`;
  if (!heard.value(from, round)) return `round ${round} again; the first value counts`;
  arriveAt(driver, from, round, value);
  return null;
}

/** A goodbye changes nothing but the record: it lowers no quorum and recalls no message. */
function onGoodbye(session: Session, from: NodeId): string | null {
  if (session.heard?.goodbye(from) === false) return 'a second goodbye';
  record(session, (t) => ({ kind: 'fail', t, from }));
  return null;
}

function onMasterRecord(session: Session, received: WireRecord, bytes: number): string | null {
  if (session.isDying) return null;
  count(session.received, received, session.id, bytes);
  switch (received.kind) {
    case 'welcome':
      session.welcome.resolve(received);
      return null;
    case 'refuse':
      session.lost.reject(dismissal(session.id, received));
      return null;
    case 'start':
      if (session.driver === null) return 'start before the welcome';
      if (session.driver.delivery.startedUs !== null) return 'a second start';
      startDriver(session.driver);
      session.started.resolve(true);
      return null;
    case 'message':
      return onOutputOrder(session, received.output ? received.round : null);
    case 'hold':
      return onHold(session, received);
    case 'finish':
      session.isFinished = true;
      session.finish.resolve(received);
      return null;
    default:
      return `the master does not send ${received.kind}`;
  }
}

/** Its own fault (wrong config, wrong id), or nobody's: the run ends without it. */
function dismissal(id: NodeId, { code, reason }: RefuseRecord): OperatingError {
  const text = `the master sends node ${id} away: ${reason}`;
  if (code === 'peer-missing') return new OperatingError('peer-missing', text);
  const isOver = code === 'fenced' || code === 'stopped';
  return new OperatingError(isOver ? 'dismissed' : 'refused', text);
}

function onOutputOrder(session: Session, round: Round | null): string | null {
  if (session.driver === null || round === null) return 'an output record without a round';
  stopDriver(session.driver, round);
  return null;
}

function onHold({ id, driver }: Session, { from, held }: HoldRecord): string | null {
  if (driver === null) return 'a hold before the welcome';
  if (from === id || from > driver.config.nodes.length) return `a hold on node ${from}`;
  holdLink(driver, from, held);
  return null;
}

function onMasterEnd(session: Session, how: string): void {
  // Without a welcome it may have been anybody: the end of the real one shows on the node's own link.
  if (session.log === null) {
    session.hasMaster = false;
    return;
  }
  session.released.resolve(null);
  if (session.isFinished || session.isDying) return;
  session.lost.reject(
    new OperatingError(
      'master-gone',
      `the master's connection ended (${how}) before the run was over; the run cannot be judged without it.`,
    ),
  );
}

/** Between two living nodes this breaks the model: the master is told and decides. */
function onLinkEnd(session: Session, peer: NodeId, direction: 'in' | 'out', how: string): void {
  if (session.isFinished || session.driver?.isOver === true) return;
  record(session, (t) => ({ kind: 'link', t, peer, direction, how }));
  const ends = direction === 'in' ? { from: peer, to: session.id } : { from: session.id, to: peer };
  session.toMaster?.send({ kind: 'link', reporter: session.id, ...ends });
}

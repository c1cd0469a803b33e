/** What a node holds while it is part of a run, and the few things that every part of it does with that. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { AlgorithmError } from '../agreement/algorithm-error.ts';
import type { FinishRecord, WelcomeRecord, WireRecord } from '../proto/records.ts';
import { encodeFrame } from '../proto/codec.ts';
import type { NodeEvent } from '../record/events.ts';
import type { Recorder } from '../record/recorder.ts';
import type { Deferred } from '../runtime/deferred.ts';
import type { Outbound } from '../runtime/outbound.ts';
import type { Outbox } from '../runtime/outbox.ts';
import type { Refusals } from '../runtime/refusals.ts';
import type { RunClock } from '../runtime/run-clock.ts';
import { count } from '../runtime/traffic.ts';
import type { TrafficCount } from '../runtime/traffic.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Driver } from './driver.ts';
import type { Heard } from './heard.ts';
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

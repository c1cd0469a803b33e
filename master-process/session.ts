/** What the master holds during a run, and the few things that every part of it does with that. */
import type { NodeId } from '../agreement/algorithm.ts';
import { initialStoppingState } from '../agreement/stopping-rule.ts';
import type { StoppingState } from '../agreement/stopping-rule.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { encodeFrame } from '../proto/codec.ts';
import type { WireRecord } from '../proto/records.ts';
import type { ActionOrigin, MasterEvent, Outcome } from '../record/events.ts';
import type { Recorder } from '../record/recorder.ts';
import { deferred, within } from '../runtime/deferred.ts';
import type { Deferred } from '../runtime/deferred.ts';
import { createRefusals } from '../runtime/refusals.ts';
import type { Refusal, Refusals } from '../runtime/refusals.ts';
import type { RunStage } from '../runtime/ipc.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { createOutbox } from '../runtime/outbox.ts';
import type { Outbox } from '../runtime/outbox.ts';
import type { RunClock } from '../runtime/run-clock.ts';
import { count, noTraffic } from '../runtime/traffic.ts';
import type { TrafficCount } from '../runtime/traffic.ts';
import { alive, createMembers } from './members.ts';
import type { Member, Members } from './members.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Watch } from './watch.ts';

export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface Paused {
  readonly pid: number;
  readonly origin: ActionOrigin;
}

export interface MasterSession {
  readonly config: RunConfig;
  readonly run: string;
  readonly directory: string;
  readonly digest: string;
  readonly members: Members;
  readonly stopping: StoppingState;
  readonly recorder: Recorder;
  /** Of all connections: nothing leaves before everything recorded so far is in the kernel. */
  readonly outbox: Outbox;
  readonly transport: Transport;
  readonly nowUs: RunClock;
  readonly sent: TrafficCount;
  readonly received: TrafficCount;
  readonly registered: Deferred<true>;
  readonly ready: Deferred<true>;
  readonly ending: Deferred<Ending>;
  /** Every live node has said that it is done. */
  readonly allDone: Deferred<true>;
  /** Links that were reported as ended: "3 to 5" → which of its ends said so. */
  readonly brokenLinks: Map<string, Set<NodeId>>;
  readonly refusals: Refusals;
  /** Words on their way to processes that were turned away. */
  answers: number;
  /** Stopped by a signal of ours. */
  readonly paused: Map<NodeId, Paused>;
  /** Held by a word of ours: "3 to 5" → the receiver. */
  readonly heldLinks: Map<string, NodeId>;
  /** Of records that have come home, over all nodes: the master waits longer for who brings many. */
  bytesHome: number;
  /** Why one of them is not whole; null: all are. */
  lostRecord: string | null;
  stage: RunStage;
  watch: Watch | null;
  /** Calls off what the config's script has not done yet. */
  stopScript: () => void;
}

export function createMasterSession(
  facts: Pick<
    MasterSession,
    'config' | 'run' | 'directory' | 'digest' | 'recorder' | 'nowUs' | 'transport'
  >,
  onRefused: (refusal: Refusal) => void,
): MasterSession {
  const { epsilon, nodes } = facts.config;
  const { recorder, nowUs } = facts;
  return {
    ...facts,
    outbox: createOutbox(facts.recorder.flush),
    members: createMembers(nodes.length),
    stopping: initialStoppingState(nodes.length, epsilon),
    sent: noTraffic(),
    received: noTraffic(),
    registered: deferred(),
    ready: deferred(),
    ending: deferred(),
    allDone: deferred(),
    brokenLinks: new Map(),
    refusals: createRefusals((refusal) => {
      recorder.write({ kind: 'refused', t: nowUs(), ...refusal });
      onRefused(refusal);
      return true;
    }),
    answers: 0,
    paused: new Map(),
    heldLinks: new Map(),
    bytesHome: 0,
    lostRecord: null,
    stage: 'joining',
    watch: null,
    stopScript: () => undefined,
  };
}

export function record(session: MasterSession, event: MasterEvent): void {
  session.recorder.write(event);
}

/** The first ending counts. */
export function end(session: MasterSession, outcome: Outcome, reason: string): void {
  if (session.stage === 'finished') return;
  close(session, outcome, reason);
  session.ending.resolve({ outcome, reason });
}

/** From here on nothing is decided any more. */
export function close(session: MasterSession, outcome: Outcome, reason: string): void {
  session.stage = 'finished';
  session.watch?.stop();
  session.stopScript();
  record(session, { kind: 'finish', t: session.nowUs(), outcome, reason });
  session.recorder.flush();
}

export function sendTo(session: MasterSession, members: readonly Member[], sent: WireRecord): void {
  const frame = encodeFrame(sent);
  for (const member of members) {
    if (member.out === null) continue;
    member.out.sendFrame(frame);
    count(session.sent, sent, member.id, frame.length);
  }
}

/** Dead nodes will not say it. */
export function noteIfAllDone(session: MasterSession): void {
  if (alive(session.members).every((member) => member.isDone)) session.allDone.resolve(true);
}

/** Until all that was sent is with the system, but at most so long, in milliseconds: who reads nothing holds up nobody. */
export const flushedWithin = (ms: number, ...links: (Outbound | null)[]): Promise<unknown> =>
  within(Promise.all(links.map(async (link) => link?.flushed())), ms);

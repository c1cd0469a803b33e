/**
 * What the master holds during a run, and what it does with each record that comes in. master.ts is
 * the story in order; here is what can happen at any moment of it.
 */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { initialStoppingState, stepStoppingRule } from '../agreement/stopping-rule.ts';
import type { StoppingEvent, StoppingState } from '../agreement/stopping-rule.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { LinkRecord, MessageRecord, WireRecord } from '../proto/records.ts';
import { encodeFrame } from '../proto/codec.ts';
import type { MasterEvent, Outcome } from '../record/events.ts';
import type { Recorder } from '../record/recorder.ts';
import { deferred } from '../runtime/deferred.ts';
import type { Deferred } from '../runtime/deferred.ts';
import type { RunStage } from '../runtime/ipc.ts';
import type { RunClock } from '../runtime/run-clock.ts';
import { count, noTraffic, trafficType } from '../runtime/traffic.ts';
import type { TrafficCount } from '../runtime/traffic.ts';
import { alive, createMembers, dead, inState, isAlive, nameNodes } from './members.ts';
import type { Member, Members } from './members.ts';
import type { Watch } from './watch.ts';

export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface MasterSession {
  readonly config: RunConfig;
  readonly run: string;
  readonly digest: string;
  readonly members: Members;
  readonly stopping: StoppingState;
  readonly recorder: Recorder;
  readonly nowUs: RunClock;
  readonly sent: TrafficCount;
  readonly received: TrafficCount;
  readonly registered: Deferred<true>;
  readonly ready: Deferred<true>;
  readonly ending: Deferred<Ending>;
  /** Every live node has said that it is done. */
  readonly allDone: Deferred<true>;
  /** Links that one end has reported as ended: "3 to 5" → who said so. */
  readonly brokenLinks: Map<string, NodeId>;
  stage: RunStage;
  watch: Watch | null;
}

export function createMasterSession(
  facts: Pick<MasterSession, 'config' | 'run' | 'digest' | 'recorder' | 'nowUs'>,
): MasterSession {
  const { epsilon, nodes } = facts.config;
  return {
    ...facts,
    members: createMembers(nodes.length),
    stopping: initialStoppingState(nodes.length, epsilon),
    sent: noTraffic(),
    received: noTraffic(),
    registered: deferred(),
    ready: deferred(),
    ending: deferred(),
    allDone: deferred(),
    brokenLinks: new Map(),
    stage: 'joining',
    watch: null,
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
  record(session, { kind: 'finish', t: session.nowUs(), outcome, reason });
  session.recorder.flush();
}

export function sendTo(session: MasterSession, members: readonly Member[], sent: WireRecord): void {
  const frame = encodeFrame(sent);
  for (const member of members) {
    if (member.out === null) continue;
    member.out.sendFrame(frame);
    count(session.sent, trafficType(sent, member.id), frame.length);
  }
}

/** A record of a registered node. Returns why it is refused, or null. */
export function onNodeRecord(
  session: MasterSession,
  member: Member,
  received: WireRecord,
  bytes: number,
): string | null {
  count(session.received, trafficType(received, MASTER), bytes);
  switch (received.kind) {
    case 'ready':
      return onReady(session, member);
    case 'message':
      return received.from === member.id
        ? onMessage(session, member, received)
        : `node ${member.id} claims to be node ${received.from}`;
    case 'link':
      return onBrokenLink(session, member.id, received);
    case 'refuse':
      // What else a node could mean by it is unknown to this release, but it will not go on either.
      end(session, received.code === 'algorithm' ? 'algorithm-failed' : 'failure', received.reason);
      return null;
    case 'done':
      member.isDone = true;
      noteIfAllDone(session);
      return null;
    default:
      return `a node does not send ${received.kind} here`;
  }
}

/**
 * The one declaration of a death: the node's connection has ended and everything it had sent has
 * been read. From here on it counts against f, gets no output record, and is told if it still lives.
 */
export function declareDead(session: MasterSession, member: Member, cause: string): void {
  if (!isAlive(member) || (session.stage === 'finished' && member.isDone)) return;
  member.state = 'dead';
  record(session, { kind: 'death', t: session.nowUs(), node: member.id, cause });
  fence(session, member);
  if (session.stage === 'finished') noteIfAllDone(session);
  else if (session.stage === 'running' || session.stage === 'deciding') afterDeath(session, member);
  else {
    end(session, 'death-before-start', `node ${member.id} died before the start (${cause})`);
  }
}

function afterDeath(session: MasterSession, member: Member): void {
  const deaths = dead(session.members).map(({ id }) => id);
  const { f } = session.config;
  if (deaths.length > f) {
    end(session, 'too-many-deaths', `${nameNodes(deaths)} died; at most f = ${f} may`);
    return;
  }
  step(session, { kind: 'death', node: member.id });
  endIfAllHaveOutput(session);
}

/** If the process still lives (only its connection broke), it must not go on as if nothing happened. */
function fence(session: MasterSession, member: Member): void {
  sendTo(session, [member], {
    kind: 'refuse',
    code: 'fenced',
    reason: `node ${member.id} was declared dead when its connection ended`,
  });
  member.out?.end();
}

function onReady(session: MasterSession, member: Member): string | null {
  if (member.state !== 'joined') return `ready from node ${member.id}, which is ${member.state}`;
  member.state = 'ready';
  record(session, { kind: 'ready', t: session.nowUs(), node: member.id });
  if (inState(session.members, 'ready').length === session.members.size) {
    session.ready.resolve(true);
  }
  return null;
}

function onMessage(session: MasterSession, member: Member, message: MessageRecord): string | null {
  const { value, round } = message;
  if (message.fail) {
    record(session, { kind: 'fail', t: session.nowUs(), from: member.id });
    return null;
  }
  if (value === null || round === null) return 'a message without a value';
  if (session.stage === 'joining' || session.stage === 'connecting')
    return 'a value before the start';
  if (round > session.config.lastRound) return `round ${round} of node ${member.id}`;
  if (message.output) onOutput(session, member, round, value);
  else onReport(session, member, round, value);
  return null;
}

function onReport(session: MasterSession, member: Member, round: Round, value: number): void {
  member.round = round;
  member.value = value;
  session.watch?.heard();
  record(session, { kind: 'report', t: session.nowUs(), from: member.id, round, value });
  step(session, { kind: 'report', from: member.id, round, value });
}

function onOutput(session: MasterSession, member: Member, round: Round, value: number): void {
  member.state = 'output';
  session.watch?.heard();
  record(session, { kind: 'output', t: session.nowUs(), from: member.id, round, value });
  endIfAllHaveOutput(session);
}

/** Under `stop rounds` the nodes need no word of the master; it only keeps the tally. */
function step(session: MasterSession, event: StoppingEvent): void {
  const round = stepStoppingRule(session.stopping, event);
  if (round === null || session.config.stop !== 'frozen' || session.stage !== 'running') return;
  session.stage = 'deciding';
  record(session, { kind: 'decide', t: session.nowUs(), round });
  session.recorder.flush();
  const order = {
    kind: 'message',
    from: MASTER,
    value: null,
    round,
    output: true,
    fail: false,
  } as const;
  sendTo(session, alive(session.members), order);
}

function endIfAllHaveOutput(session: MasterSession): void {
  const living = alive(session.members);
  if (living.length === 0 || living.some((member) => member.state !== 'output')) return;
  end(session, 'complete', `all ${living.length} correct nodes have output`);
}

function noteIfAllDone(session: MasterSession): void {
  if (alive(session.members).every((member) => member.isDone)) session.allDone.resolve(true);
}

/**
 * A link ends at both of its ends. When one end has died, only the other can tell, and its death will
 * be declared; when both tell, both live and the network has failed them. So nothing is guessed from
 * time: a machine under load may take seconds to see a death.
 */
function onBrokenLink(session: MasterSession, reporter: NodeId, link: LinkRecord): string | null {
  const { from, to } = link;
  if (link.reporter !== reporter) return `node ${reporter} speaks for node ${link.reporter}`;
  if (reporter !== from && reporter !== to) return `node ${reporter} is no end of ${from} to ${to}`;
  if (!session.members.has(from) || !session.members.has(to)) return `no link ${from} to ${to}`;
  record(session, { kind: 'link', t: session.nowUs(), reporter, from, to });
  const key = `${from} to ${to}`;
  const other = session.brokenLinks.get(key);
  session.brokenLinks.set(key, reporter);
  if (other !== undefined && other !== reporter) {
    end(session, 'broken-link', `the link from node ${from} to node ${to} broke while both lived`);
  }
  return null;
}

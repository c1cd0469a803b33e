/** What a registered node may say to the master, and what comes of it. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { LinkRecord, MessageRecord, WireRecord } from '../proto/records.ts';
import { count } from '../runtime/traffic.ts';
import { endIfAllHaveOutput, step } from './deciding.ts';
import { onPiece } from './homecoming.ts';
import { inState } from './members.ts';
import type { Member } from './members.ts';
import { end, noteIfAllDone, record } from './session.ts';
import type { MasterSession } from './session.ts';

/** A record of a registered node. Returns why it is refused, or null. */
export function onNodeRecord(
  session: MasterSession,
  member: Member,
  received: WireRecord,
  bytes: number,
): string | null {
  // Pieces carry a record, which counts what the run itself has cost.
  if (received.kind !== 'piece') count(session.received, received, MASTER, bytes);
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
      if (member.isDone) return 'a second done';
      member.isDone = true;
      noteIfAllDone(session);
      return null;
    case 'piece':
      return onPiece(session, member, received);
    default:
      return `a node does not send ${received.kind} here`;
  }
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
    if (member.hasSaidGoodbye) return 'a second goodbye';
    member.hasSaidGoodbye = true;
    record(session, { kind: 'fail', t: session.nowUs(), from: member.id });
    return null;
  }
  if (value === null || round === null) return 'a message without a value';
  if (session.stage === 'joining' || session.stage === 'connecting')
    return 'a value before the start';
  if (round > session.config.lastRound) return `round ${round} of node ${member.id}`;
  if (message.output) {
    if (member.state === 'output') return 'a second output';
    onOutput(session, member, round, value);
    return null;
  }
  if (member.round !== null && round <= member.round) {
    return `a report of round ${round} after that of round ${member.round}`;
  }
  onReport(session, member, round, value);
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
  const key = `${from} to ${to}`;
  const reporters = session.brokenLinks.get(key) ?? new Set();
  session.brokenLinks.set(key, reporters);
  if (reporters.has(reporter)) return `link ${key} again`;
  reporters.add(reporter);
  record(session, { kind: 'link', t: session.nowUs(), reporter, from, to });
  if (reporters.size === 2) {
    end(session, 'broken-link', `the link from node ${from} to node ${to} broke while both lived`);
  }
  return null;
}

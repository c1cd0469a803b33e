/** What a peer may say, what comes of it, and what of the end of its connections. */
import type { NodeId } from '../agreement/algorithm.ts';
import type { MessageRecord, WireRecord } from '../proto/records.ts';
import { count } from '../runtime/traffic.ts';
import { arriveAt } from './driver.ts';
import { record } from './session.ts';
import type { Session } from './session.ts';

/** Returns why a record of a peer is refused, or null. */
export function onPeerRecord(
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

/** Between two living nodes this breaks the model: the master is told and decides. */
export function onLinkEnd(
  session: Session,
  peer: NodeId,
  direction: 'in' | 'out',
  how: string,
): void {
  if (session.isFinished || session.driver?.isOver === true) return;
  record(session, (t) => ({ kind: 'link', t, peer, direction, how }));
  const ends = direction === 'in' ? { from: peer, to: session.id } : { from: session.id, to: peer };
  session.toMaster?.send({ kind: 'link', reporter: session.id, ...ends });
}

/** What the master may say to a node, what comes of it, and what of the end of its connection. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { HoldRecord, RefuseRecord, WireRecord } from '../proto/records.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { count } from '../runtime/traffic.ts';
import { holdLink, startDriver, stopDriver } from './driver.ts';
import type { Session } from './session.ts';

/** Returns why a record of the master is refused, or null. */
export function onMasterRecord(
  session: Session,
  received: WireRecord,
  bytes: number,
): string | null {
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

export function onMasterEnd(session: Session, how: string): void {
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

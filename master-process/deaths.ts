/** The one authority on who has died. */
import { forgetActionsOn } from './actions.ts';
import { endIfAllHaveOutput, step } from './deciding.ts';
import { dead, isAlive, nameNodes } from './members.ts';
import type { Member } from './members.ts';
import { end, noteIfAllDone, record, sendTo } from './session.ts';
import type { MasterSession } from './session.ts';

/**
 * The one declaration of a death: the node's connection has ended and everything it had sent has
 * been read. From here on it counts against f, gets no output record, and is told if it still lives.
 */
export function declareDead(session: MasterSession, member: Member, cause: string): void {
  if (!isAlive(member) || (session.stage === 'finished' && member.isDone)) return;
  member.state = 'dead';
  forgetActionsOn(session, member.id);
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

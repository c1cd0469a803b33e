/** What the driver of a node may do to the world, on real sockets and a real file. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { MessageRecord } from '../proto/records.ts';
import type { Outbound } from '../runtime/outbound.ts';
import type { World } from './driver.ts';
import { dieSilently, sayGoodbye } from './dying.ts';
import { closeRecord, record, sendToMaster, sendToPeers } from './session.ts';
import type { Session, SessionLog } from './session.ts';

/** A frame to the master is short. */
const REASON_LENGTH_MAX = 1_000;

/** `say`: one line for people, for what cannot be seen from the master's terminal. */
export function createWorld(
  session: Session,
  { nowUs, recorder }: SessionLog,
  toMaster: Outbound,
  say: (line: string) => void,
): World {
  const { id: from } = session;
  return {
    nowUs,
    record: recorder.write,
    report(round, value) {
      sendToMaster(session, toMaster, valueOf(from, round, value));
    },
    multicast(round, value, to) {
      sendToPeers(session, to, valueOf(from, round, value));
    },
    output(round, value) {
      session.hasOutput = true;
      say(`output ${value}, the value of round ${round}; serving until the run is over`);
      sendToMaster(session, toMaster, { ...valueOf(from, round, value), output: true });
    },
    die(reached) {
      session.isDying = true;
      say(`crashing as planned; the last multicast reached ${reached.length} peers`);
      void die(session, toMaster, reached);
    },
    giveUp(error) {
      session.gaveUp = error;
      record(session, (t) => ({ kind: 'abandoned', t, reason: error.message }));
      recorder.flush();
      const reason = error.message.slice(0, REASON_LENGTH_MAX);
      sendToMaster(session, toMaster, { kind: 'refuse', code: 'algorithm', reason });
    },
  };
}

const valueOf = (from: NodeId, round: Round, value: number): MessageRecord => ({
  kind: 'message',
  from,
  value,
  round,
  output: false,
  fail: false,
});

async function die(
  session: Session,
  toMaster: Outbound,
  reached: readonly NodeId[],
): Promise<void> {
  const mode = session.driver?.config.faults.crashMode;
  // A killed process could not send it any more.
  if (mode === 'silent') await closeRecord(session);
  if (mode === 'silent') await dieSilently(session.mesh, toMaster, reached);
  else await sayGoodbye(session.mesh, toMaster, session.driver?.peers ?? []);
  session.crashed.resolve(null);
}

/** The end of a run: everybody is told, has written everything, and may leave. */
import { processStatistics } from '../record/process-statistics.ts';
import { within } from '../runtime/deferred.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { monotonicMs } from '../runtime/run-clock.ts';
import { resumeAll } from './actions.ts';
import { dismissAll } from './join.ts';
import { alive } from './members.ts';
import { flushedWithin, record, sendTo } from './session.ts';
import type { Ending, MasterSession } from './session.ts';

/** How long a live node may take to write its last events, in milliseconds. */
const DONE_MS = 5_000;

/** So many bytes of records that come home buy that time once more. */
const PACE_BYTES = 64 * 1024;

/** Finish record, then wait until every live node has written everything, then let go. */
export async function letGo(session: MasterSession, { outcome, reason }: Ending): Promise<void> {
  resumeAll(session);
  const living = alive(session.members);
  const hasStarted = session.watch !== null;
  if (!hasStarted) {
    await dismissAll(session, 'stopped', reason);
  } else if (living.length > 0) {
    sendTo(session, living, { kind: 'finish', outcome, reason });
    await untilDone(session);
  }
  session.refusals.flush();
  record(session, processStatistics(session.nowUs(), session.sent, session.received));
  // The counts are the last word of the record.
  session.recorder.close();
  await flushedWithin(DONE_MS, ...living.map(({ out }) => out));
  for (const member of living) member.out?.end();
  const failure = session.recorder.failure() ?? session.lostRecord;
  if (failure !== null) throw new OperatingError('run-failed', failure);
}

/** A record that comes home takes its time, but whoever sends it drop by drop wins none. */
async function untilDone(session: MasterSession): Promise<void> {
  const sinceMs = monotonicMs();
  for (let leftMs = DONE_MS; leftMs > 0;) {
    if ((await within(session.allDone.promise, leftMs)) !== null) return;
    const allowedMs = DONE_MS * (1 + session.bytesHome / PACE_BYTES);
    leftMs = sinceMs + allowedMs - monotonicMs();
  }
}

/** How a node leaves a run: with everything written and said, and nothing of it lost. */
import { EXIT } from '../runtime/exit-codes.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { processStatistics } from '../record/process-statistics.ts';
import { closeDriver } from './driver.ts';
import { closeMesh } from './mesh.ts';
import type { NodeOptions } from './node-options.ts';
import { removePlace } from './record-place.ts';
import { closeRecord, record } from './session.ts';
import type { Session } from './session.ts';

/** Once its planned crash has been carried out. Resolves to the exit code. */
export async function leaveAfterCrash(session: Session): Promise<number> {
  await session.crashed.promise;
  await closeRecord(session);
  refuseLostRecord(session);
  return EXIT.inconclusive;
}

function refuseLostRecord({ log }: Session): void {
  const failure = log?.recorder.failure() ?? null;
  if (failure !== null) throw new OperatingError('run-failed', failure);
}

/** Everything is written and said before the master lets go; only then the connections close. */
export async function leaveAfterFinish(session: Session, toMaster: Outbound): Promise<number> {
  const { outcome } = await session.finish.promise;
  if (session.driver !== null) closeDriver(session.driver);
  record(session, (t) => ({ kind: 'finish', t, outcome }));
  session.refusals.flush();
  // The counts are the last word: what still comes belongs to no run any more.
  record(session, (t) => processStatistics(t, session.sent, session.received));
  await closeRecord(session);
  toMaster.send({ kind: 'done', from: session.id });
  await session.released.promise;
  refuseLostRecord(session);
  if (session.gaveUp !== null) throw session.gaveUp;
  return session.hasOutput ? EXIT.pass : EXIT.inconclusive;
}

/** A record that nobody has asked for any more stays where it is; of a run that never began, nothing. */
export function leaveRecord({ log, driver }: Session, { say }: NodeOptions): void {
  if (log === null || log.isHome || !log.place.isAway) return;
  const hasStarted = driver !== null && driver.delivery.startedUs !== null;
  if (hasStarted) say(`its record stays on this machine, in ${log.place.directory}`);
  else removePlace(log.place);
}

export function closeConnections({ toMaster, mesh }: Session): void {
  toMaster?.end();
  closeMesh(mesh);
}

/** The node's connection to the master, and what its end means. */
import { MASTER } from '../agreement/algorithm.ts';
import type { Address } from '../configs/run-config.ts';
import { deadlineIn } from '../runtime/deadline.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { dial } from '../runtime/outbound.ts';
import type { Outbound } from '../runtime/outbound.ts';
import type { NodeOptions } from './node-options.ts';
import type { Session } from './session.ts';

/**
 * The master may have said why before it hung up: refused, fenced. That word comes on the master's
 * own connection, which is read in its own time, in milliseconds.
 */
const LAST_WORD_MS = 1_000;

/** Dials until the master answers. Rejects with `master-missing`. */
export async function reachMaster(
  session: Session,
  options: NodeOptions,
  address: Address,
): Promise<Outbound> {
  const where = `${address.host}:${address.port}`;
  options.say(`waiting for the master at ${where}`);
  const onEnd = (how: string): void => {
    const gone = `the connection to the master at ${where} ended: ${how}.${hintFor(session)}`;
    setTimeout(() => {
      if (!session.isFinished && !session.isDying)
        session.lost.reject(new OperatingError('master-gone', gone));
    }, LAST_WORD_MS).unref();
  };
  const party = { to: MASTER, transport: session.transport };
  const toMaster = await dial(address, deadlineIn(options.waitMs), onEnd, session.outbox, party);
  if (toMaster === null) {
    throw new OperatingError(
      'master-missing',
      `no master answered at ${where} within ${options.waitMs / 1000} s. Start it (npm run master -- FILE with the same config, or the process of rank 0), or wait longer with --wait.`,
    );
  }
  session.toMaster = toMaster;
  return toMaster;
}

/** Who was never welcomed was probably turned away, and nobody could tell it why. */
function hintFor({ log, transport }: Session): string {
  if (log !== null) return '';
  return transport.tls === null
    ? ' If the master runs with tls on, start this process with tls on and keys too.'
    : ' If the master does not know these keys, make them anew with npm run keys, for all processes.';
}

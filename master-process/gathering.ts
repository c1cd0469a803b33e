/** Before the start: every node is registered, welcomed and connected to every other, or there is no run. */
import { readFileSync } from 'node:fs';
import { runFiles } from '../record/run-directory.ts';
import { within } from '../runtime/deferred.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { declareDead } from './deaths.ts';
import { dismissAll, reach } from './join.ts';
import { inState, nameNodes } from './members.ts';
import { close, sendTo } from './session.ts';
import type { MasterSession } from './session.ts';

export interface Gathering {
  /** How long to wait for all nodes to register and to connect, in milliseconds. */
  readonly waitMs: number;
  /** Wall clock of the run's origin, microseconds since 1970. */
  readonly originUs: number;
}

/** Resolves when that is so or the run has ended; `session.ending` tells. */
export async function gather(session: MasterSession, options: Gathering): Promise<void> {
  if ((await within(session.registered.promise, options.waitMs)) === null) {
    await giveUp(session, 'did not register', inState(session.members, 'awaited'), options);
    return;
  }
  if (session.stage !== 'joining') return;
  session.stage = 'connecting';
  await welcomeAll(session, options);
  if ((await within(session.ready.promise, options.waitMs)) === null) {
    const late = inState(session.members, 'joined');
    await giveUp(session, 'could not connect to all others', late, options);
  }
}

/** There is no run to judge: everybody who came is told, and the master fails. */
async function giveUp(
  session: MasterSession,
  what: string,
  missing: readonly number[],
  options: Gathering,
): Promise<void> {
  if (session.stage === 'finished') return;
  const reason = `${nameNodes(missing)} ${what} within ${options.waitMs / 1000} s`;
  close(session, 'death-before-start', reason);
  await dismissAll(session, 'peer-missing', reason);
  const hint = `Start each (npm run node -- FILE --id ID with the same file, or the process of that rank), or wait longer with --wait`;
  session.ending.reject(new OperatingError('peer-missing', `${reason}. ${hint}.`));
}

async function welcomeAll(session: MasterSession, options: Gathering): Promise<void> {
  const members = [...session.members.values()];
  const addresses = members.map(({ id, address }) => {
    const { host, port } = address ?? { host: '', port: 0 };
    return { id, host, port };
  });
  const { run, directory } = session;
  const { originUs } = options;
  const config = JSON.stringify(session.config);
  await Promise.all(
    members.map(async (member) => {
      if (member.address === null) return;
      if ((await reach(session, member, member.address)) === null)
        declareDead(session, member, 'it does not answer at its address');
    }),
  );
  // Somebody may have died meanwhile: then all others are sent away.
  if (session.stage !== 'connecting') return;
  const welcome = { kind: 'welcome', run, directory, originUs, config, addresses } as const;
  sendTo(session, members, { ...welcome, algorithm: codeOf(session) });
}

/** Of the user's own algorithm, for nodes that do not see the run directory. */
const codeOf = ({ config, directory }: MasterSession): string =>
  config.algorithmHash === null ? '' : readFileSync(runFiles.algorithm(directory), 'utf8');

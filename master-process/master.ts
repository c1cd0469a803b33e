/** The life of the master: listen, wait for all nodes, open the barrier, watch, finish. */
import { readFileSync } from 'node:fs';
import { MASTER } from '../agreement/algorithm.ts';
import type { Address, RunConfig } from '../configs/run-config.ts';
import { headerOf, processStatistics } from '../record/process-statistics.ts';
import { openRecorder } from '../record/recorder.ts';
import { runFiles } from '../record/run-directory.ts';
import { within } from '../runtime/deferred.ts';
import { createDoorkeeper } from '../runtime/doorkeeper.ts';
import { createAcceptor } from '../runtime/inbound.ts';
import type { InboundPolicy } from '../runtime/inbound.ts';
import type { Progress } from '../runtime/ipc.ts';
import { listen } from '../runtime/listen.ts';
import type { Listener } from '../runtime/listen.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import type { Refusal } from '../runtime/refusals.ts';
import { createRunClock, monotonicMs } from '../runtime/run-clock.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Action } from '../runtime/action.ts';
import { act, resumeAll } from './actions.ts';
import { dismissAll, identify, reach } from './join.ts';
import { alive, inState, nameNodes } from './members.ts';
import { declareDead } from './deaths.ts';
import { startScript } from './script.ts';
import { close, createMasterSession, end, record, sendTo } from './session.ts';
import type { Ending, MasterSession } from './session.ts';
import { startWatch } from './watch.ts';

export interface MasterOptions {
  readonly config: RunConfig;
  /** The run's id, in every hello; two runs never mix. */
  readonly run: string;
  readonly directory: string;
  /** Wall clock of the run's origin, microseconds since 1970. */
  readonly originUs: number;
  /** The same moment on this machine's monotonic clock; unless told it is found by the wall clock. */
  readonly originMonotonicUs?: number;
  readonly digest: string;
  readonly transport: Transport;
  /** What to bind, or a port that has been claimed already. */
  readonly listen: Address | Listener;
  /** How long to wait for all nodes to register and to connect, in milliseconds. */
  readonly waitMs: number;
  onListening(address: Address): void;
  /** Somebody has joined or left; for people. */
  onChange(awaited: readonly number[]): void;
  /** Somebody or something was turned away; for people. */
  readonly onRefused?: (refusal: Refusal) => void;
}

export interface Master {
  /** Resolves when the run is over and everything is written. */
  readonly ending: Promise<Ending>;
  progress(): Progress;
  /** The launcher has seen a node's OS process end. */
  exited(node: number, how: string): void;
  readonly interrupt: (signal: string) => void;
  /** Somebody at the live page acts on the run. Returns why it cannot be done, or null. */
  readonly act: (action: Action) => string | null;
}

/** How long a live node may take to write its last events, in milliseconds. */
const DONE_MS = 5_000;

/** So many bytes of records that come home buy that time once more. */
const PACE_BYTES = 64 * 1024;

export function startMaster(options: MasterOptions): Master {
  const nowUs = createRunClock(options.originUs, options.originMonotonicUs);
  const { config, run, directory, digest, transport } = options;
  const header = headerOf({ process: 'master', run, originUs: options.originUs, t: nowUs() });
  const recorder = openRecorder(directory, MASTER, header);
  const session = createMasterSession(
    { config, run, directory, digest, recorder, nowUs, transport },
    options.onRefused ?? (() => undefined),
  );
  return {
    ending: preside(session, options).finally(recorder.close),
    progress: () => progressOf(session),
    exited(node, how) {
      onExited(session, node, how);
    },
    interrupt(signal) {
      // Once the run is over, only last words are waited for.
      if (session.stage === 'finished') session.allDone.resolve(true);
      else end(session, 'interrupted', `interrupted by ${signal}`);
    },
    act: (action) => act(session, action, 'live'),
  };
}

async function preside(session: MasterSession, options: MasterOptions): Promise<Ending> {
  const onChange = (): void => {
    options.onChange(inState(session.members, 'awaited'));
  };
  const listener = 'accept' in options.listen ? options.listen : await listen(options.listen);
  const policy: InboundPolicy = {
    door: createDoorkeeper(),
    identify: (first, _bytes, close) => identify(session, first, close, onChange),
    onRefused: session.refusals.note,
  };
  listener.accept(createAcceptor(session.transport, policy));
  options.onListening(listener.address);
  onChange();
  try {
    await Promise.race([gather(session, options), session.ending.promise]);
    if (session.stage === 'connecting') openBarrier(session);
    const ending = await session.ending.promise;
    await letGo(session, ending);
    return ending;
  } finally {
    session.watch?.stop();
    listener.close();
  }
}

/** Until every node is registered, welcomed and connected to every other. */
async function gather(session: MasterSession, options: MasterOptions): Promise<void> {
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
  options: MasterOptions,
): Promise<void> {
  if (session.stage === 'finished') return;
  const reason = `${nameNodes(missing)} ${what} within ${options.waitMs / 1000} s`;
  close(session, 'death-before-start', reason);
  await dismissAll(session, 'peer-missing', reason);
  const hint = `Start each with: npm run node -- FILE --id ID (the same file), or wait longer with --wait`;
  session.ending.reject(new OperatingError('peer-missing', `${reason}. ${hint}.`));
}

async function welcomeAll(session: MasterSession, options: MasterOptions): Promise<void> {
  const members = [...session.members.values()];
  const addresses = members.map(({ id, address }) => {
    const { host, port } = address ?? { host: '', port: 0 };
    return { id, host, port };
  });
  const { run, directory, originUs } = options;
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

/** Everybody is connected to everybody: no message of the algorithm was possible before. */
function openBarrier(session: MasterSession): void {
  session.stage = 'running';
  record(session, { kind: 'start', t: session.nowUs() });
  session.recorder.flush();
  for (const member of alive(session.members)) member.state = 'running';
  sendTo(session, alive(session.members), { kind: 'start' });
  session.stopScript = startScript(session);
  const { timeLimitMs, patienceMs } = session.config;
  session.watch = startWatch({
    timeLimitMs,
    patienceMs,
    onTimeLimit() {
      end(session, 'time-limit', `not finished after ${timeLimitMs / 1000} s (time-limit)`);
    },
    onSilence() {
      end(session, 'no-progress', `no report for ${patienceMs / 1000} s (patience)`);
    },
  });
}

/** Finish record, then wait until every live node has written everything, then let go. */
async function letGo(session: MasterSession, { outcome, reason }: Ending): Promise<void> {
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
  await Promise.all(living.map(async (member) => member.out?.flushed()));
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

function onExited(session: MasterSession, node: number, how: string): void {
  const member = session.members.get(node);
  if (session.stage !== 'joining' || member?.state === 'dead') return;
  end(session, 'death-before-start', `node ${node} ended before the start (${how})`);
}

const progressOf = (session: MasterSession): Progress => ({
  stage: session.stage,
  decided: session.stopping.decided,
  nodes: [...session.members.values()].map(({ id, state, round, value }) => ({
    id,
    state,
    round,
    value,
  })),
});

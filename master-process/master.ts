/** The life of the master: listen, wait for all nodes, open the barrier, watch, finish. */
import { MASTER } from '../agreement/algorithm.ts';
import type { Address, RunConfig } from '../configs/run-config.ts';
import { headerOf } from '../record/process-statistics.ts';
import { openRecorder } from '../record/recorder.ts';
import { createDoorkeeper } from '../runtime/doorkeeper.ts';
import { createAcceptor } from '../runtime/inbound.ts';
import type { InboundPolicy } from '../runtime/inbound.ts';
import type { Progress } from '../runtime/ipc.ts';
import { listen } from '../runtime/listen.ts';
import type { Listener } from '../runtime/listen.ts';
import type { Refusal } from '../runtime/refusals.ts';
import { createRunClock } from '../runtime/run-clock.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Action } from '../runtime/action.ts';
import { act } from './actions.ts';
import { gather } from './gathering.ts';
import { identify } from './join.ts';
import { letGo } from './letting-go.ts';
import { alive, inState } from './members.ts';
import { startScript } from './script.ts';
import { createMasterSession, end, record, sendTo } from './session.ts';
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

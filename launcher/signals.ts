/** When the user wants a run to end: Ctrl-C, SIGTERM, a closed terminal, or npm killed above us. */
import { EXIT } from '../runtime/exit-codes.ts';
import { deferred } from '../runtime/deferred.ts';
import { exitNow } from '../runtime/lifecycle.ts';
import { monotonicMs } from '../runtime/run-clock.ts';

export interface Interruption {
  /** Resolves with the name of the signal. */
  readonly interrupted: Promise<string>;
  /** The shell's code for it, or null while nothing has happened. */
  exitCode(): number | null;
  /**
   * Signals end this process as the system does it, also in the middle of a computation; until what this
   * returns is called.
   */
  readonly leaveToSystem: () => () => void;
}

const codes: Partial<Record<NodeJS.Signals, number>> = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  SIGHUP: EXIT.hungUp,
};

const PARENT_CHECK_MS = 500;

/** A terminal sends Ctrl-C to npm and to its child, and npm passes it on: the same one comes twice. */
const ECHO_MS = 500;

/** The second signal ends this process at once, and its children with it (children.ts). */
export function watchForInterruption(): Interruption {
  const interrupted = deferred<string>();
  let code: number | null = null;
  let sinceMs = 0;
  const interrupt = (signal: string, exitCode: number): void => {
    if (code === null) {
      code = exitCode;
      sinceMs = monotonicMs();
      interrupted.resolve(signal);
    } else if (monotonicMs() - sinceMs > ECHO_MS) exitNow(code);
  };
  const heed = (signal: NodeJS.Signals): void => {
    interrupt(signal, codes[signal] ?? EXIT.terminated);
  };
  const listen = (): void => {
    for (const name of Object.keys(codes)) process.on(name, heed);
  };
  listen();
  watchNpm(() => {
    // Of a signal to both npm may die first.
    if (code === null) interrupt('the end of npm', EXIT.terminated);
  });
  return {
    interrupted: interrupted.promise,
    exitCode: () => code,
    leaveToSystem() {
      for (const name of Object.keys(codes)) process.off(name, heed);
      return listen;
    },
  };
}

const parent = process.ppid;
const isUnderNpm = process.env['npm_lifecycle_event'] !== undefined;

/** kill -9 of npm sends us nothing; our parent's pid changes. Only when npm started us. */
export const isNpmGone = (): boolean => isUnderNpm && process.ppid !== parent;

function watchNpm(onGone: () => void): void {
  if (!isUnderNpm) return;
  const timer = setInterval(() => {
    if (!isNpmGone()) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** For a command that has nothing to put in order: signals end it as the system does, and so does the end of npm. */
export function leaveWithNpm(): void {
  watchNpm(() => exitNow(EXIT.terminated));
}

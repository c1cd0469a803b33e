/** When the user wants a run to end: Ctrl-C, SIGTERM, a closed terminal, or npm killed above us. */
import { EXIT } from '../runtime/exit-codes.ts';
import { deferred } from '../runtime/deferred.ts';
import { exitNow } from '../runtime/lifecycle.ts';

export interface Interruption {
  /** Resolves with the name of the signal. */
  readonly interrupted: Promise<string>;
  /** The shell's code for it, or null while nothing has happened. */
  exitCode(): number | null;
}

const PARENT_CHECK_MS = 500;

/** The second signal ends this process at once, and its children with it (children.ts). */
export function watchForInterruption(): Interruption {
  const interrupted = deferred<string>();
  let code: number | null = null;
  const interrupt = (signal: string, exitCode: number): void => {
    if (code !== null) exitNow(code);
    code = exitCode;
    interrupted.resolve(signal);
  };
  process.on('SIGINT', () => {
    interrupt('SIGINT', EXIT.interrupted);
  });
  process.on('SIGTERM', () => {
    interrupt('SIGTERM', EXIT.terminated);
  });
  process.on('SIGHUP', () => {
    interrupt('SIGHUP', EXIT.hungUp);
  });
  watchNpm(() => {
    interrupt('the end of npm', EXIT.terminated);
  });
  return { interrupted: interrupted.promise, exitCode: () => code };
}

/** kill -9 of npm sends us nothing; our parent's pid changes. Only when npm started us. */
function watchNpm(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** A master that is stopped (SIGSTOP) or stuck hears of nothing, and cannot leave by itself either. */
import { startWatch } from '../master-process/watch.ts';
import { deferred, within } from '../runtime/deferred.ts';

export interface DeafMaster {
  /** The master has said something; it does so ten times a second. */
  readonly heard: () => void;
  /** Resolves to what keeps anybody from waiting for it any longer. */
  readonly isDeaf: Promise<string>;
  readonly stop: () => void;
}

/** How long the master may take to end after an interruption, and is waited for at least, in milliseconds. */
const DEAF_MS = 20_000;

/** `timeLimitMs`: of the run. Whoever says nothing for so long lets it end no run. */
export function watchMaster(timeLimitMs: number, interrupted: Promise<string>): DeafMaster {
  const deaf = deferred<string>();
  const silenceMs = Math.max(timeLimitMs, DEAF_MS);
  const watch = startWatch({
    timeLimitMs: Infinity,
    patienceMs: silenceMs,
    onTimeLimit: () => undefined,
    onSilence() {
      deaf.resolve(`has said nothing for ${silenceMs / 1000} s`);
    },
  });
  void interrupted
    .then(() => within(deaf.promise, DEAF_MS))
    .then(() => {
      deaf.resolve(`did not end within ${DEAF_MS / 1000} s of the interruption`);
    });
  return { heard: watch.heard, isDeaf: deaf.promise, stop: watch.stop };
}

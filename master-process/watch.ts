/**
 * Two clocks that end a run which will not end by itself. They count only time in which the master
 * ran: after a pause (SIGSTOP, a suspended laptop) a tick adds at most two intervals, so that what
 * arrived meanwhile is read before anybody is called silent.
 */
import { monotonicMs } from '../runtime/run-clock.ts';

const TICK_MS = 100;

export interface Watch {
  /** A report has come. */
  readonly heard: () => void;
  /** Both clocks stand while somebody holds the run up on purpose. */
  stand(isHeldUp: boolean): void;
  readonly stop: () => void;
}

export interface WatchLimits {
  /** Whole run, from the start record, in milliseconds. */
  readonly timeLimitMs: number;
  /** Without any report, in milliseconds. */
  readonly patienceMs: number;
  onTimeLimit(): void;
  onSilence(): void;
}

export function startWatch(limits: WatchLimits): Watch {
  let runMs = 0;
  let quietMs = 0;
  let last = monotonicMs();
  let isHeldUp = false;
  const timer = setInterval(() => {
    const now = monotonicMs();
    const passed = Math.min(now - last, 2 * TICK_MS);
    last = now;
    if (isHeldUp) return;
    runMs += passed;
    quietMs += passed;
    if (runMs > limits.timeLimitMs) limits.onTimeLimit();
    else if (quietMs > limits.patienceMs) limits.onSilence();
  }, TICK_MS);
  return {
    heard() {
      quietMs = 0;
    },
    stand(heldUp) {
      isHeldUp = heldUp;
    },
    stop() {
      clearInterval(timer);
    },
  };
}

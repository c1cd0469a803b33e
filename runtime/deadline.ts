/** A moment until which several things are waited for: one timer for all of them. */
import { TIMER_MS_MAX } from './deferred.ts';
import { monotonicMs } from './run-clock.ts';

export interface Deadline {
  /** In milliseconds; below 0 once it has passed. */
  leftMs(): number;
  /**
   * `act` is called when it has passed, unless what this returns is called before. Everybody brings a
   * function of his own.
   */
  whenPassed(act: () => void): () => void;
}

/** From now, in milliseconds; Infinity: never. The wait alone keeps no process alive. */
export function deadlineIn(ms: number): Deadline {
  const atMs = monotonicMs() + ms;
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  const leftMs = (): number => atMs - monotonicMs();
  const wait = (): void => {
    timer ??= setTimeout(pass, Math.min(Math.max(Math.ceil(leftMs()), 0), TIMER_MS_MAX)).unref();
  };
  function pass(): void {
    timer = null;
    // A timer of Node.js fires up to a millisecond early.
    if (leftMs() > 0) {
      wait();
      return;
    }
    const late = [...waiting];
    waiting.clear();
    for (const act of late) act();
  }
  return {
    leftMs,
    whenPassed(act) {
      if (ms === Infinity) return () => undefined;
      wait();
      waiting.add(act);
      return () => waiting.delete(act);
    },
  };
}

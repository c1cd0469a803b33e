/**
 * Who waits at the door of a listening process, how many, and for how long. Anybody can connect; only
 * who has said who he is costs more than a little. A crowd of strangers may hold up others for a
 * moment, but takes no memory and no descriptors beyond these bounds.
 */
import { TIMER_MS_MAX } from './deferred.ts';
import { monotonicMs } from './run-clock.ts';

export interface Doorkeeper {
  /**
   * Somebody has connected. Returns what to call when he has said who he is or has gone; null: there
   * are too many at once, send him away. `dismiss` is called when a newcomer takes his place, or when
   * he has waited for too long; `why` for people.
   */
  enter(dismiss: (why: string) => void): (() => void) | null;
}

export interface DoorLimits {
  /** Connections that have not said who they are. When there are more, the oldest goes. */
  readonly waitingMax: number;
  /** Newcomers in one moment, and how fast that number is filled up again. */
  readonly burst: number;
  readonly perSecond: number;
  /** How long one may wait without a word, in milliseconds; Infinity: somebody else sees to that. */
  readonly patienceMs: number;
}

/**
 * Room for a thousand nodes that all dial in the same moment, and as much time as they have for it: on
 * a machine with far fewer processors than that, a node may have to wait long for its next turn.
 */
const LIMITS: DoorLimits = {
  waitingMax: 1_024,
  burst: 4_096,
  perSecond: 1_000,
  patienceMs: 20_000,
};

interface Guest {
  readonly sinceMs: number;
  readonly dismiss: (why: string) => void;
}

/** `nowMs`: a clock that never goes back. */
export function createDoorkeeper(
  limits: Partial<DoorLimits> = {},
  nowMs: () => number = monotonicMs,
): Doorkeeper {
  const { waitingMax, patienceMs, ...rate } = { ...LIMITS, ...limits };
  const takeOne = createAllowance(rate, nowMs());
  /** Insertion order is age. */
  const waiting = new Set<Guest>();
  let timer: NodeJS.Timeout | null = null;
  const dismiss = (guest: Guest, why: string): void => {
    waiting.delete(guest);
    guest.dismiss(why);
  };
  const dismissLate = (): void => {
    const now = nowMs();
    for (const guest of waiting) {
      if (now - guest.sinceMs < patienceMs) break;
      dismiss(guest, `said nothing for ${patienceMs} ms`);
    }
    const [oldest] = waiting;
    timer = oldest === undefined ? null : lookIn(oldest.sinceMs + patienceMs - now);
  };
  // One timer for all. What has come by then is read first: it was this process that was late.
  const lookIn = (ms: number): NodeJS.Timeout =>
    setTimeout(() => setImmediate(dismissLate), Math.min(ms, TIMER_MS_MAX)).unref();
  return {
    enter(dismissGuest) {
      const now = nowMs();
      if (!takeOne(now)) return null;
      const [oldest] = waiting;
      if (waiting.size >= waitingMax && oldest !== undefined)
        dismiss(oldest, 'others came, and it had not said who it is');
      const guest = { sinceMs: now, dismiss: dismissGuest };
      waiting.add(guest);
      if (patienceMs !== Infinity) timer ??= lookIn(patienceMs);
      return () => {
        waiting.delete(guest);
      };
    },
  };
}

/** Whether one more may come now: `burst` at once, and `perSecond` after that. */
function createAllowance(
  { burst, perSecond }: Pick<DoorLimits, 'burst' | 'perSecond'>,
  startMs: number,
): (nowMs: number) => boolean {
  let allowance = burst;
  let last = startMs;
  return (nowMs) => {
    allowance = Math.min(burst, allowance + ((nowMs - last) * perSecond) / 1000);
    last = nowMs;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
  };
}

/**
 * Who waits at the door of a listening process, and how many. Anybody can connect; only who has said
 * who he is costs more than a little. A crowd of strangers may hold up others for a moment, but takes
 * no memory and no descriptors beyond these bounds.
 */
export interface Doorkeeper {
  /**
   * Somebody has connected. Returns what to call when he has said who he is or has gone; null: there
   * are too many at once, send him away. `dismiss` is called when a newcomer takes his place.
   */
  enter(dismiss: () => void): (() => void) | null;
}

export interface DoorLimits {
  /** Connections that have not said who they are. When there are more, the oldest goes. */
  readonly waitingMax: number;
  /** Newcomers in one moment, and how fast that number is filled up again. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Room for a thousand nodes that all dial in the same moment. */
const LIMITS: DoorLimits = { waitingMax: 1_024, burst: 4_096, perSecond: 1_000 };

/** `nowMs`: a clock that never goes back. */
export function createDoorkeeper(
  { waitingMax, burst, perSecond }: DoorLimits = LIMITS,
  nowMs: () => number = () => performance.now(),
): Doorkeeper {
  /** Insertion order is age. */
  const waiting = new Set<() => void>();
  let allowance = burst;
  let last = nowMs();
  const takeOne = (): boolean => {
    const now = nowMs();
    allowance = Math.min(burst, allowance + ((now - last) * perSecond) / 1000);
    last = now;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
  };
  return {
    enter(dismiss) {
      if (!takeOne()) return null;
      const [oldest] = waiting;
      if (waiting.size >= waitingMax && oldest !== undefined) {
        waiting.delete(oldest);
        oldest();
      }
      // A function of its own: two who dismiss alike are still two.
      const leave = (): void => {
        dismiss();
      };
      waiting.add(leave);
      return () => {
        waiting.delete(leave);
      };
    },
  };
}

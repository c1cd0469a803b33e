/**
 * Microseconds since the run's origin, by the monotonic clock: a wall clock that jumps during the run
 * moves no event. All processes of one machine share that clock, so those that a launcher has started
 * are told where the origin lies on it and agree exactly. A process that was started by hand finds the
 * place by the wall clock, once; it agrees with the others to about a millisecond.
 */
export type RunClock = () => number;

/**
 * Of this machine; only differences say something. Not performance.now: what Node.js loads for it costs
 * each start more than a millisecond.
 */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.round(nanoseconds / 1000);
}

export const monotonicMs = (): number => monotonicUs() / 1000;

/** In whole milliseconds; microseconds are its unit. */
export const wallClockUs = (): number => Date.now() * 1000;

/** Where a moment of the wall clock lies, or lay, on the monotonic one. */
export const monotonicAt = (wallUs: number): number => monotonicUs() - (wallClockUs() - wallUs);

/**
 * `originUs`: the run's origin, microseconds since 1970. `originMonotonicUs`: the same moment on this
 * machine's monotonic clock, for who has been told.
 */
export const createRunClock =
  (originUs: number, originMonotonicUs = monotonicAt(originUs)): RunClock =>
  () =>
    monotonicUs() - originMonotonicUs;

/**
 * Microseconds since the run's origin. The wall clock is read once, at process start; from there the
 * monotonic clock counts, so a clock that jumps during the run moves no event. Processes on one
 * machine agree to about a millisecond.
 */
export type RunClock = () => number;

export const wallClockUs = (): number =>
  Math.round((performance.timeOrigin + performance.now()) * 1000);

export const createRunClock =
  (originUs: number): RunClock =>
  () =>
    wallClockUs() - originUs;

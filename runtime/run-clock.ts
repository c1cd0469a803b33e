/**
 * Microseconds since the run's origin. The wall clock is read once, at process start; from there the
 * monotonic clock counts, so a clock that jumps during the run moves no event. Processes on one
 * machine agree to about a millisecond.
 */
export type RunClock = () => number;

const { timeOrigin } = performance;
const sinceOriginMs = performance.now.bind(performance);

/** Looked up once: a message is dated several times, and each look at `performance` is slow. */
export const wallClockUs = (): number => Math.round((timeOrigin + sinceOriginMs()) * 1000);

export const createRunClock =
  (originUs: number): RunClock =>
  () =>
    wallClockUs() - originUs;

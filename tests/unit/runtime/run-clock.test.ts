import { expect, test } from '@jest/globals';
import { createRunClock, monotonicAt, monotonicUs } from '../../../runtime/run-clock.ts';

const SECOND_US = 1_000_000;

test('who is told where the origin lies on the monotonic clock counts from there exactly', () => {
  const origin = monotonicUs();
  const [one, other] = [createRunClock(0, origin), createRunClock(1, origin)];
  const times = [one(), other(), one(), other()];
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.every((t) => Number.isInteger(t) && t >= 0 && t < 60 * SECOND_US)).toBe(true);
});

test('who is not told finds the origin by the wall clock', () => {
  const nowUs = createRunClock(Date.now() * 1000 - 5 * SECOND_US);
  expect(nowUs()).toBeGreaterThan(4 * SECOND_US);
  expect(nowUs()).toBeLessThan(60 * SECOND_US);
});

test('an origin in the future is before 0', () => {
  expect(createRunClock(Date.now() * 1000 + 600 * SECOND_US)()).toBeLessThan(0);
});

test('a moment of the wall clock has one place on the monotonic clock', () => {
  const wallUs = Date.now() * 1000;
  const places = [monotonicAt(wallUs), monotonicAt(wallUs + SECOND_US)];
  // Two looks at two clocks: the machine may stop this process in between.
  expect(Math.abs((places[1] ?? 0) - (places[0] ?? 0) - SECOND_US)).toBeLessThan(SECOND_US / 2);
});

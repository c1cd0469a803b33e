import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startWatch } from '../../../master-process/watch.ts';
import type { Watch } from '../../../master-process/watch.ts';

let nowMs = 0;
let rings: string[];
let watch: Watch;

beforeEach(() => {
  nowMs = 0;
  rings = [];
  jest.useFakeTimers();
  jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  watch = startWatch({
    timeLimitMs: 3_000,
    patienceMs: 1_000,
    onTimeLimit: () => rings.push('time limit'),
    onSilence: () => rings.push('silence'),
  });
});

afterEach(() => {
  watch.stop();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** The process runs: its timers fire when they should. */
function run(ms: number): void {
  for (let passed = 0; passed < ms; passed += 50) {
    nowMs += 50;
    jest.advanceTimersByTime(50);
  }
}

/** The process stands still: the clock goes on, and then one timer fires. */
function standStill(ms: number): void {
  nowMs += ms;
  jest.advanceTimersByTime(100);
}

test('silence for longer than the patience is told', () => {
  run(1_000);
  expect(rings).toEqual([]);
  run(200);
  expect(rings[0]).toBe('silence');
});

test('whoever is heard of in time keeps the run going up to the time limit', () => {
  for (let i = 0; i < 6; i += 1) {
    run(500);
    watch.heard();
  }
  expect(rings).toEqual([]);
  run(200);
  expect(rings[0]).toBe('time limit');
});

test('time in which the master stood still is nobody’s silence', () => {
  run(500);
  standStill(600_000);
  expect(rings).toEqual([]);
  // What arrived meanwhile is read now.
  watch.heard();
  run(900);
  expect(rings).toEqual([]);
});

test('after its end a watch says nothing', () => {
  watch.stop();
  run(10_000);
  expect(rings).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeId, Round } from '../../../agreement/algorithm.ts';
import { createLinkClock } from '../../../faults/link-clock.ts';
import type { DelayDistribution, Hold } from '../../../faults/settings.ts';
import {
  arrive,
  closeDelivery,
  createDelivery,
  hold,
  open,
  release,
} from '../../../node-process/delivery.ts';
import type { Delivered, Delivery } from '../../../node-process/delivery.ts';

const SEED = 7;
const N = 4;

interface Told extends Delivered {
  readonly at: number;
}

let nowUs: number;
let told: Told[];

beforeEach(() => {
  nowUs = 0;
  told = [];
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

function create(delay: DelayDistribution, holds: readonly Hold[] = []): Delivery {
  const clock = createLinkClock(1, N, SEED, { delay, holds, order: 'fifo' });
  return createDelivery(
    clock,
    () => nowUs,
    (message) => told.push({ ...message, at: nowUs }),
  );
}

/** Timers of whole milliseconds on a clock of microseconds that is never quite even. */
function pass(ms: number): void {
  for (let i = 0; i < ms; i += 1) {
    nowUs += 1_000;
    jest.advanceTimersByTime(1);
  }
}

const constant = (delayMs: number): DelayDistribution => ({ kind: 'constant', delayMs });
const uniform: DelayDistribution = { kind: 'uniform', minMs: 0, maxMs: 20 };

test('without delay a message is handed over in the same turn of the loop, without a timer', () => {
  const delivery = create(constant(0));
  open(delivery, nowUs);
  arrive(delivery, 2, 0, 0.5);
  expect(told).toMatchObject([{ from: 2, round: 0, value: 0.5, delay: 0, at: 0 }]);
  expect(jest.getTimerCount()).toBe(0);
});

describe('a link that is held by the master’s word', () => {
  test('keeps what is due, in order, and lets go of it at once', () => {
    const delivery = create(constant(2));
    open(delivery, nowUs);
    arrive(delivery, 2, 0, 0.5);
    hold(delivery, 2);
    pass(5);
    arrive(delivery, 2, 1, 0.6);
    arrive(delivery, 3, 0, 0.7);
    pass(5);
    expect(told.map(({ from }) => from)).toEqual([3]);
    release(delivery, 2);
    expect(told.slice(1)).toMatchObject([
      { from: 2, round: 0, arrived: 0, delay: nowUs, at: nowUs },
      { from: 2, round: 1, arrived: 5_000, delay: nowUs - 5_000, at: nowUs },
    ]);
  });

  test('does not let go of what is not due yet', () => {
    const delivery = create(constant(10));
    open(delivery, nowUs);
    hold(delivery, 2);
    arrive(delivery, 2, 0, 0.5);
    pass(3);
    release(delivery, 2);
    expect(told).toEqual([]);
    pass(10);
    expect(told).toMatchObject([{ from: 2, delay: 10_000 }]);
  });

  test('keeps what is there at the end of the run: it was held for ever', () => {
    const delivery = create(constant(0));
    open(delivery, nowUs);
    hold(delivery, 2);
    hold(delivery, 2);
    arrive(delivery, 2, 0, 0.5);
    expect(closeDelivery(delivery)).toMatchObject([{ from: 2, delay: null }]);
    expect(told).toEqual([]);
  });
});

test('no message is handed over before it is due, and each is once', () => {
  const message = fc.record({
    from: fc.integer({ min: 2, max: N }),
    gapUs: fc.integer({ min: 0, max: 5_000 }),
  });
  let waited = 0;
  const property = fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
    nowUs = 0;
    told = [];
    const delivery = create(uniform);
    open(delivery, nowUs);
    const rounds = new Map<NodeId, Round>();
    for (const { from, gapUs } of messages) {
      nowUs += gapUs;
      const round = rounds.get(from) ?? 0;
      rounds.set(from, round + 1);
      arrive(delivery, from, round, round);
      expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
    }
    pass(50);
    expect(told).toHaveLength(messages.length);
    for (const { at, arrived, delay } of told) {
      expect(at).toBeGreaterThanOrEqual(arrived + delay!);
      if (delay! > 0) waited += 1;
    }
    expect(jest.getTimerCount()).toBe(0);
  });
  fc.assert(property, { numRuns: 50 });
  expect(waited).toBeGreaterThan(100);
});

test('a link keeps its order, and equal times go by arrival', () => {
  const delivery = create(constant(3));
  open(delivery, nowUs);
  for (const [from, round] of [
    [3, 0],
    [2, 0],
    [3, 1],
    [2, 1],
  ] as const) {
    arrive(delivery, from, round, 0);
  }
  pass(5);
  expect(told.map(({ from, round }) => [from, round])).toEqual([
    [3, 0],
    [2, 0],
    [3, 1],
    [2, 1],
  ]);
});

describe('what comes before the start', () => {
  test('waits for it, and its delay counts from it', () => {
    const delivery = create(constant(2));
    arrive(delivery, 2, 0, 0.5);
    pass(10);
    expect(told).toEqual([]);
    open(delivery, nowUs);
    pass(5);
    expect(told).toMatchObject([{ from: 2, round: 0, arrived: 0 }]);
    expect(told[0]!.at).toBeGreaterThanOrEqual(2_000);
  });
});

test('what is held for ever is never handed over, and is named at the end', () => {
  const hold: Hold = { from: 2, to: 1, firstRound: 0, lastRound: 0, untilMs: null };
  const delivery = create(constant(1), [hold]);
  open(delivery, nowUs);
  arrive(delivery, 2, 0, 0.5);
  arrive(delivery, 3, 0, 0.25);
  pass(60_000);
  expect(told.map(({ from }) => from)).toEqual([3]);
  arrive(delivery, 4, 0, 0.75);
  expect(closeDelivery(delivery)).toMatchObject([
    { from: 2, delay: null },
    { from: 4, delay: 1_000 },
  ]);
  pass(10);
  expect(told).toHaveLength(1);
});

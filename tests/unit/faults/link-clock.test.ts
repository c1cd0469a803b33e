import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageWaitUs } from '../../../faults/message-wait.ts';
import { createLinkClock, dueUs } from '../../../faults/link-clock.ts';
import type { DelayDistribution, Hold } from '../../../faults/settings.ts';
import { settingsFor } from './settings.fixture.ts';

const N = 4;
const wide: DelayDistribution = { kind: 'uniform', minMs: 0, maxMs: 20 };
const hold4to1: Hold = { from: 4, to: 1, firstRound: 1, lastRound: 2, untilMs: 300 };

/** Due times at node 1 of one message per round from node 4, arriving 1 ms apart. */
function dueTimes(seed: number, changes: Parameters<typeof settingsFor>[1], rounds = 5) {
  const clock = createLinkClock(1, N, seed, settingsFor(N, changes));
  return Array.from({ length: rounds }, (_, round) => dueUs(clock, 4, round, round * 1000));
}

const isAscending = (times: readonly (number | null)[]): boolean =>
  times.every((time, i) => i === 0 || time === null || (times[i - 1] ?? 0) <= time);

describe('without holds', () => {
  test('a message is due when it has arrived plus its drawn delay', () => {
    const settings = settingsFor(N, { delay: wide, order: 'any' });
    const clock = createLinkClock(1, N, 7, settings);
    expect(dueUs(clock, 3, 2, 5000)).toBe(5000 + messageWaitUs(7, settings, 3, 1, 2));
  });

  test('fifo never lets a message overtake an earlier one of its link', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => isAscending(dueTimes(seed, { delay: wide, order: 'fifo' }))),
    );
  });

  test('any order sometimes does', () => {
    const orders = [1, 2, 3, 4, 5].map((seed) => dueTimes(seed, { delay: wide, order: 'any' }));
    expect(orders.some((times) => !isAscending(times))).toBe(true);
  });

  test('fifo waits no longer than the slowest message before', () => {
    const own = dueTimes(7, { delay: wide, order: 'any' }, 20) as number[];
    const inOrder = dueTimes(7, { delay: wide, order: 'fifo' }, 20);
    expect(inOrder).toEqual(own.map((_, i) => Math.max(...own.slice(0, i + 1))));
  });

  test('links do not wait for each other', () => {
    const clock = createLinkClock(1, N, 7, settingsFor(N));
    expect(dueUs(clock, 4, 0, 9000)).toBe(9000);
    expect(dueUs(clock, 3, 0, 1000)).toBe(1000);
  });

  test('a message that is here before the start record is due by its arrival, not later', () => {
    const clock = createLinkClock(1, N, 7, settingsFor(N));
    expect(dueUs(clock, 4, 0, -200)).toBe(-200);
  });
});

describe('a hold', () => {
  test('delays exactly the messages of its rounds, when order is any', () => {
    const times = dueTimes(7, { holds: [hold4to1], order: 'any' });
    expect(times).toEqual([0, 300_000, 300_000, 3000, 4000]);
  });

  test('delays the later messages of its link too, when order is fifo', () => {
    const times = dueTimes(7, { holds: [hold4to1], order: 'fifo' });
    expect(times).toEqual([0, 300_000, 300_000, 300_000, 300_000]);
  });

  test('touches no other link and no other direction', () => {
    const settings = settingsFor(N, { holds: [hold4to1] });
    expect(dueUs(createLinkClock(1, N, 7, settings), 3, 1, 1000)).toBe(1000);
    expect(dueUs(createLinkClock(4, N, 7, settings), 1, 1, 1000)).toBe(1000);
  });

  test('is over for a message that arrives after its release', () => {
    const clock = createLinkClock(1, N, 7, settingsFor(N, { holds: [hold4to1] }));
    expect(dueUs(clock, 4, 1, 400_000)).toBe(400_000);
  });

  test('does not shorten a longer delay', () => {
    const delay: DelayDistribution = { kind: 'constant', delayMs: 500 };
    const clock = createLinkClock(1, N, 7, settingsFor(N, { holds: [hold4to1], delay }));
    expect(dueUs(clock, 4, 1, 0)).toBe(500_000);
  });

  test('without release keeps its messages for ever, and under fifo all later ones', () => {
    const never = { ...hold4to1, untilMs: null };
    expect(dueTimes(7, { holds: [never], order: 'any' })).toEqual([0, null, null, 3000, 4000]);
    expect(dueTimes(7, { holds: [never], order: 'fifo' })).toEqual([0, null, null, null, null]);
  });

  test('that overlaps another: the later release counts', () => {
    const longer = { ...hold4to1, firstRound: 2, lastRound: 3, untilMs: 700 };
    const times = dueTimes(7, { holds: [longer, hold4to1], order: 'any' });
    expect(times).toEqual([0, 300_000, 700_000, 700_000, 4000]);
  });
});

test('the clock is plain data: a copy goes on from the same state', () => {
  const clock = createLinkClock(1, N, 7, settingsFor(N, { delay: wide, holds: [hold4to1] }));
  dueUs(clock, 4, 0, 0);
  dueUs(clock, 4, 1, 1000);
  const copy = structuredClone(clock);
  expect(dueUs(copy, 4, 2, 2000)).toBe(dueUs(clock, 4, 2, 2000));
});

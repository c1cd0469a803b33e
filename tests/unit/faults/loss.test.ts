import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../faults/draw.ts';
import { lostAttempts, resendUs } from '../../../faults/loss.ts';
import { maxWaitMs, messageWaitUs } from '../../../faults/message-wait.ts';
import type { Loss } from '../../../faults/settings.ts';
import { settingsFor } from './settings.fixture.ts';

const loss: Loss = { probability: 0.3, rtoMs: 10, capMs: 1000 };

/** Lost attempts of many messages: 200 rounds on 20 links. */
const losses = (of: Loss, seed = 7): number[] =>
  Array.from({ length: 20 }, (_, from) =>
    Array.from({ length: 200 }, (_, round) => lostAttempts(seed, of, from + 2, 1, round)),
  ).flat();

const share = (numbers: readonly number[], is: (n: number) => boolean): number =>
  numbers.filter(is).length / numbers.length;

describe('resends', () => {
  test('wait 1, 2, 4 … times the time-out, and add up', () => {
    expect([0, 1, 2, 3, 4].map((lost) => resendUs(loss, lost))).toEqual([
      0, 10_000, 30_000, 70_000, 150_000,
    ]);
  });

  test('wait no longer than the cap in all', () => {
    expect(resendUs(loss, 7)).toBe(1_000_000);
    expect(resendUs({ ...loss, capMs: 25 }, 2)).toBe(25_000);
  });

  test('end when the cap is reached, even if everything is lost', () => {
    // 10 · (2^6 − 1) = 630 is below the cap, 10 · (2^7 − 1) = 1270 is not.
    expect(new Set(losses({ ...loss, probability: 1 }))).toEqual(new Set([7]));
  });
});

describe('attempts', () => {
  test('are lost with the chance, each by itself', () => {
    const all = losses(loss);
    // Standard error of 4,000: 0.0073; five of them.
    expect(Math.abs(share(all, (lost) => lost > 0) - 0.3)).toBeLessThan(0.037);
    expect(Math.abs(share(all, (lost) => lost > 1) - 0.09)).toBeLessThan(0.023);
  });

  test('are drawn by the keys that the documentation names', () => {
    for (let round = 0; round < 50; round += 1) {
      const draws = [0, 1, 2, 3].map((attempt) => uniform(7, 'loss', 4, 1, round, attempt));
      const expected = draws.findIndex((u) => u >= 0.3);
      if (expected >= 0) expect(lostAttempts(7, loss, 4, 1, round)).toBe(expected);
    }
  });

  test('with chance 0 are never lost', () => {
    expect(new Set(losses({ ...loss, probability: 0 }))).toEqual(new Set([0]));
  });
});

describe('bursts', () => {
  const bursty: Loss = { ...loss, probability: 0.1, burst: 0.7 };

  /** The chain, step by step from round 0, as docs/faults.md tells it. */
  function firstLosses(from: number, rounds: number): boolean[] {
    const lost: boolean[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const chance = lost[round - 1] === true ? 0.7 : 0.1;
      lost.push(uniform(7, 'loss', from, 1, round) < chance);
    }
    return lost;
  }

  test('are the chain in which a loss makes the next one likelier', () => {
    for (const from of [2, 3, 4]) {
      const chain = Array.from(
        { length: 300 },
        (_, round) => lostAttempts(7, bursty, from, 1, round) > 0,
      );
      expect(chain).toEqual(firstLosses(from, 300));
    }
  });

  test('lose more in all than without: p / (1 − b + p) of the messages', () => {
    // 0.1 / 0.4 = 0.25; losses cluster, so the error is some times that of independent ones.
    expect(Math.abs(share(losses(bursty), (lost) => lost > 0) - 0.25)).toBeLessThan(0.08);
  });

  test('with the chance of any loss are no bursts', () => {
    expect(losses({ ...loss, burst: 0.3 })).toEqual(losses(loss));
  });
});

describe('a message waits', () => {
  const delay = { kind: 'uniform', minMs: 0, maxMs: 20 } as const;
  const settings = settingsFor(4, { delay, loss });

  test('its delay and its resends', () => {
    for (let round = 0; round < 30; round += 1) {
      const own = messageWaitUs(7, { delay }, 4, 1, round);
      const resends = resendUs(loss, lostAttempts(7, loss, 4, 1, round));
      expect(messageWaitUs(7, settings, 4, 1, round)).toBe(own + resends);
    }
  });

  test('so many times as long from and to a slow node, its resends not', () => {
    const slow = [{ node: 4, by: { factor: 3 } }];
    for (let round = 0; round < 30; round += 1) {
      const own = messageWaitUs(7, { delay }, 4, 1, round);
      expect(messageWaitUs(7, { delay, slow }, 4, 1, round)).toBe(3 * own);
      const back = messageWaitUs(7, { delay }, 1, 4, round);
      expect(messageWaitUs(7, { delay, slow }, 1, 4, round)).toBe(3 * back);
      const others = messageWaitUs(7, { delay }, 2, 3, round);
      expect(messageWaitUs(7, { delay, slow }, 2, 3, round)).toBe(others);
    }
  });

  test('longer by a draw of each slow end', () => {
    const plus = { kind: 'uniform', minMs: 0, maxMs: 50 } as const;
    const one = { node: 4, by: { plus } };
    const other = { node: 1, by: { plus } };
    const none = { kind: 'constant', delayMs: 0 } as const;
    const wait = (slow: (typeof one)[]) => messageWaitUs(7, { delay: none, slow }, 4, 1, 3);
    expect(wait([one])).toBe(Math.floor(uniform(7, 'slowSender', 4, 1, 3) * 50_000 + 0.5));
    expect(wait([other])).toBe(Math.floor(uniform(7, 'slowReceiver', 4, 1, 3) * 50_000 + 0.5));
    expect(wait([other, one])).toBe(wait([one]) + wait([other]));
  });

  test('at most as long as maxWaitMs says, which is reached between the two slowest', () => {
    const slow = [
      { node: 1, by: { factor: 2 } },
      { node: 4, by: { factor: 3 } },
      { node: 2, by: { plus: { kind: 'constant', delayMs: 40 } as const } },
    ];
    const constant = { kind: 'constant', delayMs: 10 } as const;
    expect(maxWaitMs({ delay: constant, slow })).toBe(100);
    expect(messageWaitUs(7, { delay: constant, slow }, 4, 1, 0)).toBe(60_000);
    const always = { ...loss, probability: 1 };
    expect(maxWaitMs({ delay: constant, loss: always })).toBe(1010);
    expect(messageWaitUs(7, { delay: constant, loss: always }, 4, 1, 0)).toBe(1_010_000);
  });
});

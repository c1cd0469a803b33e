import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../faults/draw.ts';
import { copyDueUs, isDuplicated } from '../../../faults/duplicates.ts';
import { createLinkClock, dueUs } from '../../../faults/link-clock.ts';
import type { FaultSettings } from '../../../faults/settings.ts';
import { settingsFor } from './settings.fixture.ts';

const clockOf = (changes: Partial<FaultSettings>) =>
  createLinkClock(1, 4, 7, settingsFor(4, changes));
const delay = { kind: 'uniform', minMs: 0, maxMs: 20 } as const;

describe('a second copy', () => {
  test('is drawn with the chance, by its own key', () => {
    const drawn = Array.from({ length: 2000 }, (_, round) => isDuplicated(7, 0.2, 4, 1, round));
    expect(drawn[3]).toBe(uniform(7, 'duplicate', 4, 1, 3) < 0.2);
    // Standard error 0.009; five of them.
    expect(Math.abs(drawn.filter(Boolean).length / 2000 - 0.2)).toBeLessThan(0.045);
  });

  test('follows its message after a delay of its own', () => {
    const clock = clockOf({ delay, duplicate: 1 });
    const due = dueUs(clock, 4, 3, 1000)!;
    const own = Math.floor(uniform(7, 'delay', 4, 1, 3, 1) * 20_000 + 0.5);
    expect(copyDueUs(clock, 4, 3, due)).toBe(due + own);
  });

  test('holds up no later message, also under fifo', () => {
    const [doubled, plain] = [clockOf({ delay, duplicate: 1 }), clockOf({ delay })];
    for (let round = 0; round < 50; round += 1) {
      const due = dueUs(doubled, 4, round, round * 1000)!;
      copyDueUs(doubled, 4, round, due);
      expect(due).toBe(dueUs(plain, 4, round, round * 1000));
    }
  });

  test('waits for a closed link, and never comes through one that stays closed', () => {
    const constant = { kind: 'constant', delayMs: 60 } as const;
    const held = { from: 4, to: 1, fromMs: 100, untilMs: 300 };
    const clock = clockOf({ delay: constant, duplicate: 1, timedHolds: [held] });
    expect(copyDueUs(clock, 4, 0, dueUs(clock, 4, 0, 0)!)).toBe(300_000);
    const never = clockOf({
      delay: constant,
      duplicate: 1,
      timedHolds: [{ ...held, untilMs: null }],
    });
    expect(copyDueUs(never, 4, 0, dueUs(never, 4, 0, 0)!)).toBeNull();
  });

  test('does not come without the line, nor with chance 0', () => {
    expect(copyDueUs(clockOf({}), 4, 0, 0)).toBeNull();
    expect(copyDueUs(clockOf({ duplicate: 0 }), 4, 0, 0)).toBeNull();
  });
});

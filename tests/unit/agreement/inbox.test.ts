import { describe, expect, test } from '@jest/globals';
import { keep, takeQuorum } from '../../../agreement/inbox.ts';
import type { Inbox } from '../../../agreement/inbox.ts';

describe('inbox', () => {
  test('the first message of a sender and round counts, a second one is not kept', () => {
    const inbox: Inbox = new Map();
    expect(keep(inbox, 0, 2, 0.5)).toBe(true);
    expect(keep(inbox, 0, 2, 0.75)).toBe(false);
    expect(takeQuorum(inbox, 0, 1)).toEqual({ senders: [2], values: [0.5] });
  });

  test('the same sender may speak once in every round', () => {
    const inbox: Inbox = new Map();
    expect(keep(inbox, 0, 2, 0.5)).toBe(true);
    expect(keep(inbox, 1, 2, 0.25)).toBe(true);
    expect([...inbox.keys()]).toEqual([0, 1]);
  });

  test('a quorum is the first messages in the order of arrival', () => {
    const inbox: Inbox = new Map();
    for (const from of [4, 1, 3, 2]) keep(inbox, 0, from, from / 10);
    expect(takeQuorum(inbox, 0, 3)).toEqual({
      senders: [4, 1, 3],
      values: [0.4, 0.1, 0.3],
    });
  });

  test('an incomplete round stays, and nothing is taken', () => {
    const inbox: Inbox = new Map();
    keep(inbox, 0, 1, 0.1);
    expect(takeQuorum(inbox, 0, 2)).toBeNull();
    expect(takeQuorum(inbox, 7, 1)).toBeNull();
    expect(inbox.get(0)?.size).toBe(1);
  });

  test('a taken round leaves whole, with the messages that were not needed', () => {
    const inbox: Inbox = new Map();
    for (const from of [1, 2, 3]) keep(inbox, 0, from, 0);
    keep(inbox, 1, 1, 0);
    takeQuorum(inbox, 0, 2);
    expect([...inbox.keys()]).toEqual([1]);
  });

  test('each of a thousand senders is heard once, whatever their order', () => {
    const inbox: Inbox = new Map();
    const senders = Array.from({ length: 1000 }, (_, index) => ((index * 7) % 1000) + 1);
    for (const from of senders) expect(keep(inbox, 0, from, from)).toBe(true);
    for (const from of senders) expect(keep(inbox, 0, from, -1)).toBe(false);
    expect(takeQuorum(inbox, 0, 1000)).toEqual({ senders, values: senders });
  });

  test('a value of 0 is a value', () => {
    const inbox: Inbox = new Map();
    keep(inbox, 0, 1, 0);
    expect(keep(inbox, 0, 1, 9)).toBe(false);
    expect(takeQuorum(inbox, 0, 1)).toEqual({ senders: [1], values: [0] });
  });
});

import { describe, expect, test } from '@jest/globals';
import { admit, createReceiveGate, takeFreed } from '../../../faults/receive-gate.ts';
import type { ReceiveGate } from '../../../faults/receive-gate.ts';
import type { ReceiveSet } from '../../../faults/settings.ts';

interface Message {
  readonly from: number;
  readonly round: number;
}

const uses: ReceiveSet[] = [{ nodes: [1, 2], firstRound: 0, lastRound: 1, from: [1, 2] }];

const gateOf = (order: 'fifo' | 'any' = 'fifo'): ReceiveGate<Message> =>
  createReceiveGate<Message>(1, { uses, order })!;

function freedIn(gate: ReceiveGate<Message>, round: number): Message[] {
  const freed: Message[] = [];
  for (let next = takeFreed(gate, round); next !== null; next = takeFreed(gate, round)) {
    freed.push(next);
  }
  return freed;
}

describe('receive gate', () => {
  test('there is none for a node without a line', () => {
    expect(createReceiveGate(3, { uses, order: 'fifo' })).toBeNull();
    expect(createReceiveGate(1, { order: 'fifo' })).toBeNull();
  });

  test('a message of the set passes, another one waits until its round is over', () => {
    const gate = gateOf();
    expect(admit(gate, 0, { from: 2, round: 0 })).toBe(true);
    expect(admit(gate, 0, { from: 3, round: 0 })).toBe(false);
    expect(freedIn(gate, 0)).toEqual([]);
    expect(freedIn(gate, 1)).toEqual([{ from: 3, round: 0 }]);
    expect(gate.withheld).toEqual([]);
  });

  test('a message of a round that is over passes, whoever sent it', () => {
    expect(admit(gateOf(), 1, { from: 3, round: 0 })).toBe(true);
  });

  test('a message of the future waits for its own round', () => {
    const gate = gateOf();
    expect(admit(gate, 0, { from: 3, round: 1 })).toBe(false);
    expect(freedIn(gate, 1)).toEqual([]);
    expect(freedIn(gate, 2)).toEqual([{ from: 3, round: 1 }]);
  });

  test('a round without a line takes what comes', () => {
    expect(admit(gateOf(), 0, { from: 3, round: 2 })).toBe(true);
  });

  test('under fifo a later message waits behind the one that is held back', () => {
    const gate = gateOf();
    admit(gate, 0, { from: 3, round: 0 });
    expect(admit(gate, 0, { from: 3, round: 2 })).toBe(false);
    expect(freedIn(gate, 1)).toEqual([
      { from: 3, round: 0 },
      { from: 3, round: 2 },
    ]);
  });

  test('in free order it overtakes', () => {
    const gate = gateOf('any');
    admit(gate, 0, { from: 3, round: 0 });
    expect(admit(gate, 0, { from: 3, round: 2 })).toBe(true);
  });

  test('what is set free comes out in the order in which it was due', () => {
    const gate = gateOf();
    for (const from of [5, 3, 4]) admit(gate, 0, { from, round: 0 });
    expect(freedIn(gate, 1).map(({ from }) => from)).toEqual([5, 3, 4]);
  });
});

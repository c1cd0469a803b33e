import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../../agreement/algorithm.ts';
import { InvariantError } from '../../../agreement/invariant.ts';
import { entering, oneNode } from './one-node.ts';

describe('a participant at the start', () => {
  test('reports its input, then multicasts it', () => {
    expect(oneNode().start(0.5)).toEqual(entering(0, 0.5));
  });

  test('does nothing before it, but keeps what comes early', () => {
    const node = oneNode();
    expect(node.receive(2, 0, 1)).toEqual([]);
    expect(node.receive(3, 0, 5)).toEqual([]);
    expect(node.start(0)).toEqual([...entering(0, 0), ...entering(1, 0.5, [1, 2])]);
  });

  test('alone (n = 1) runs through all rounds at once, with its own value', () => {
    const node = oneNode({ n: 1, f: 0, lastRound: 2 });
    expect(node.start(7)).toEqual([
      ...entering(0, 7),
      ...entering(1, 7, [1]),
      ...entering(2, 7, [1]),
    ]);
  });

  test('turns an input of −0 into 0, which survives JSON', () => {
    const node = oneNode();
    node.start(-0);
    expect(node.state.history).toEqual([0]);
  });

  test.each([NaN, Infinity, -Infinity, 1e301])('refuses the input %p', (input) => {
    expect(() => oneNode().start(input)).toThrow(InvariantError);
  });

  test('does not happen twice', () => {
    const node = oneNode();
    node.start(0);
    expect(() => node.start(0)).toThrow('node 1 started twice');
  });
});

describe('a round', () => {
  test('ends with the message that makes n − f values, the own one included', () => {
    const node = oneNode({ n: 5, f: 2 });
    node.start(0);
    expect(node.receive(2, 0, 3)).toEqual([]);
    expect(node.receive(5, 0, 6)).toEqual(entering(1, 3, [1, 2, 5]));
  });

  test('with f = 0 waits for everybody', () => {
    const node = oneNode({ n: 3, f: 0 });
    node.start(0);
    expect(node.receive(3, 0, 3)).toEqual([]);
    expect(node.receive(2, 0, 6)).toEqual(entering(1, 3, [1, 3, 2]));
  });

  test('always uses the own value, however many peers were faster', () => {
    const node = oneNode({ id: 2, n: 4, f: 1 });
    for (const from of [1, 3, 4]) node.receive(from, 0, 9);
    expect(node.start(0)).toContainEqual(entering(1, 6, [2, 1, 3])[0]);
  });

  test('uses the own value of a later round too, when that round was full before it began', () => {
    const node = oneNode({ n: 4, f: 1 });
    node.start(0);
    for (const from of [2, 3, 4]) node.receive(from, 1, 9);
    node.receive(2, 0, 0);
    expect(node.receive(3, 0, 0)).toEqual([
      ...entering(1, 0, [1, 2, 3]),
      ...entering(2, 6, [1, 2, 3]),
    ]);
  });

  test('counts the first message of a sender only', () => {
    const node = oneNode({ n: 5, f: 2 });
    node.start(0);
    node.receive(2, 0, 3);
    expect(node.receive(2, 0, 300)).toEqual([]);
    expect(node.receive(3, 0, 6)).toEqual(entering(1, 3, [1, 2, 3]));
  });

  test('of the future waits, and its messages are read once', () => {
    const node = oneNode();
    node.start(0);
    expect(node.receive(2, 1, 8)).toEqual([]);
    expect(node.receive(2, 0, 4)).toEqual([...entering(1, 2, [1, 2]), ...entering(2, 5, [1, 2])]);
    expect([...node.state.inbox.keys()]).toEqual([2]);
  });

  test('that is past takes no more messages, and changes nothing', () => {
    const node = oneNode();
    node.start(0);
    node.receive(2, 0, 4);
    const before = structuredClone(node.state);
    expect(node.receive(3, 0, 100)).toEqual([]);
    expect(node.state).toEqual(before);
  });

  test('after the last one is neither entered nor kept', () => {
    const node = oneNode({ lastRound: 1 });
    node.start(0);
    expect(node.receive(2, 2, 1)).toEqual([]);
    expect(node.receive(2, 0, 4)).toEqual(entering(1, 2, [1, 2]));
    expect(node.receive(2, 1, 4)).toEqual([]);
    expect(node.receive(3, 1, 4)).toEqual([]);
    expect(node.state.history).toEqual([0, 2]);
    expect([...node.state.inbox.keys()]).toEqual([1]);
  });
});

describe('a message nobody could have sent is a bug of the driver', () => {
  test.each([
    { from: 0, value: 1, why: 'from the master' },
    { from: 4, value: 1, why: 'from a stranger' },
    { from: 1, value: 1, why: 'from the node itself' },
    { from: 2, value: NaN, why: 'with NaN' },
    { from: 2, value: -Infinity, why: 'with an infinite value' },
    { from: 2, value: 2e300, why: 'with a value that is too large' },
  ])('$why', ({ from, value }) => {
    const node = oneNode();
    node.start(0);
    expect(() => node.receive(from, 0, value)).toThrow(InvariantError);
  });
});

describe('an output', () => {
  test('is exactly the value of the round that the master names, even if it is long past', () => {
    const node = oneNode();
    node.start(0);
    node.receive(2, 0, 4);
    node.receive(2, 1, 4);
    expect(node.state.history).toEqual([0, 2, 3]);
    expect(node.stop(1)).toEqual([{ kind: 'output', round: 1, value: 2 }]);
  });

  test('waits until the named round is reached, and comes after that round’s multicast', () => {
    const node = oneNode();
    node.start(0);
    expect(node.stop(1)).toEqual([]);
    expect(node.receive(2, 0, 4)).toEqual([
      ...entering(1, 2, [1, 2]),
      { kind: 'output', round: 1, value: 2 },
    ]);
  });

  test('may be asked for before the start', () => {
    const node = oneNode();
    expect(node.stop(0)).toEqual([]);
    expect(node.start(6)).toEqual([...entering(0, 6), { kind: 'output', round: 0, value: 6 }]);
  });

  test('happens once: a second word of the master changes nothing', () => {
    const node = oneNode();
    node.start(0);
    node.receive(2, 0, 4);
    expect(node.stop(0)).toHaveLength(1);
    expect(node.stop(1)).toEqual([]);
    expect(node.state.output).toBe(0);
  });

  test('of 0 is an output like any other', () => {
    const node = oneNode();
    node.start(0);
    node.stop(0);
    expect(node.stop(0)).toEqual([]);
  });

  test('comes unasked in a fixed round, whose message is the last, and nothing is kept any more', () => {
    const node = oneNode({ outputRound: 1 });
    node.start(0);
    const output: Effect = { kind: 'output', round: 1, value: 1 };
    expect(node.receive(3, 0, 2)).toEqual([...entering(1, 1, [1, 3]), output]);
    expect(node.receive(3, 1, 3)).toEqual([]);
    expect(node.receive(2, 1, 3)).toEqual([]);
    expect([...node.state.inbox.keys()]).toEqual([1]);
  });

  test('ends the rounds wherever the word of it finds the node', () => {
    const node = oneNode();
    node.start(0);
    node.receive(3, 0, 2);
    node.receive(3, 1, 3);
    expect(node.stop(1)).toEqual([{ kind: 'output', round: 1, value: 1 }]);
    expect(node.receive(3, 2, 9)).toEqual([]);
  });

  test('ends one round of several that one message completes', () => {
    const node = oneNode();
    node.receive(3, 1, 3);
    node.start(0);
    node.stop(1);
    const output: Effect = { kind: 'output', round: 1, value: 1 };
    expect(node.receive(3, 0, 2)).toEqual([...entering(1, 1, [1, 3]), output]);
  });

  test('changes nothing where a record of an older release is replayed', () => {
    const node = oneNode({ outputRound: 1, restsAfterOutput: false });
    node.start(0);
    expect(node.receive(3, 0, 2)).toContainEqual({ kind: 'output', round: 1, value: 1 });
    expect(node.receive(3, 1, 3)).toEqual(entering(2, 2, [1, 3]));
  });

  test('never names a round past the last one', () => {
    const node = oneNode({ n: 1, f: 0, lastRound: 1 });
    node.start(5);
    expect(node.stop(2)).toEqual([]);
    expect(node.state.output).toBeNull();
  });
});

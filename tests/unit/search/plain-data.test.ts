import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyOf, keyOf } from '../../../simulator/search/plain-data.ts';

/** Anything that a participant's state may hold. */
const plain = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array({ maxLength: 3 }),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('data'), { maxKeys: 3 }),
    fc.uniqueArray(fc.integer(), { maxLength: 3 }).map((ids) => new Set(ids)),
    fc.array(fc.tuple(fc.integer(), tie('data')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
  ),
})).data;

describe('a copy', () => {
  test('is equal and has an equal key', () => {
    fc.assert(
      fc.property(plain, (data) => {
        const copy = copyOf(data);
        expect(copy).toEqual(data);
        expect(keyOf(copy)).toBe(keyOf(data));
      }),
    );
  });

  test('shares nothing with what it is a copy of', () => {
    const state = { inbox: new Map([[0, { senders: [1] }]]), live: new Set([1]), sums: [1] };
    const copy = copyOf(state);
    copy.inbox.get(0)!.senders.push(2);
    copy.inbox.set(1, { senders: [] });
    copy.live.add(2);
    copy.sums.push(2);
    expect(state).toEqual({
      inbox: new Map([[0, { senders: [1] }]]),
      live: new Set([1]),
      sums: [1],
    });
  });
});

describe('a key', () => {
  test('does not depend on when something was put into a Map or a Set', () => {
    const [a, b] = [
      [1, 2],
      [2, 1],
    ].map((ids) => keyOf({ map: new Map(ids.map((id) => [id, `${id}`])), set: new Set(ids) }));
    expect(a).toBe(b);
  });

  test.each([
    [
      [1, 2],
      [2, 1],
    ],
    [[1], 1],
    ['1', 1],
    [[], new Set()],
    [new Map([[1, 2]]), new Map([[2, 1]])],
    [
      { a: [1], b: [] },
      { a: [], b: [1] },
    ],
    [null, 'null'],
  ])('tells %p from %p', (a: unknown, b: unknown) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});

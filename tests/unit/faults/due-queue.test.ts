import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvariantError } from '../../../agreement/invariant.ts';
import { createDueQueue, peekDue, pop, push } from '../../../faults/due-queue.ts';

test('an empty queue has nothing due', () => {
  const queue = createDueQueue<string>();
  expect(queue.size).toBe(0);
  expect(peekDue(queue)).toBeNull();
  expect(pop(queue)).toBeUndefined();
});

test('items leave by due time', () => {
  const queue = createDueQueue<string>();
  push(queue, 30, 'late');
  push(queue, 10, 'early');
  push(queue, 20, 'middle');
  expect(peekDue(queue)).toBe(10);
  expect([pop(queue), pop(queue), pop(queue)]).toEqual(['early', 'middle', 'late']);
});

test('items by the thousand with few different times leave by time, then in order of insertion', () => {
  const queue = createDueQueue<number>();
  for (let i = 0; i < 100_000; i += 1) push(queue, (i * 7919) % 13, i);
  let last = -1;
  let outOfOrder = 0;
  let [time, count] = [-1, 0];
  for (let due = peekDue(queue); due !== null; due = peekDue(queue)) {
    const item = pop(queue)!;
    if (due < time || (due === time && item < last)) outOfOrder += 1;
    [time, last, count] = [due, item, count + 1];
  }
  expect(outOfOrder).toBe(0);
  expect(count).toBe(100_000);
});

test('a due time of NaN is refused at once', () => {
  expect(() => push(createDueQueue<string>(), NaN, 'x')).toThrow(InvariantError);
});

describe('against a sorted array', () => {
  type Entry = readonly [due: number, item: number];
  const operation = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -5, max: 20 }) },
    { weight: 2, arbitrary: fc.constant('pop' as const) },
  );

  function modelPop(model: Entry[]): number | undefined {
    // A stable sort by time leaves equal times in order of insertion.
    model.sort((a, b) => a[0] - b[0]);
    return model.shift()?.[1];
  }

  test('every mix of pushes and pops gives the same items', () => {
    let ties = 0;
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 150, size: 'max' }), (operations) => {
        const queue = createDueQueue<number>();
        const model: Entry[] = [];
        operations.forEach((due, item) => {
          if (due === 'pop') {
            expect(pop(queue)).toBe(modelPop(model));
          } else {
            if (model.some(([other]) => other === due)) ties += 1;
            push(queue, due, item);
            model.push([due, item]);
          }
          const earliest = model.length === 0 ? null : Math.min(...model.map((entry) => entry[0]));
          // One comparison: thousands of calls of expect would take seconds.
          expect([queue.size, peekDue(queue)]).toEqual([model.length, earliest]);
        });
        while (model.length > 0) expect(pop(queue)).toBe(modelPop(model));
      }),
      { numRuns: 60 },
    );
    expect(ties).toBeGreaterThan(50);
  });
});

test('a popped item is not kept alive by the queue', () => {
  const queue = createDueQueue<{ name: string }>();
  for (const name of ['a', 'b', 'c']) push(queue, 1, { name });
  while (queue.size > 0) pop(queue);
  expect(queue.items).toEqual([]);
  expect(queue.dueUs).toEqual([]);
  expect(queue.sequence).toEqual([]);
});

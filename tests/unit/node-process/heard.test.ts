import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHeard } from '../../../node-process/heard.ts';

test('a value is new once per sender and round, whatever the order', () => {
  const values = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(40)), {
    minLength: 100,
    maxLength: 200,
  });
  let again = 0;
  fc.assert(
    fc.property(values, (heardValues) => {
      const heard = createHeard(40);
      const seen = new Set<string>();
      for (const [from, round] of heardValues) {
        const isNew = !seen.has(`${from} ${round}`);
        if (!isNew) again += 1;
        seen.add(`${from} ${round}`);
        expect(heard.value(from, round)).toBe(isNew);
      }
    }),
  );
  expect(again).toBeGreaterThan(100);
});

test('a goodbye is new once per sender', () => {
  const heard = createHeard(3);
  expect([2, 3, 2].map((from) => heard.goodbye(from))).toEqual([true, true, false]);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sortAscending } from '../../../agreement/ascending.ts';

const numbers = fc.array(fc.double({ noNaN: true }), { maxLength: 2_000 });

describe('sortAscending', () => {
  test('sorts as the engine does', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const sorted = Float64Array.from(values);
        sortAscending(sorted);
        // −0 and 0 are equal here; nobody relies on their order.
        expect([...sorted].map((x) => x + 0)).toEqual(
          [...Float64Array.from(values).sort()].map((x) => x + 0),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('leaves everything outside its range where it is', () => {
    const values = Float64Array.of(9, 3, 2, 1, 0);
    sortAscending(values, 1, 4);
    expect([...values]).toEqual([9, 1, 2, 3, 0]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addCopy,
  advance,
  createFlights,
  firstPosition,
  launch,
  prepareFlight,
} from '../../../simulator/flights.ts';
import type { Flights } from '../../../simulator/flights.ts';

const message = { round: 0, value: 0 };

/** Sequence numbers are n − 1 apart, as a simulation gives them. */
function send(
  flights: Flights,
  n: number,
  index: number,
  sentUs: number,
  waits: readonly (number | null)[],
): void {
  const slot = prepareFlight(flights, index, message, sentUs, index * (n - 1));
  waits.forEach((wait, position) => {
    if (wait !== null) addCopy(flights, slot, wait, position);
  });
  launch(flights, slot);
}

interface Copy {
  readonly dueUs: number;
  readonly sequence: number;
}

function takeFirst(flights: Flights, n: number): Copy {
  const slot = flights.slots[0]!;
  const sequence = flights.from[slot]! * (n - 1) + firstPosition(flights);
  const dueUs = flights.dueUs[0]!;
  advance(flights);
  return { dueUs, sequence };
}

const wait = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 2_000_000_000 }),
);

const traffic = fc.integer({ min: 2, max: 9 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    sends: fc.array(
      fc.record({
        /** Taken out before this one is sent. */
        takes: fc.nat({ max: 12 }),
        waits: fc.array(wait, { minLength: n - 1, maxLength: n - 1 }),
      }),
      { maxLength: 30 },
    ),
  }),
);

describe('flights', () => {
  test('copies come out by due time, then in the order of sending, however sends and takes mix', () => {
    let ties = 0;
    fc.assert(
      fc.property(traffic, ({ n, sends }) => {
        const flights = createFlights(n);
        const waiting: Copy[] = [];
        let now = 0;
        const take = (): void => {
          waiting.sort((a, b) => a.dueUs - b.dueUs || a.sequence - b.sequence);
          const expected = waiting.shift()!;
          if (waiting[0]?.dueUs === expected.dueUs) ties += 1;
          expect(takeFirst(flights, n)).toEqual(expected);
          now = expected.dueUs;
        };
        sends.forEach(({ takes, waits }, index) => {
          for (let left = takes; left > 0 && waiting.length > 0; left -= 1) take();
          send(flights, n, index, now, waits);
          waits.forEach((waitUs, position) => {
            const sequence = index * (n - 1) + position;
            if (waitUs !== null) waiting.push({ dueUs: now + waitUs, sequence });
          });
        });
        while (waiting.length > 0) take();
        expect(flights.size).toBe(0);
      }),
    );
    expect(ties).toBeGreaterThan(20);
  });

  test('use the memory of multicasts that are over again', () => {
    const flights = createFlights(3);
    for (let index = 0; index < 1000; index += 1) {
      send(flights, 3, index, index, [1, 2]);
      takeFirst(flights, 3);
      takeFirst(flights, 3);
    }
    expect(flights.from).toHaveLength(1);
  });

  test('a multicast without copies is over at once', () => {
    const flights = createFlights(3);
    send(flights, 3, 0, 0, [null, null]);
    expect(flights.size).toBe(0);
    expect(flights.spare).toEqual([0]);
  });
});

/** A timer may fire late: what is due then waits in the queue while new messages arrive. */
import { afterEach, expect, test } from '@jest/globals';
import { createLinkClock } from '../../../faults/link-clock.ts';
import { arrive, closeDelivery, createDelivery, open } from '../../../node-process/delivery.ts';
import type { Delivered, Delivery } from '../../../node-process/delivery.ts';

let delivery: Delivery;
afterEach(() => {
  closeDelivery(delivery);
});

/** Node 2's; the link from node 1 holds its message of round 0 until 5 ms. Timers never fire. */
function withHeldLink(): { clock: { us: number }; delivered: Delivered[] } {
  const clock = { us: 0 };
  const delivered: Delivered[] = [];
  const hold = { from: 1, to: 2, firstRound: 0, lastRound: 0, untilMs: 5 };
  const linkClock = createLinkClock(2, 3, 7, {
    delay: { kind: 'constant', delayMs: 0 },
    order: 'fifo',
    holds: [hold],
  });
  delivery = createDelivery(
    linkClock,
    () => clock.us,
    (message) => delivered.push(message),
  );
  open(delivery, clock.us);
  return { clock, delivered };
}

test('a message without delay does not overtake one of its link whose timer is late', () => {
  const { clock, delivered } = withHeldLink();
  arrive(delivery, 1, 0, 0.5);
  clock.us = 6_000;
  arrive(delivery, 1, 1, 0.25);
  expect(delivered).toMatchObject([
    { from: 1, round: 0, delay: 5_000 },
    { from: 1, round: 1, delay: 0, arrived: 6_000 },
  ]);
});

test('it does not wait for a message of another link that is not due', () => {
  const { clock, delivered } = withHeldLink();
  arrive(delivery, 1, 0, 0.5);
  clock.us = 4_000;
  arrive(delivery, 3, 0, 0.25);
  expect(delivered).toMatchObject([{ from: 3, round: 0, delay: 0 }]);
});

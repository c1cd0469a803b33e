import { expect, test } from '@jest/globals';
import { createBroadcast } from '../../../launcher/live/broadcast.ts';

const news = (event: string, data: string) => ({ event, data });

test('who joins late gets the newest of every kind', async () => {
  const broadcast = createBroadcast();
  broadcast.say(news('run', 'one'));
  broadcast.say(news('run', 'two'));
  broadcast.say(news('end', 'over'));
  const viewer = broadcast.join();
  expect([await viewer.next(), await viewer.next()]).toEqual([
    news('run', 'two'),
    news('end', 'over'),
  ]);
});

test('who is slow misses states in between, never the last one', async () => {
  const broadcast = createBroadcast();
  const viewer = broadcast.join();
  const first = viewer.next();
  broadcast.say(news('run', '1'));
  expect(await first).toEqual(news('run', '1'));
  for (let i = 2; i <= 100; i += 1) broadcast.say(news('run', `${i}`));
  expect(await viewer.next()).toEqual(news('run', '100'));
});

test('what was said before the end is still handed out, then there is nothing more', async () => {
  const broadcast = createBroadcast();
  const viewer = broadcast.join();
  broadcast.say(news('end', 'over'));
  broadcast.close();
  expect([await viewer.next(), await viewer.next()]).toEqual([news('end', 'over'), null]);
  expect(await broadcast.join().next()).toEqual(news('end', 'over'));
});

test('it counts who looks, and says so', async () => {
  const broadcast = createBroadcast();
  const counts: number[] = [];
  broadcast.onChange = (viewers) => counts.push(viewers);
  const [one, other] = [broadcast.join(), broadcast.join()];
  const waiting = one.next();
  one.leave();
  expect(await waiting).toBeNull();
  one.leave();
  other.leave();
  expect(counts).toEqual([1, 2, 1, 0]);
});

import { expect, test } from '@jest/globals';
import { deferred, within } from '../../../runtime/deferred.ts';

test('the first settlement counts', async () => {
  const one = deferred<number>();
  one.resolve(1);
  one.resolve(2);
  one.reject(new Error('too late'));
  expect(await one.promise).toBe(1);
});

test('a rejection that nobody waits for does not end the process', async () => {
  const one = deferred<never>();
  one.reject(new Error('nobody hears this'));
  await new Promise((resolve) => setImmediate(resolve));
  await expect(one.promise).rejects.toThrow('nobody hears this');
});

test('within passes on what comes in time, and null for what does not', async () => {
  const never = deferred<number>();
  expect(await within(Promise.resolve(3), 10_000)).toBe(3);
  expect(await within(never.promise, 1)).toBeNull();
  await expect(within(Promise.reject(new Error('failed')), 10_000)).rejects.toThrow('failed');
});

test('a wait of many years is not over at once', async () => {
  const later = deferred<string>();
  const waiting = within(later.promise, 1e15);
  setTimeout(() => {
    later.resolve('in time');
  }, 20);
  expect(await waiting).toBe('in time');
});

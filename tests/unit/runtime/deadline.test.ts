import { expect, test } from '@jest/globals';
import { deadlineIn } from '../../../runtime/deadline.ts';
import { until } from '../../fixtures/until.ts';

test('all who wait are told once, and who no longer waits is not', async () => {
  const deadline = deadlineIn(20);
  const told: string[] = [];
  const wait = (name: string): (() => void) => deadline.whenPassed(() => told.push(name));
  wait('a');
  const stop = wait('b');
  wait('c');
  stop();
  await until(() => told.length > 0, 'the deadline');
  expect(told).toEqual(['a', 'c']);
  expect(deadline.leftMs()).toBeLessThanOrEqual(0);
});

test('nobody is told before it has passed, although timers of Node.js fire early at times', async () => {
  const left: number[] = [];
  for (let ms = 1; ms <= 60; ms += 1) {
    const deadline = deadlineIn(ms + ms / 7);
    deadline.whenPassed(() => left.push(deadline.leftMs()));
  }
  await until(() => left.length === 60, 'all deadlines');
  expect(Math.max(...left)).toBeLessThanOrEqual(0);
});

test('who comes too late is told as well', async () => {
  const deadline = deadlineIn(0);
  const told: string[] = [];
  deadline.whenPassed(() => told.push('in time'));
  await until(() => told.length === 1, 'the deadline');
  deadline.whenPassed(() => told.push('late'));
  await until(() => told.length === 2, 'the second word');
  expect(told).toEqual(['in time', 'late']);
});

test('who is told may wait again, and is told again', async () => {
  const deadline = deadlineIn(0);
  let told = 0;
  const again = (): void => {
    told += 1;
    if (told < 3) deadline.whenPassed(again);
  };
  deadline.whenPassed(again);
  await until(() => told === 3, 'three words');
});

test('a deadline that is longer than any timer of Node.js does not fire at once', async () => {
  let told = 0;
  for (const ms of [2 ** 31, Infinity]) {
    const stop = deadlineIn(ms).whenPassed(() => (told += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop();
  }
  expect(told).toBe(0);
});

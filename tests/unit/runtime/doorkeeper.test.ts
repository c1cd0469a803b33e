import { expect, test } from '@jest/globals';
import { createDoorkeeper } from '../../../runtime/doorkeeper.ts';
import { until } from '../../fixtures/until.ts';

const wide = { waitingMax: 1_000, burst: 1_000, perSecond: 1_000 };

test('when too many wait the oldest goes', () => {
  const door = createDoorkeeper({ ...wide, waitingMax: 2 });
  const gone: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) door.enter(() => gone.push(name));
  expect(gone).toEqual(['a', 'b']);
});

test('who has said who he is waits no longer', () => {
  const door = createDoorkeeper({ ...wide, waitingMax: 2 });
  const gone: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) door.enter(() => gone.push(name))?.();
  expect(gone).toEqual([]);
});

test('two who would be dismissed alike are two', () => {
  const door = createDoorkeeper({ ...wide, waitingMax: 2 });
  let gone = 0;
  const dismiss = (): void => {
    gone += 1;
  };
  for (let i = 0; i < 3; i += 1) door.enter(dismiss);
  expect(gone).toBe(1);
});

test('a crowd in one moment is let in up to its bound, later comers at their rate', () => {
  let now = 0;
  const door = createDoorkeeper({ ...wide, burst: 10, perSecond: 100 }, () => now);
  const enter = (count: number): number =>
    Array.from({ length: count }, () => door.enter(() => undefined)).filter((one) => one !== null)
      .length;
  expect(enter(50)).toBe(10);
  now = 50;
  expect(enter(50)).toBe(5);
  now = 1_000_000;
  expect(enter(50)).toBe(10);
});

test('who waits for too long is told why, oldest first, and who has spoken is left alone', async () => {
  const door = createDoorkeeper({ ...wide, patienceMs: 20 });
  const gone: string[] = [];
  const enter = (name: string) => door.enter((why) => gone.push(`${name}: ${why}`));
  enter('a');
  enter('b')?.();
  enter('c');
  await until(() => gone.length === 2, 'both to go');
  enter('d');
  await until(() => gone.length === 3, 'the last one to go');
  expect(gone).toEqual(['a', 'c', 'd'].map((name) => `${name}: said nothing for 20 ms`));
});

test('each has all of his time, however many came before him', async () => {
  let now = 0;
  const door = createDoorkeeper({ ...wide, patienceMs: 20 }, () => now);
  const gone: string[] = [];
  door.enter(() => gone.push('a'));
  now = 15;
  door.enter(() => gone.push('b'));
  now = 20;
  await until(() => gone.length > 0, 'the first to go');
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(gone).toEqual(['a']);
  now = 35;
  await until(() => gone.length > 1, 'the second to go');
  expect(gone).toEqual(['a', 'b']);
});

test('where somebody else sees to it nobody has to go', async () => {
  const door = createDoorkeeper({ ...wide, patienceMs: Infinity });
  let gone = 0;
  door.enter(() => (gone += 1));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(gone).toBe(0);
});

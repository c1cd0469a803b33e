import { expect, test } from '@jest/globals';
import { createDoorkeeper } from '../../../runtime/doorkeeper.ts';

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

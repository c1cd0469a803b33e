import { expect, test } from '@jest/globals';
import { createRefusals } from '../../../runtime/refusals.ts';
import type { Refusal } from '../../../runtime/refusals.ts';

function written(isOpen = () => true) {
  const lines: Refusal[] = [];
  const refusals = createRefusals((line) => {
    if (isOpen()) lines.push(line);
    return isOpen();
  });
  const total = (): number => lines.reduce((sum, { count = 1 }) => sum + count, 0);
  return { lines, total, ...refusals };
}

test('a few refusals are named one by one', () => {
  const { lines, note } = written();
  note(3, 'bad');
  note(null, 'strange');
  expect(lines).toEqual([
    { from: 3, reason: 'bad' },
    { from: null, reason: 'strange' },
  ]);
});

test('a million refusals of one sender take some dozens of lines, and none is lost', () => {
  const { lines, total, note, flush } = written();
  for (let i = 0; i < 1_000_000; i += 1) note(3, `bad ${i}`);
  flush();
  expect(lines.length).toBeLessThan(50);
  expect(lines.length).toBeGreaterThan(20);
  expect(total()).toBe(1_000_000);
  expect(lines.at(-1)?.reason).toMatch(/^\d+ more; the last: bad 999999$/);
});

test('who floods hides nobody else', () => {
  const { lines, note } = written();
  for (let i = 0; i < 10_000; i += 1) note(3, 'bad');
  note(4, 'worse');
  expect(lines.at(-1)).toEqual({ from: 4, reason: 'worse' });
});

test('senders without number take no memory without number', () => {
  const { lines, total, note, flush } = written();
  for (let id = 1; id <= 30_000; id += 1) note(id, 'bad');
  flush();
  expect(new Set(lines.map(({ from }) => from)).size).toBe(10_001);
  expect(total()).toBe(30_000);
});

test('before there is a record they are counted, and written once there is one', () => {
  let isOpen = false;
  const { lines, note, flush } = written(() => isOpen);
  for (let i = 0; i < 30; i += 1) note(3, 'early');
  note(4, 'early too');
  isOpen = true;
  flush();
  expect(lines).toEqual([
    { from: 3, reason: '30 more; the last: early', count: 30 },
    { from: 4, reason: 'early too' },
  ]);
});

test("an id that no run has is nobody's", () => {
  const { lines, note } = written();
  note(4_294_967_295, 'bad');
  note(1_000_000, 'bad');
  expect(lines.map(({ from }) => from)).toEqual([null, 1_000_000]);
});

test('a long reason is cut', () => {
  const { lines, note } = written();
  note(3, 'x'.repeat(4_000));
  expect(lines[0]?.reason).toHaveLength(300);
});

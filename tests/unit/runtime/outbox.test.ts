import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { headerOf } from '../../../record/process-statistics.ts';
import { recordTo } from '../../../record/recorder.ts';
import { createOutbox } from '../../../runtime/outbox.ts';
import type { Sender } from '../../../runtime/outbox.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const turnOver = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const frame = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

/** Writes down what leaves, one entry per write. */
function senderTo(writes: number[][]): Sender {
  return { waiting: [], write: (bytes) => writes.push([...bytes]) };
}

test('what is sent in one turn leaves at its end, in one write per connection, in order', async () => {
  const [toOne, toOther]: [number[][], number[][]] = [[], []];
  const [one, other] = [senderTo(toOne), senderTo(toOther)];
  const outbox = createOutbox();
  outbox.add(one, frame(1));
  outbox.add(other, frame(1));
  outbox.add(one, frame(2, 2));
  expect([toOne, toOther]).toEqual([[], []]);
  await turnOver();
  expect([toOne, toOther]).toEqual([[[1, 2, 2]], [[1]]]);
  outbox.add(one, frame(3));
  await turnOver();
  expect(toOne).toEqual([[1, 2, 2], [3]]);
});

test('a multicast that a crash cuts short reaches those it should, and its cut nobody else', () => {
  const writes = [1, 2, 3].map((): number[][] => []);
  const senders = writes.map(senderTo);
  const outbox = createOutbox();
  const [first, second] = [frame(1), frame(2)];
  for (const sender of senders) outbox.add(sender, first);
  for (const sender of senders.slice(0, 2)) outbox.add(sender, second);
  outbox.flush();
  expect(writes).toEqual([[[1, 2]], [[1, 2]], [[1]]]);
});

test('frames that only look alike are each sent as they are', () => {
  const writes = [1, 2].map((): number[][] => []);
  const outbox = createOutbox();
  for (const sender of writes.map(senderTo)) outbox.add(sender, frame(7));
  outbox.flush();
  expect(writes).toEqual([[[7]], [[7]]]);
});

test('everything recorded before a send is in the file when the send leaves', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'within-'));
  cleanUps.push(() => {
    rmSync(directory, { recursive: true });
  });
  const path = join(directory, 'events');
  const header = headerOf({ process: 'node', id: 1, run: 'r', originUs: 0, t: 0 });
  const recorder = recordTo(openSync(path, 'wx'), header);
  cleanUps.push(recorder.close);
  const seen: string[] = [];
  const outbox = createOutbox(recorder.flush);
  const sender: Sender = { waiting: [], write: () => seen.push(readFileSync(path, 'utf8')) };
  // Sent first, recorded later in the same turn: still the record comes first.
  outbox.add(sender, frame(1));
  recorder.write({ kind: 'start', t: 5, input: 0.25 });
  await turnOver();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toContain('{"kind":"start","t":5,"input":0.25}\n');
});

test('a flush leaves nothing for the end of the turn', async () => {
  const writes: number[][] = [];
  let flushes = 0;
  const outbox = createOutbox(() => (flushes += 1));
  outbox.add(senderTo(writes), frame(1));
  outbox.flush();
  outbox.flush();
  await turnOver();
  expect([writes, flushes]).toEqual([[[1]], 1]);
});

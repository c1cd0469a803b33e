import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createRecorder, openRecorder, recordTo, writeWhole } from '../../../record/recorder.ts';
import type { NodeEvent } from '../../../record/events.ts';
import { header, temporaryDirectory } from '../../fixtures/recorded-run.ts';

const directory = temporaryDirectory();
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const first = header('node', 3);
const stop = (round: number): NodeEvent => ({ kind: 'stop', t: round, round });
const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
/** A test that waits in vain fails by its time limit. */
async function untilIn(path: string, event: object): Promise<void> {
  const line = `${JSON.stringify(event)}\n`;
  while (!readFileSync(path, 'utf8').endsWith(line)) await turnOfTheLoop();
}
const turnOfTheLoop = (): Promise<void> => new Promise((done) => setImmediate(done));

test('a flush puts the header and everything since into the file', () => {
  const path = join(directory, 'flush.ndjson');
  const recorder = createRecorder(path, first);
  recorder.write(stop(1));
  recorder.write(stop(2));
  expect(readFileSync(path, 'utf8')).toBe('');
  recorder.flush();
  expect(linesOf(path)).toEqual([first, stop(1), stop(2)]);
  recorder.close();
});

test('nobody flushes: it is in the file a moment later', async () => {
  const path = join(directory, 'late.ndjson');
  const recorder = createRecorder(path, first);
  recorder.write(stop(1));
  await turnOfTheLoop();
  expect(readFileSync(path, 'utf8')).toBe('');
  await untilIn(path, stop(1));
  recorder.write(stop(2));
  await untilIn(path, stop(2));
  expect(linesOf(path)).toEqual([first, stop(1), stop(2)]);
  recorder.close();
});

test('close writes the rest, and what comes later is dropped', () => {
  const path = join(directory, 'close.ndjson');
  const recorder = createRecorder(path, first);
  recorder.write(stop(1));
  recorder.close();
  recorder.write(stop(2));
  recorder.flush();
  recorder.close();
  expect(linesOf(path)).toEqual([first, stop(1)]);
  expect(recorder.failure()).toBeNull();
});

test('a long turn is written in between: memory stays bounded, order stays', () => {
  const path = join(directory, 'long.ndjson');
  const recorder = createRecorder(path, first);
  for (let round = 0; round < 50_000; round += 1) recorder.write(stop(round));
  expect(readFileSync(path).length).toBeGreaterThan(1_000_000);
  recorder.close();
  expect(linesOf(path)).toHaveLength(50_001);
  expect(linesOf(path)[40_000]).toEqual(stop(39_999));
});

describe('a record that cannot be written', () => {
  test('is never an exception: the reason is remembered', () => {
    const recorder = createRecorder(join(directory, 'no', 'such', 'folder.ndjson'), first);
    recorder.write(stop(1));
    recorder.flush();
    recorder.close();
    expect(recorder.failure()).toContain('ENOENT');
  });

  test('does not overwrite a record that is there', () => {
    const path = join(directory, 'old.ndjson');
    writeFileSync(path, 'kept\n');
    const recorder = createRecorder(path, first);
    recorder.write(stop(1));
    recorder.close();
    expect(recorder.failure()).toContain('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('kept\n');
  });

  const onDiskFull = existsSync('/dev/full') ? test : test.skip;
  onDiskFull('stops at a full disk and says so', () => {
    const recorder = recordTo(openSync('/dev/full', 'w'), first);
    expect(recorder.failure()).toBeNull();
    recorder.flush();
    recorder.write(stop(1));
    recorder.flush();
    recorder.close();
    expect(recorder.failure()).toContain('ENOSPC');
  });
});

test('a kernel that takes only a part of a write gets the rest, in order', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
      (bytes, sizes) => {
        const taken: number[] = [];
        writeWhole(bytes, (rest) => {
          const size = Math.min(rest.length, sizes.next().value as number);
          taken.push(...rest.subarray(0, size));
          return size;
        });
        expect(taken).toEqual([...bytes]);
      },
    ),
  );
});

test('a run without a directory leaves nothing, and that is no failure', () => {
  const before = readdirSync(directory);
  const recorder = openRecorder('', 3, first);
  recorder.write(stop(1));
  recorder.close();
  expect(recorder.failure()).toBeNull();
  expect(readdirSync(directory)).toEqual(before);
  expect(existsSync('node-3.ndjson')).toBe(false);
  openRecorder(directory, 3, first).close();
  expect(linesOf(join(directory, 'node-3.ndjson'))).toEqual([first]);
});

test('an event costs microseconds', () => {
  const recorder = createRecorder(join(directory, 'speed.ndjson'), first);
  const event: NodeEvent = {
    kind: 'receive',
    t: 123_456,
    from: 17,
    round: 12,
    value: 0.4512345678,
    arrived: 123_400,
    delay: 5_000,
  };
  // The processor's time, not the clock's: other processes take none of it.
  const before = process.cpuUsage();
  for (let i = 0; i < 100_000; i += 1) recorder.write(event);
  const { user, system } = process.cpuUsage(before);
  const usPerEvent = (user + system) / 100_000;
  recorder.close();
  // Measured 0.5 µs; the bound leaves room for a slow machine.
  expect(usPerEvent).toBeLessThan(10);
});

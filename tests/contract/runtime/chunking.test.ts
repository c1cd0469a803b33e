import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame } from '../../../proto/codec.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { openReceiver, hello } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { until } from '../../fixtures/until.ts';
import { anyRecord } from '../../unit/proto/arbitrary-records.ts';

const opened: Receiver[] = [];
const dialled: Socket[] = [];

afterEach(() => {
  for (const socket of dialled.splice(0)) socket.destroy();
  for (const receiver of opened.splice(0)) receiver.close();
});

/** Lets every piece reach the kernel by itself: the receiver's reads then follow the cuts. */
async function writePieces(socket: Socket, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function send(pieces: readonly Uint8Array[]): Promise<Receiver> {
  const receiver = await openReceiver({ frameBytesMax: 1 << 20 });
  opened.push(receiver);
  const socket = connect({ ...receiver.address, noDelay: true });
  dialled.push(socket);
  await once(socket, 'connect');
  await writePieces(socket, pieces);
  socket.end();
  await until(() => receiver.ends.size + receiver.refused.length > 0, 'the end of the connection');
  return receiver;
}

const streamOf = (records: readonly WireRecord[]): Buffer =>
  Buffer.concat([hello(7), ...records].map(encodeFrame));

/** Cuts at the given thousandths of the length. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = places.map((place) => Math.floor((place * bytes.length) / 1000));
  at.sort((a, b) => a - b);
  return [...at, bytes.length]
    .map((end, i) => bytes.subarray(at[i - 1] ?? 0, end))
    .filter((piece) => piece.length > 0);
}

test('however the network cuts the stream, the same records arrive in the same order', async () => {
  let cutInside = 0;
  const places = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 });
  const property = fc.asyncProperty(
    fc.array(anyRecord, { minLength: 1, maxLength: 20 }),
    places,
    async (records, cuts) => {
      const pieces = cut(streamOf(records), cuts);
      if (pieces.length > 1) cutInside += 1;
      const receiver = await send(pieces);
      expect(receiver.records.get(7)).toEqual(records);
      expect(receiver.refused).toEqual([]);
      expect(receiver.ends.get(7)).toBe('closed');
    },
  );
  await fc.assert(property, { numRuns: 60 });
  expect(cutInside).toBeGreaterThan(20);
});

test('a stream that comes one byte at a time is the same stream', async () => {
  const records = fc.sample(anyRecord, { numRuns: 12, seed: 4 });
  const receiver = await send(cut(streamOf(records), []).flatMap(bytesOf));
  expect(receiver.records.get(7)).toEqual(records);
});

const bytesOf = (bytes: Buffer): Buffer[] => [...bytes].map((byte) => Buffer.from([byte]));

test('a hundred thousand frames in one write all arrive', async () => {
  const count = 100_000;
  const frames = Array.from({ length: count }, (_, round) =>
    encodeFrame({ kind: 'message', from: 7, value: 0.5, round, output: false, fail: false }),
  );
  const receiver = await send([Buffer.concat([encodeFrame(hello(7)), ...frames])]);
  const rounds = receiver.records
    .get(7)
    ?.map((record) => (record.kind === 'message' ? record.round : null));
  expect(rounds).toEqual(Array.from({ length: count }, (_, round) => round));
});

test('a stream that ends inside a frame is a crash of the sender, not an error of it', async () => {
  const records = fc.sample(anyRecord, { numRuns: 3, seed: 5 });
  const bytes = streamOf(records);
  const receiver = await send([bytes.subarray(0, -1)]);
  expect(receiver.records.get(7)).toEqual(records.slice(0, -1));
  expect(receiver.refused).toEqual([]);
  const lastFrame = encodeFrame(records.at(-1)!);
  expect(receiver.ends.get(7)).toBe(`closed, ${lastFrame.length - 1} bytes into a frame`);
});

import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecord, encodeFrame } from '../../../proto/codec.ts';
import { createFrameDecoder } from '../../../proto/frame-decoder.ts';
import type { FrameDecoder } from '../../../proto/frame-decoder.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { anyRecord } from './arbitrary-records.ts';

const aValue: WireRecord = {
  kind: 'message',
  from: 3,
  value: 0.25,
  round: 7,
  output: false,
  fail: false,
};
const valueFrame = encodeFrame(aValue);

/** Its prefix has two bytes. */
const longRecord: WireRecord = { kind: 'finish', outcome: 'complete', reason: 'x'.repeat(300) };
const longFrame = encodeFrame(longRecord);

const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Copies the frames, for they are valid only during the call. */
function pushAll(decoder: FrameDecoder, chunks: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const faults = chunks.map((chunk) =>
    decoder.push(chunk, (bytes, start, end) =>
      frames.push(Uint8Array.from(bytes.subarray(start, end))),
    ),
  );
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
  return frames;
}

function cutAt(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length];
  ends.sort((a, b) => a - b);
  return ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
}

/** What a cut at this offset goes through. */
function placeOf(offset: number, frames: readonly Uint8Array[]): 'prefix' | 'payload' | 'between' {
  let start = 0;
  for (const frame of frames) {
    const prefixBytes = frame.findIndex((byte) => byte < 0x80) + 1;
    if (offset > start && offset < start + prefixBytes) return 'prefix';
    if (offset > start + prefixBytes && offset < start + frame.length) return 'payload';
    start += frame.length;
  }
  return 'between';
}

const oneByOne = (stream: Uint8Array): Uint8Array[] => [...stream].map((b) => Uint8Array.of(b));

describe('any chunking gives the same records', () => {
  const oneRecord = fc.oneof(
    { weight: 4, arbitrary: anyRecord },
    { weight: 1, arbitrary: fc.constant(longRecord) },
  );
  const records = fc.array(oneRecord, { minLength: 1, maxLength: 12 });
  const streams = fc.tuple(records, fc.array(fc.nat(), { maxLength: 20 }));

  test('random records, random cuts', () => {
    fc.assert(
      fc.property(streams, ([sent, cuts]) => {
        const stream = concat(sent.map((record) => encodeFrame(record)));
        const decoder = createFrameDecoder();
        const frames = pushAll(decoder, cutAt(stream, cuts));
        expect(frames.map((bytes) => decodeRecord(bytes))).toStrictEqual(sent);
        expect(decoder.pendingBytes()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('random records, one byte at a time', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const stream = concat(sent.map((record) => encodeFrame(record)));
        const frames = pushAll(createFrameDecoder(), oneByOne(stream));
        expect(frames.map((bytes) => decodeRecord(bytes))).toStrictEqual(sent);
      }),
      { numRuns: 100 },
    );
  });

  test('a cut at every place of two frames, the inside of a length prefix included', () => {
    const stream = concat([longFrame, valueFrame]);
    const pending = new Set<number>();
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const decoder = createFrameDecoder();
      const before = pushAll(decoder, [stream.subarray(0, cut)]);
      pending.add(decoder.pendingBytes());
      const after = pushAll(decoder, [stream.subarray(cut)]);
      expect([...before, ...after].map((bytes) => decodeRecord(bytes))).toStrictEqual([
        longRecord,
        aValue,
      ]);
    }
    // The situations were there: between frames, inside a prefix (1 of 2 bytes), in a payload.
    expect(longFrame[0]).toBeGreaterThanOrEqual(0x80);
    expect([...pending]).toEqual(expect.arrayContaining([0, 1, 2, 3, longFrame.length - 1]));
  });

  test('among the random cuts are some inside a length prefix and many inside a payload', () => {
    const places = fc.sample(streams, { seed: 1, numRuns: 300 }).flatMap(([sent, cuts]) => {
      const frames = sent.map((record) => encodeFrame(record));
      return cutAt(concat(frames), cuts).map((chunk) => placeOf(chunk.byteOffset, frames));
    });
    const count = (place: string): number => places.filter((found) => found === place).length;
    expect(count('prefix')).toBeGreaterThan(0);
    expect(count('payload')).toBeGreaterThan(300);
  });

  test('a frame of no bytes is a frame', () => {
    expect(pushAll(createFrameDecoder(), [Uint8Array.of(0, 0)])).toEqual([
      new Uint8Array(),
      new Uint8Array(),
    ]);
  });

  test('a prefix with needless zeros is read as protobuf reads it', () => {
    const frames = pushAll(createFrameDecoder(), [Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0, 42)]);
    expect(frames).toEqual([Uint8Array.of(42)]);
  });
});

describe('the end of a stream', () => {
  test('a frame that never ends is pending, not delivered and no fault', () => {
    for (let bytes = 1; bytes < valueFrame.length; bytes += 1) {
      const decoder = createFrameDecoder();
      expect(pushAll(decoder, [valueFrame.subarray(0, bytes)])).toEqual([]);
      expect(decoder.pendingBytes()).toBe(bytes);
    }
  });
});

describe('limits', () => {
  const none = (): void => {
    throw new Error('no frame was expected');
  };

  test('a frame of the limit passes, one byte more is a fault', () => {
    const decoder = createFrameDecoder({ frameBytesMax: 3 });
    expect(pushAll(decoder, [Uint8Array.of(3, 1, 2, 3)])).toEqual([Uint8Array.of(1, 2, 3)]);
    expect(decoder.push(Uint8Array.of(4), none)).toMatchObject({ reason: 'frame-too-long' });
  });

  test('the fault comes with the prefix, before any of the frame is kept', () => {
    const decoder = createFrameDecoder({ frameBytesMax: 1024 });
    const fault = decoder.push(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3), none);
    expect(fault).toEqual({
      kind: 'fault',
      reason: 'frame-too-long',
      detail: 'a frame of 4294967295 bytes; at most 1024 are allowed here',
    });
  });

  test('a prefix of more than five bytes is a fault', () => {
    const decoder = createFrameDecoder();
    expect(decoder.push(Uint8Array.of(0x80, 0x80, 0x80, 0x80), none)).toBeNull();
    expect(decoder.push(Uint8Array.of(0x80), none)).toMatchObject({ reason: 'bad-length' });
  });

  test('after a fault nothing is accepted any more, and the fault stays', () => {
    const decoder = createFrameDecoder({ frameBytesMax: 100 });
    const frames: Uint8Array[] = [];
    const stream = concat([valueFrame, Uint8Array.of(101), valueFrame]);
    const fault = decoder.push(stream, (bytes, start, end) => {
      frames.push(bytes.slice(start, end));
    });
    expect(fault?.reason).toBe('frame-too-long');
    expect(frames).toEqual([new Uint8Array(valueFrame.subarray(1))]);
    expect(decoder.push(valueFrame, none)).toBe(fault);
  });
});

describe('cost', () => {
  test('a frame inside a chunk is handed on where it lies, not as a copy', () => {
    const chunk = concat([valueFrame, longFrame]);
    const places: [boolean, number, number][] = [];
    createFrameDecoder().push(chunk, (bytes, start, end) => {
      places.push([bytes === chunk, start, end]);
    });
    const first = valueFrame.length;
    expect(places).toEqual([
      [true, 1, first],
      [true, first + 2, first + longFrame.length],
    ]);
  });

  test('random bytes never throw and never hold more than the limit', () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => {
        const decoder = createFrameDecoder({ frameBytesMax: 64 });
        let isBroken = false;
        for (const chunk of chunks) {
          const fault = decoder.push(chunk, (_bytes, start, end) => {
            expect(end - start).toBeLessThanOrEqual(64);
          });
          isBroken ||= fault !== null;
          expect(decoder.pendingBytes()).toBeLessThanOrEqual(64 + 5);
        }
        broken += isBroken ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect(broken).toBeGreaterThan(0);
  });

  test('a byte of a cut frame is copied once, however small the chunks are', () => {
    // Counted, not timed. A decoder that joins buffers would copy 400,000² / 2 bytes: 80 GB.
    const frame = encodeFrame({ kind: 'finish', outcome: 'o', reason: 'x'.repeat(400_000) });
    const copying = jest.spyOn(Uint8Array.prototype, 'set');
    try {
      const [bytes] = pushAll(createFrameDecoder(), oneByOne(frame));
      expect(bytes).toHaveLength(frame.length - 3);
      const copied = copying.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
      expect(copied).toBe(frame.length - 3);
    } finally {
      copying.mockRestore();
    }
  });
});

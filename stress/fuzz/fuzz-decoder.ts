/**
 * Frames into the decoder: nothing throws, any cut of a stream gives the same frames, and what comes
 * out as a record is one, for it goes through the codec again unchanged.
 */
import { Buffer } from 'node:buffer';
import { decodeAnyRecord, decodeRecord, encodeFrame } from '../../proto/codec.ts';
import { createFrameDecoder, NODE_FRAME_BYTES_MAX } from '../../proto/frame-decoder.ts';
import type { PeerFault } from '../../proto/records.ts';
import { createFrameMaker } from './frames.ts';
import type { Setting } from './frames.ts';
import { createRandom } from './random.ts';

export interface DecoderCounts {
  frames: number;
  records: number;
  faults: number;
  /** Streams that ended because they could not be followed any more. */
  broken: number;
}

export const SETTING: Setting = { n: 4, lastRound: 20, run: 'fuzz' };
const FRAMES_PER_STREAM = 100;
/** Every so many records are encoded again and compared. */
const AGAIN_EVERY = 8;

/** Feeds about `frames` frames. Throws, with the seed, on the first thing that must not be. */
export function fuzzDecoder(seed: number, frames: number): DecoderCounts {
  const counts: DecoderCounts = { frames: 0, records: 0, faults: 0, broken: 0 };
  for (let stream = 0; counts.frames < frames; stream += 1) {
    const random = createRandom(seed + stream);
    const make = createFrameMaker(random, SETTING);
    const bytes = Buffer.concat(Array.from({ length: FRAMES_PER_STREAM }, make));
    const seen: Uint8Array[] = [];
    const whole = push([bytes], (frame) => seen.push(Uint8Array.from(frame)));
    let at = 0;
    const cut = push(
      cuts(bytes, () => 1 + random.below(90)),
      (frame) => {
        same(seen[at]?.length, frame.length, seed + stream, 'a cut stream');
        if (at % AGAIN_EVERY === 0) {
          same(Buffer.compare(seen[at] ?? Buffer.alloc(0), frame), 0, seed + stream, 'a cut frame');
        }
        at += 1;
        takeFrame(frame, counts, seed + stream);
      },
    );
    same(at, seen.length, seed + stream, 'the number of frames');
    same(cut?.reason, whole?.reason, seed + stream, 'the end of a stream');
    counts.frames += seen.length;
    if (whole !== null) counts.broken += 1;
  }
  return counts;
}

function push(
  pieces: readonly Uint8Array[],
  onFrame: (frame: Uint8Array) => void,
): PeerFault | null {
  const decoder = createFrameDecoder({ frameBytesMax: NODE_FRAME_BYTES_MAX });
  for (const piece of pieces) {
    const fault = decoder.push(piece, (bytes, start, end) => {
      onFrame(bytes.subarray(start, end));
    });
    if (fault !== null) return fault;
    if (decoder.pendingBytes() > NODE_FRAME_BYTES_MAX + 5) throw new Error('it keeps too much');
  }
  return null;
}

function cuts(bytes: Uint8Array, length: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + length();
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

function takeFrame(frame: Uint8Array, counts: DecoderCounts, seed: number): void {
  const record = decodeRecord(frame);
  if (record.kind === 'fault') {
    counts.faults += 1;
    return;
  }
  counts.records += 1;
  if (counts.records % AGAIN_EVERY !== 0) return;
  const text = JSON.stringify(record);
  same(JSON.stringify(decodeAnyRecord(frame)), text, seed, 'the short cut');
  let again = '';
  createFrameDecoder().push(encodeFrame(record), (bytes, start, end) => {
    again = JSON.stringify(decodeRecord(bytes, start, end));
  });
  same(again, text, seed, 'a record encoded again');
}

function same(one: unknown, other: unknown, seed: number, what: string): void {
  if (one === other) return;
  throw new Error(`${what}: ${String(one)} is not ${String(other)} (stream ${seed})`);
}

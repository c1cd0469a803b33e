/**
 * Splits the bytes of one connection into frames: a length as a varint, then that many bytes.
 *
 * One decoder for the life of a connection. However the network cuts the stream, the same frames
 * come out: what is left of a chunk stays here until the next one. A frame that lies inside one
 * chunk is handed on without a copy; a frame that was cut is gathered in a buffer of its announced
 * length, so every byte is copied at most once, even when they come one at a time.
 */
import { fault } from './records.ts';
import type { PeerFault } from './records.ts';

/** Room for the Welcome of ten thousand nodes. */
export const FRAME_BYTES_MAX = 4 * 1024 * 1024;

/** What a node sends is far smaller: its longest record carries a host name and a digest. */
export const NODE_FRAME_BYTES_MAX = 4 * 1024;

/** A varint of 32 bits. */
const PREFIX_BYTES_MAX = 5;

/**
 * A frame without its prefix: what `bytes` has from `start` to before `end`. Valid during the call, for
 * the chunk may be reused. Offsets and no view of its own: to make one costs more than to read a value.
 */
export type OnFrame = (bytes: Uint8Array, start: number, end: number) => void;

export interface FrameDecoder {
  /**
   * Calls `onFrame` for every frame that is complete now, oldest first. Returns a fault when the
   * stream cannot be followed any more; from then on nothing is accepted and every call returns it.
   */
  push(chunk: Uint8Array, onFrame: OnFrame): PeerFault | null;
  /**
   * Bytes of a frame that is not complete, its prefix included. More than 0 at the end of a stream:
   * the sender died in the middle of a write.
   */
  pendingBytes(): number;
  /** Another limit, from the next frame on: a sender has become known. */
  allow(frameBytesMax: number): void;
}

interface DecoderState {
  frameBytesMax: number;
  /** The prefix, as far as it has come. */
  prefixBytes: number;
  length: number;
  /** The frame that was cut, else null: `filled` bytes of it are here. */
  partial: Uint8Array | null;
  filled: number;
  broken: PeerFault | null;
}

/** `frameBytesMax`: the longest frame to accept, prefix not counted. Bounds the memory held here. */
export function createFrameDecoder(
  options: { readonly frameBytesMax?: number } = {},
): FrameDecoder {
  const state: DecoderState = {
    frameBytesMax: options.frameBytesMax ?? FRAME_BYTES_MAX,
    prefixBytes: 0,
    length: 0,
    partial: null,
    filled: 0,
    broken: null,
  };
  return {
    push(chunk, onFrame) {
      let at = 0;
      while (at < chunk.length && state.broken === null) {
        if (state.partial !== null) at = readPartial(state, state.partial, chunk, at, onFrame);
        else if (isShortAndWhole(state, chunk, at)) at = readShort(chunk, at, onFrame);
        else at = readPrefixByte(state, chunk, at, onFrame);
      }
      return state.broken;
    },
    pendingBytes: () => state.prefixBytes + state.filled,
    allow(frameBytesMax) {
      state.frameBytesMax = frameBytesMax;
    },
  };
}

/** Nearly every frame: its prefix is one byte, and all of it is in this chunk. */
function isShortAndWhole(state: DecoderState, chunk: Uint8Array, at: number): boolean {
  const length = chunk[at] ?? 0;
  const isShort = length < 0x80 && length <= state.frameBytesMax;
  return isShort && state.prefixBytes === 0 && at + 1 + length <= chunk.length;
}

function readShort(chunk: Uint8Array, at: number, onFrame: OnFrame): number {
  const end = at + 1 + (chunk[at] ?? 0);
  onFrame(chunk, at + 1, end);
  return end;
}

/** Takes one byte of the prefix, and with its last byte the frame, as far as the chunk has it. */
function readPrefixByte(
  state: DecoderState,
  chunk: Uint8Array,
  at: number,
  onFrame: OnFrame,
): number {
  const byte = chunk[at] ?? 0;
  const start = at + 1;
  // Multiplied, not shifted: the fifth byte reaches past 31 bits.
  state.length += (byte & 0x7f) * 2 ** (7 * state.prefixBytes);
  state.prefixBytes += 1;
  if (byte >= 0x80) {
    if (state.prefixBytes === PREFIX_BYTES_MAX) state.broken = prefixTooLong();
    return start;
  }
  if (state.length > state.frameBytesMax) {
    state.broken = frameTooLong(state.length, state.frameBytesMax);
    return start;
  }
  const end = start + state.length;
  if (end > chunk.length) {
    state.partial = new Uint8Array(state.length);
    return start;
  }
  reset(state);
  onFrame(chunk, start, end);
  return end;
}

function readPartial(
  state: DecoderState,
  partial: Uint8Array,
  chunk: Uint8Array,
  at: number,
  onFrame: OnFrame,
): number {
  const end = Math.min(chunk.length, at + partial.length - state.filled);
  partial.set(chunk.subarray(at, end), state.filled);
  state.filled += end - at;
  if (state.filled === partial.length) {
    // Before the call: a frame that is handed on belongs to this decoder no longer.
    reset(state);
    onFrame(partial, 0, partial.length);
  }
  return end;
}

function reset(state: DecoderState): void {
  state.prefixBytes = 0;
  state.length = 0;
  state.partial = null;
  state.filled = 0;
}

const prefixTooLong = (): PeerFault =>
  fault('bad-length', `a length prefix goes on after ${PREFIX_BYTES_MAX} bytes; this is no frame`);

const frameTooLong = (length: number, frameBytesMax: number): PeerFault =>
  fault('frame-too-long', `a frame of ${length} bytes; at most ${frameBytesMax} are allowed here`);

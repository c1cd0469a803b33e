/**
 * The fast way to read the one record that a run is made of: a node's value of a round, encoded as
 * every protobuf library does it (fields in order, none twice, none unknown). Twenty times as fast
 * as the generated decoder, and only ever an answer that it would give as well; a property test
 * holds the two together. docs/wire.md shows such a frame byte by byte.
 */
import { util } from 'protobufjs/minimal.js';
import { MASTER } from '../agreement/algorithm.ts';
import { isLegalValue } from '../agreement/update-rule.ts';
import type { MessageRecord } from './records.ts';

/** Looked up once: what is imported from a module of CommonJS is looked for at every use. */
const readDouble = util.float.readDoubleLE;

/** Field number and wire type of what is expected, see message.proto. */
const tag = { message: 0x0a, from: 0x08, value: 0x11, round: 0x18 } as const;

const DOUBLE_BYTES = 8;
/** Envelope tag and length, three field tags, the value, two varints of 1 to 4 bytes. */
const BYTES_MIN = 2 + 3 + DOUBLE_BYTES + 2;
const BYTES_MAX = BYTES_MIN + 6;

const TOO_LONG = -1;

/**
 * The bytes from `start` to before `end`. null: they are something else, or not legal; the generated
 * decoder has to look.
 */
export function readValue(bytes: Uint8Array, start = 0, end = bytes.length): MessageRecord | null {
  const size = end - start;
  if (size < BYTES_MIN || size > BYTES_MAX) return null;
  if (bytes[start] !== tag.message || bytes[start + 1] !== size - 2) return null;
  if (bytes[start + 2] !== tag.from) return null;
  const fromEnd = endOfVarint(bytes, start + 3);
  if (fromEnd === TOO_LONG) return null;
  const roundStart = fromEnd + 1 + DOUBLE_BYTES + 1;
  if (bytes[fromEnd] !== tag.value || bytes[roundStart - 1] !== tag.round) return null;
  if (endOfVarint(bytes, roundStart) !== end) return null;
  const from = varint(bytes, start + 3, fromEnd);
  const value = readDouble(bytes, fromEnd + 1);
  if (from === MASTER || !isLegalValue(value)) return null;
  const round = varint(bytes, roundStart, end);
  return { kind: 'message', from, value: value + 0, round, output: false, fail: false };
}

/** Index after the varint's last byte, or TOO_LONG after four: 28 bits keep a shift simple. */
function endOfVarint(bytes: Uint8Array, start: number): number {
  for (let at = start; at < start + 4; at += 1) if ((bytes[at] ?? 0) < 0x80) return at + 1;
  return TOO_LONG;
}

/** Seven bits a byte, lowest first. */
function varint(bytes: Uint8Array, start: number, end: number): number {
  let result = 0;
  for (let at = end - 1; at >= start; at -= 1) result = (result << 7) | ((bytes[at] ?? 0) & 0x7f);
  return result;
}

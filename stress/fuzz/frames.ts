/**
 * Frames by the grammar of the wire, and beside it: whole records, records with impossible fields,
 * fields that nobody knows, records cut, stretched and spliced, lengths that lie, and plain noise.
 */
import { Buffer } from 'node:buffer';
import { encodeFrame } from '../../proto/codec.ts';
import { WIRE_VERSION } from '../../proto/records.ts';
import type { MessageRecord, WireRecord } from '../../proto/records.ts';
import type { Random } from './random.ts';

/** Who the fuzzed process takes the sender for, and what would be its run. */
export interface Setting {
  readonly n: number;
  readonly lastRound: number;
  readonly run: string;
  /** For a register record; an empty one would be let in by a master without TLS. */
  readonly digests?: readonly [string, ...string[]];
}

/** A whole frame, or what pretends to be one. */
export type FrameMaker = () => Uint8Array;

export function createFrameMaker(random: Random, setting: Setting): FrameMaker {
  let last: Uint8Array = encodeFrame({ kind: 'start' });
  return () => {
    const choice = random.below(100);
    if (choice < 45) last = encodeFrame(anyRecord(random, setting));
    else if (choice < 75) last = mutated(random, last);
    else if (choice < 92) last = framed(unknownFields(random, 0));
    else if (choice < 99) last = framed(noise(random, random.below(200)));
    // A length that lies: the rest of the stream can no longer be followed.
    else if (random.below(4) === 0) return noise(random, 1 + random.below(12));
    return last;
  };
}

export function anyRecord(random: Random, setting: Setting): WireRecord {
  const { n, run, digests } = setting;
  const id = (): number => random.pick([random.below(n + 2), random.below(n + 2), random.next()]);
  const text = (): string => random.pick(['', 'x', run, '\u0000', 'é'.repeat(random.below(300))]);
  const port = random.pick([1, 9000, 65_535, random.next()]);
  const address = { id: id(), host: random.pick(['127.0.0.1', '', 'a'.repeat(300)]), port };
  const version = random.pick([WIRE_VERSION, WIRE_VERSION, 0, 2, random.next()]);
  switch (random.below(16)) {
    case 0:
      return { kind: 'hello', version, from: id(), to: id(), run: random.pick([run, text()]) };
    case 1:
      return {
        kind: 'register',
        version,
        ...address,
        digest: digests === undefined ? text() : random.pick(digests),
      };
    case 2:
      return { ...welcome(random, text), addresses: [address] };
    case 3:
      return { kind: 'refuse', code: text(), reason: text() };
    case 4:
      return { kind: 'ready', from: id() };
    case 5:
      return { kind: 'start' };
    case 6:
      return { kind: 'link', reporter: id(), from: id(), to: id() };
    case 7:
      return { kind: 'finish', outcome: text(), reason: text() };
    case 8:
      return { kind: 'done', from: id() };
    default:
      return anyMessage(random, setting);
  }
}

const welcome = (random: Random, text: () => string) => ({
  kind: 'welcome' as const,
  ...{ run: text(), directory: text(), originUs: number(random), algorithm: text() },
  config: random.pick(['{}', '', '[', text()]),
});

function anyMessage(random: Random, { n, lastRound }: Setting): MessageRecord {
  const round = random.pick([
    random.below(lastRound + 1),
    random.below(lastRound + 3),
    random.next(),
  ]);
  return {
    kind: 'message',
    from: random.pick([1 + random.below(n), random.below(n + 2), random.next()]),
    value: random.below(8) === 0 ? null : number(random),
    round: random.below(8) === 0 ? null : round,
    output: random.below(8) === 0,
    fail: random.below(8) === 0,
  };
}

const number = (random: Random): number =>
  random.pick([
    ...([random.next() / 2 ** 32, 0, -0, 1] as const),
    ...[NaN, Infinity, -Infinity, 1e300, 1.1e300, Number.MIN_VALUE, -Number.MAX_VALUE],
  ]);

function mutated(random: Random, frame: Uint8Array): Uint8Array {
  const copy = Buffer.from(frame);
  // Seldom its length: then the rest of the stream is another one.
  const at = random.below(50) === 0 ? 0 : 1 + random.below(Math.max(1, copy.length - 1));
  switch (random.below(5)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    case 1:
      copy[at] = random.below(256);
      return copy;
    case 2:
      return framed(copy.subarray(1, at));
    case 3:
      return framed(Buffer.concat([copy.subarray(1, at), noise(random, 5), copy.subarray(at)]));
    default:
      return framed(Buffer.concat([copy.subarray(1), copy.subarray(1)]));
  }
}

/** Tags of any number and type, lengths that may lie, records in records. */
function unknownFields(random: Random, depth: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const type = random.below(8);
    parts.push(varint(random.pick([1 + random.below(16), random.next()]) * 8 + type));
    if (type === 0) parts.push(varint(random.next()));
    else if (type === 1) parts.push(noise(random, 8));
    else if (type === 5) parts.push(noise(random, 4));
    else if (type === 2) {
      const inner = depth < 4 ? unknownFields(random, depth + 1) : noise(random, 3);
      parts.push(varint(random.below(4) === 0 ? random.next() : inner.length), inner);
    }
  }
  return Buffer.concat(parts);
}

const framed = (payload: Uint8Array): Uint8Array =>
  Buffer.concat([varint(payload.length), payload]);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Uint8Array.from([...bytes, rest]);
}

function noise(random: Random, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) bytes[at] = random.below(256);
  return bytes;
}

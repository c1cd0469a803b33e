/** Random legal records, for the property tests of this folder. */
import fc from 'fast-check';
import { VALUE_MAX } from '../../../agreement/update-rule.ts';
import { PIECE_BYTES_MAX, WIRE_VERSION } from '../../../proto/records.ts';
import type { MessageRecord, WireRecord } from '../../../proto/records.ts';

export const UINT32_MAX = 2 ** 32 - 1;

/** Ordinary objects, as the decoder makes them. */
const object = <T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(model, { noNullPrototype: true });

/** On both sides of a varint's lengths. */
const varintLimits = [7, 14, 21, 28].flatMap((bits) => [2 ** bits - 1, 2 ** bits]);

/** Small ones as in a real run, and every length of a varint. */
const uint32 = (min: number) =>
  fc.oneof(
    fc.integer({ min, max: 200 }),
    fc.constantFrom(...varintLimits),
    fc.integer({ min, max: UINT32_MAX }),
  );

const node = uint32(1);
const round = uint32(0);
const port = fc.integer({ min: 1, max: 65_535 });
const text = fc.string({ unit: 'grapheme' });
const someText = fc.string({ unit: 'grapheme', minLength: 1 });

/** Legal values but −0, which comes back as 0. */
const value = fc
  .oneof(
    fc.double({ min: -VALUE_MAX, max: VALUE_MAX, noNaN: true }),
    fc.constantFrom(0, 1, -1, 0.1, VALUE_MAX, -VALUE_MAX, Number.MIN_VALUE, -Number.MIN_VALUE),
  )
  .map((drawn) => drawn + 0);

const message = (fields: Partial<MessageRecord>): MessageRecord => ({
  kind: 'message',
  from: 0,
  value: null,
  round: null,
  output: false,
  fail: false,
  ...fields,
});

export const valueMessage = object({ from: node, value, round }).map((fields) => message(fields));

const anyMessage: fc.Arbitrary<WireRecord> = fc.oneof(
  { weight: 3, arbitrary: valueMessage },
  round.map((named) => message({ round: named, output: true })),
  valueMessage.map((drawn) => ({ ...drawn, output: true })),
  node.map((from) => message({ from, fail: true })),
);

const twoNodes = fc.tuple(node, node).filter(([from, to]) => from !== to);
const address = object({ id: node, host: someText, port });

const control: fc.Arbitrary<WireRecord> = fc.oneof(
  object({
    kind: fc.constant('hello' as const),
    version: fc.constantFrom(WIRE_VERSION, 2, UINT32_MAX),
    from: fc.constant(0),
    to: node,
    run: someText,
  }),
  twoNodes.map(([from, to]) => ({ kind: 'hello' as const, version: 1, from, to, run: 'r' })),
  object({
    kind: fc.constant('register' as const),
    version: fc.constantFrom(WIRE_VERSION, UINT32_MAX),
    id: node,
    host: someText,
    port,
    digest: text,
  }),
  object({
    kind: fc.constant('welcome' as const),
    run: someText,
    directory: text,
    originUs: fc.integer({ min: 0, max: 2 ** 52 }),
    config: someText,
    addresses: fc.array(address, { maxLength: 20 }),
    algorithm: text,
  }),
  object({ kind: fc.constant('refuse' as const), code: someText, reason: text }),
  object({ kind: fc.constantFrom('ready' as const, 'done' as const), from: node }),
  fc.constant({ kind: 'start' as const }),
  fc.tuple(twoNodes, fc.boolean()).map(([[from, to], atFrom]) => ({
    kind: 'link' as const,
    reporter: atFrom ? from : to,
    from,
    to,
  })),
  object({ kind: fc.constant('hold' as const), from: node, held: fc.boolean() }),
  object({
    kind: fc.constant('piece' as const),
    from: node,
    data: fc.uint8Array({ minLength: 1, maxLength: PIECE_BYTES_MAX }),
  }),
  object({ kind: fc.constant('finish' as const), outcome: someText, reason: text }),
);

export const anyRecord = fc.oneof(anyMessage, control);

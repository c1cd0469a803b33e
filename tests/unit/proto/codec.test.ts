import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Writer } from 'protobufjs/minimal.js';
import { VALUE_MAX } from '../../../agreement/update-rule.ts';
import { decodeAnyRecord, decodeRecord, encodeFrame } from '../../../proto/codec.ts';
import { within } from '../../../proto/generated/message.js';
import { readValue } from '../../../proto/read-value.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { anyRecord, UINT32_MAX, valueMessage } from './arbitrary-records.ts';

const valueOf = (from: number, value: number, round: number): WireRecord => ({
  kind: 'message',
  from,
  value,
  round,
  output: false,
  fail: false,
});

/** Frame to payload: these frames are short, their prefix is one byte. */
const payload = (record: WireRecord): Uint8Array => encodeFrame(record).subarray(1);

const envelope = (fields: within.Envelope.$Properties): Uint8Array =>
  within.Envelope.encode(fields).finish();

const message = (fields: within.Message.$Properties): Uint8Array => envelope({ message: fields });

const reasonOf = (bytes: Uint8Array): string => {
  const record = decodeRecord(bytes);
  return record.kind === 'fault' ? record.reason : `no fault: ${record.kind}`;
};

describe('records survive the wire', () => {
  test('any legal record decodes to itself, by the short cut and without it', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const frame = encodeFrame(record);
        const prefixBytes = frame.findIndex((byte) => byte < 0x80) + 1;
        const bytes = frame.subarray(prefixBytes);
        expect(decodeRecord(bytes)).toStrictEqual(record);
        expect(decodeAnyRecord(bytes)).toStrictEqual(record);
      }),
      { numRuns: 500 },
    );
  });

  test('every kind of record is among the random ones', () => {
    const kinds = new Set(fc.sample(anyRecord, 1000).map((record) => record.kind));
    expect([...kinds].sort()).toEqual(
      'done finish hello hold link message piece ready refuse register start welcome'.split(' '),
    );
  });

  test.each([0, 5e-324, -5e-324, 2.2250738585072014e-308, 0.1, VALUE_MAX, -VALUE_MAX])(
    'value %p comes back bit for bit',
    (value) => {
      expect(decodeRecord(payload(valueOf(3, value, 0)))).toStrictEqual(valueOf(3, value, 0));
    },
  );

  test('−0 becomes 0, by the short cut and without it', () => {
    const bytes = payload(valueOf(3, -0, 0));
    expect(decodeRecord(bytes)).toStrictEqual(valueOf(3, 0, 0));
    expect(decodeAnyRecord(bytes)).toStrictEqual(valueOf(3, 0, 0));
    expect(decodeRecord(bytes)).not.toStrictEqual(valueOf(3, -0, 0));
  });

  test('value 0 and round 0 are present, and an absent value is null', () => {
    expect(decodeRecord(message({ from: 3, value: 0, round: 0 }))).toMatchObject({
      value: 0,
      round: 0,
    });
    expect(decodeRecord(message({ output: true, round: 0 }))).toMatchObject({
      value: null,
      round: 0,
    });
    expect(decodeRecord(message({ from: 3, fail: true }))).toMatchObject({
      value: null,
      round: null,
    });
  });

  test('unknown fields and the order of fields do not matter', () => {
    const writer = Writer.create().uint32(0x0a).fork();
    writer.uint32(0x18).uint32(7).uint32(0x11).double(0.25);
    writer.uint32(0x7a).string('field 15, of a later version').uint32(0x08).uint32(3);
    const bytes = writer.ldelim().finish();
    expect(readValue(bytes)).toBeNull();
    expect(decodeRecord(bytes)).toStrictEqual(valueOf(3, 0.25, 7));
  });

  test('a varint of more than 32 bits is cut to 32, as protobuf says: never out of range', () => {
    const overlong = Uint8Array.of(0x87, 0x80, 0x80, 0x80, 0x90, 0x01); // 2^32 + 7, with a 33rd bit
    const writer = Writer.create().uint32(0x0a).fork();
    writer.uint32(0x08).uint32(3).uint32(0x11).double(0.25).uint32(0x18).raw(overlong);
    expect(decodeRecord(writer.ldelim().finish())).toStrictEqual(valueOf(3, 0.25, 7));
  });

  test('a frame keeps nothing of its bytes: they may be overwritten afterwards', () => {
    const bytes = payload({ kind: 'finish', outcome: 'complete', reason: 'all have output' });
    const record = decodeRecord(bytes);
    bytes.fill(0);
    expect(record).toEqual({ kind: 'finish', outcome: 'complete', reason: 'all have output' });
  });
});

describe('the short cut for values', () => {
  test('it is taken for the values of a real run', () => {
    expect(readValue(payload(valueOf(3, 0.25, 7)))).toStrictEqual(valueOf(3, 0.25, 7));
    expect(readValue(payload(valueOf(2 ** 28 - 1, 0.25, 2 ** 28 - 1)))).not.toBeNull();
    expect(readValue(payload(valueOf(2 ** 28, 0.25, UINT32_MAX)))).toBeNull();
  });

  test('it says what the generated decoder says, or nothing, when bytes are changed', () => {
    let answers = 0;
    const change = fc.record({ at: fc.nat(25), byte: fc.oneof(fc.nat(255), fc.nat(24)) });
    fc.assert(
      fc.property(
        valueMessage,
        fc.array(change, { maxLength: 3 }),
        fc.nat(3),
        fc.uint8Array({ maxLength: 9 }),
        (record, changes, cut, around) => {
          const bytes = Uint8Array.from(payload(record));
          for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
          const cutShort = bytes.subarray(0, bytes.length - cut);
          // Where it lies among other bytes makes no difference.
          const chunk = Buffer.concat([around, cutShort, around]);
          const quick = readValue(chunk, around.length, around.length + cutShort.length);
          expect(quick).toStrictEqual(readValue(cutShort));
          if (quick === null) return;
          answers += 1;
          expect(quick).toStrictEqual(decodeAnyRecord(cutShort));
        },
      ),
      { numRuns: 5000 },
    );
    expect(answers).toBeGreaterThan(100);
  });
});

describe('what is refused', () => {
  test.each([NaN, Infinity, -Infinity, 1.0000000000000002e300, -Number.MAX_VALUE])(
    'value %p',
    (value) => {
      expect(reasonOf(message({ from: 3, value, round: 0 }))).toBe('bad-value');
      expect(reasonOf(message({ from: 3, value, round: 0, output: true }))).toBe('bad-value');
    },
  );

  test.each<[string, within.Message.$Properties]>([
    ['nothing at all', {}],
    ['a value without a round', { from: 3, value: 0.5 }],
    ['a round without a value', { from: 3, round: 0 }],
    ['a value from the master', { from: 0, value: 0.5, round: 0 }],
    ['an order from a node', { from: 3, round: 0, output: true }],
    ['an order without a round', { output: true }],
    ['an order with a value', { output: true, round: 0, value: 0.5 }],
    ['a notice without a round', { from: 3, output: true, value: 0.5 }],
    ['a goodbye with a value', { from: 3, fail: true, value: 0.5 }],
    ['a goodbye with a round', { from: 3, fail: true, round: 0 }],
    ['a goodbye with an output', { from: 3, fail: true, output: true }],
    ['a goodbye from the master', { fail: true }],
    ['a value that says goodbye', { from: 3, value: 0.5, round: 0, fail: true }],
    ['only a sender', { from: 3 }],
  ])('%s', (_what, fields) => {
    expect(reasonOf(message(fields))).toBe('bad-shape');
  });

  const hello = { version: 1, from: 0, to: 3, run: 'r' };
  const register = { version: 1, id: 3, host: 'localhost', port: 9003, digest: 'd' };
  const welcome = { run: 'r', directory: '/r', originUs: 1, config: '{}', addresses: [] };
  const address = { id: 3, host: 'localhost', port: 9003 };

  test.each<[string, string, within.Envelope.$Properties]>([
    ['a hello without a version', 'no-version', { hello: { ...hello, version: 0 } }],
    ['a hello to oneself', 'bad-field', { hello: { ...hello, to: 0 } }],
    ['a hello without a run', 'bad-field', { hello: { ...hello, run: '' } }],
    ['a register without a version', 'no-version', { register: { ...register, version: 0 } }],
    ['a register without an id', 'bad-field', { register: { ...register, id: 0 } }],
    ['a register without a host', 'bad-field', { register: { ...register, host: '' } }],
    ['a register with port 0', 'bad-field', { register: { ...register, port: 0 } }],
    ['a register with port 65536', 'bad-field', { register: { ...register, port: 65_536 } }],
    ['a welcome without a run', 'bad-field', { welcome: { ...welcome, run: '' } }],
    ['a welcome without a config', 'bad-field', { welcome: { ...welcome, config: '' } }],
    ['a welcome at no time', 'bad-field', { welcome: { ...welcome, originUs: NaN } }],
    ['a welcome at infinity', 'bad-field', { welcome: { ...welcome, originUs: Infinity } }],
    ['a welcome before 1970', 'bad-field', { welcome: { ...welcome, originUs: -1 } }],
    [
      'a welcome with one bad address',
      'bad-field',
      { welcome: { ...welcome, addresses: [address, { ...address, port: 0 }] } },
    ],
    ['a refuse without a code', 'bad-field', { refuse: { reason: 'go' } }],
    ['a ready from nobody', 'bad-field', { ready: {} }],
    ['a done from nobody', 'bad-field', { done: {} }],
    ['a link of the master', 'bad-field', { link: { reporter: 3, from: 0, to: 3 } }],
    ['a link to oneself', 'bad-field', { link: { reporter: 3, from: 3, to: 3 } }],
    ['a link of others', 'bad-field', { link: { reporter: 1, from: 2, to: 3 } }],
    ['a finish without an outcome', 'bad-field', { finish: { reason: 'over' } }],
    ['an empty envelope', 'no-record', {}],
  ])('%s: %s', (_what, reason, fields) => {
    expect(reasonOf(envelope(fields))).toBe(reason);
  });

  test('a record of an unknown kind', () => {
    const bytes = Writer.create()
      .uint32((99 << 3) | 2)
      .string('?')
      .finish();
    expect(reasonOf(bytes)).toBe('no-record');
  });

  test('a string that is not UTF-8', () => {
    const bytes = Uint8Array.from(payload({ kind: 'finish', outcome: 'complete', reason: '' }));
    bytes[4] = 0xff;
    expect(reasonOf(bytes)).toBe('malformed');
  });

  test('every record that is cut short or is only a part of one', () => {
    const bytes = payload(valueOf(3, 0.25, 7));
    for (let end = 1; end < bytes.length; end += 1) {
      expect(reasonOf(bytes.subarray(0, end))).toBe('malformed');
    }
  });

  test('the detail names what came and what is legal', () => {
    expect(decodeRecord(message({ from: 3, value: Infinity, round: 0 }))).toEqual({
      kind: 'fault',
      reason: 'bad-value',
      detail: 'value Infinity from 3; legal is ±1e+300',
    });
  });
});

describe('bytes from nowhere', () => {
  const nested = fc
    .uint8Array({ maxLength: 40 })
    .chain((inner) => fc.nat(10).map((tag) => [(tag << 3) | 2, inner.length, ...inner]));
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    nested.map((bytes) => Uint8Array.from(bytes)),
    fc.tuple(anyRecord, fc.nat(), fc.nat(255)).map(([record, at, byte]) => {
      const bytes = Uint8Array.from(encodeFrame(record));
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );

  test('never make the decoder throw', () => {
    fc.assert(
      fc.property(garbage, (bytes) => {
        expect(typeof decodeRecord(bytes).kind).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  test('both outcomes happen: some are refused, some happen to be records', () => {
    const outcomes = fc.sample(garbage, 2000).map((bytes) => decodeRecord(bytes));
    const reasons = new Set(
      outcomes.map((record) => (record.kind === 'fault' ? record.reason : '')),
    );
    expect([...reasons]).toEqual(expect.arrayContaining(['', 'malformed', 'no-record']));
  });
});

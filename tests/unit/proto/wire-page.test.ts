/** docs/wire.md is a contract for nodes in other languages: what it states must be so. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VALUE_MAX } from '../../../agreement/update-rule.ts';
import { encodeFrame } from '../../../proto/codec.ts';
import { FRAME_BYTES_MAX, NODE_FRAME_BYTES_MAX } from '../../../proto/frame-decoder.ts';
import { WIRE_VERSION } from '../../../proto/records.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { UINT32_MAX } from './arbitrary-records.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'wire.md'),
  'utf8',
).replaceAll('\r\n', '\n');

/** The blocks marked as hex, without their comments. */
const hexBlocks = [...page.matchAll(/```hex\n(.*?)```/gs)].map(([, block = '']) =>
  block.replaceAll(/#.*$/gm, '').replaceAll(/\s/g, ''),
);

const hex = (record: WireRecord): string => Buffer.from(encodeFrame(record)).toString('hex');

const value = (from: number, round: number): WireRecord => ({
  kind: 'message',
  from,
  value: 0.25,
  round,
  output: false,
  fail: false,
});

describe('docs/wire.md', () => {
  test('its two frames are the bytes of the codec', () => {
    const address = { host: '127.0.0.1', port: 9003 };
    expect(hexBlocks).toEqual([
      hex({ kind: 'register', version: WIRE_VERSION, id: 3, ...address, digest: 'ab12' }),
      hex(value(3, 7)),
    ]);
  });

  test('its sizes of a value frame are right', () => {
    expect(page).toContain('a value costs **16 bytes** on the wire for ids and rounds up to 127');
    expect(encodeFrame(value(127, 127))).toHaveLength(16);
    expect(page).toMatch(/one more for each of the two\s+up to 16,383, and never more than 24/);
    expect(encodeFrame(value(128, 127))).toHaveLength(17);
    expect(encodeFrame(value(16_383, 16_383))).toHaveLength(18);
    expect(encodeFrame(value(UINT32_MAX, UINT32_MAX))).toHaveLength(24);
  });

  test('its version and limits are those of the code', () => {
    const grouped = (n: number): string => n.toLocaleString('en-US');
    expect(page).toContain(`Version of the wire: **${WIRE_VERSION}**`);
    expect(page).toContain(`| ${grouped(NODE_FRAME_BYTES_MAX)} bytes |`);
    expect(page).toContain(`| ${grouped(FRAME_BYTES_MAX)} bytes (`);
    expect(page).toContain(
      `| magnitude of a value | ${VALUE_MAX.toExponential().replace('+', '')} |`,
    );
  });
});

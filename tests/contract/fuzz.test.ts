/** A fixed budget of what `npm run fuzz` does for longer. */
import { expect, test } from '@jest/globals';
import { fuzzDecoder } from '../../stress/fuzz/fuzz-decoder.ts';
import { fuzzDoor } from '../../stress/fuzz/fuzz-door.ts';
import { fuzzMember } from '../../stress/fuzz/fuzz-member.ts';

test('no frame breaks the decoder, and every kind of end is reached', () => {
  const { frames, records, faults, broken } = fuzzDecoder(1, 60_000);
  expect(records + faults).toBe(frames);
  expect(Math.min(records, faults)).toBeGreaterThan(10_000);
  expect(broken).toBeGreaterThan(100);
});

test('no record breaks a node in a run, and some are taken', () => {
  const { accepted, refused } = fuzzMember(1, 20_000);
  expect(accepted).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(10_000);
});

test.each([
  ['in plain words', false],
  ['in TLS', true],
])('no stranger gets in %s, and the run goes on to its pass', async (_, isSecure) => {
  const { connections, admitted, refused } = await fuzzDoor(3, 120, isSecure);
  expect({ connections, admitted }).toEqual({ connections: 120, admitted: 0 });
  expect(refused).toBeGreaterThan(20);
});

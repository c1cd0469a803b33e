import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame } from '../../../proto/codec.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { watchAcceptedSockets } from '../../fixtures/accepted-sockets.ts';
import { hello, openReceiver } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { createDoorkeeper } from '../../../runtime/doorkeeper.ts';
import { REFUSED_MAX } from '../../../runtime/inbound.ts';
import { until } from '../../fixtures/until.ts';

const opened: Receiver[] = [];
const dialled: Socket[] = [];

afterEach(() => {
  for (const socket of dialled.splice(0)) socket.destroy();
  for (const receiver of opened.splice(0)) receiver.close();
});

async function open(...args: Parameters<typeof openReceiver>): Promise<Receiver> {
  const receiver = await openReceiver(...args);
  opened.push(receiver);
  return receiver;
}

async function dialAndSay(receiver: Receiver, ...words: Uint8Array[]): Promise<Socket> {
  const socket = connect({ ...receiver.address, noDelay: true });
  dialled.push(socket);
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  for (const word of words) socket.write(word);
  return socket;
}

/** Unlike `once`, whatever error comes first. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else
      socket.once('close', () => {
        resolve();
      });
  });

const value = (from: number, round: number): WireRecord => ({
  kind: 'message',
  from,
  value: 0.5,
  round,
  output: false,
  fail: false,
});

test('a frame over the limit ends the connection before it is read', async () => {
  const receiver = await open({ frameBytesMax: 64 });
  const socket = await dialAndSay(receiver, encodeFrame(hello(3)), Buffer.from([65]));
  await closed(socket);
  await until(() => receiver.ends.has(3), 'the end of the connection');
  expect(receiver.refused).toEqual([
    { from: 3, reason: expect.stringContaining('frame-too-long: a frame of 65 bytes; at most 64') },
  ]);
  expect(receiver.ends.get(3)).toContain('refused: frame-too-long');
});

test('a dialler of another protocol is turned away and counted', async () => {
  const receiver = await open();
  const socket = await dialAndSay(receiver, Buffer.from('GET / HTTP/1.1\r\nHost: here\r\n\r\n'));
  await closed(socket);
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(receiver.refused[0]?.from).toBeNull();
  expect(receiver.records.size).toBe(0);
});

test('a first record that is no hello ends the connection, and the reason says which it was', async () => {
  const receiver = await open();
  await closed(await dialAndSay(receiver, encodeFrame({ kind: 'ready', from: 3 })));
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(receiver.refused).toEqual([{ from: null, reason: 'expected hello, not ready' }]);
});

test('who dials and says nothing is closed after the limit', async () => {
  const receiver = await open({ door: createDoorkeeper({ patienceMs: 50 }) });
  const socket = await dialAndSay(receiver);
  await closed(socket);
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(receiver.refused).toEqual([{ from: null, reason: 'said nothing for 50 ms' }]);
});

test('who stops in the middle of its first record is closed after the limit', async () => {
  const receiver = await open({ door: createDoorkeeper({ patienceMs: 50 }) });
  const socket = await dialAndSay(receiver, encodeFrame(hello(3)).subarray(0, 4));
  await closed(socket);
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(receiver.refused).toEqual([{ from: null, reason: 'said nothing for 50 ms' }]);
});

test('who has said who it is may be silent for as long as it likes', async () => {
  const receiver = await open({ door: createDoorkeeper({ patienceMs: 30 }) });
  const member = await dialAndSay(receiver, encodeFrame(hello(3)));
  await until(() => receiver.records.has(3), 'the hello');
  const silent = await dialAndSay(receiver);
  await closed(silent);
  member.write(encodeFrame(value(3, 0)));
  await until(() => receiver.records.get(3)?.length === 1, 'the value');
  expect(receiver.ends.size).toBe(0);
});

test('what has come in while this process was busy is read before anybody is called silent', async () => {
  const receiver = await open({ door: createDoorkeeper({ patienceMs: 50 }) });
  const accepted = watchAcceptedSockets();
  const late = await dialAndSay(receiver);
  await until(() => accepted.at(receiver.address.port).length === 1, 'the connection');
  accepted.stop();
  late.write(encodeFrame(hello(3)));
  // The hello is in the kernel; the timer and the hello are both due when the loop goes on.
  const since = performance.now();
  while (performance.now() - since < 100);
  await until(() => receiver.records.has(3) || receiver.refused.length > 0, 'one of them');
  expect(receiver.refused).toEqual([]);
});

test('a record that is refused is dropped and counted; the next one is taken', async () => {
  const receiver = await open({}, (record) =>
    record.kind === 'message' && record.from !== 3 ? 'claims to be another' : null,
  );
  const records = [value(3, 0), value(4, 1), value(3, 2)];
  await dialAndSay(receiver, ...[hello(3), ...records].map(encodeFrame));
  await until(() => receiver.records.get(3)?.length === 2, 'the values');
  expect(receiver.records.get(3)).toEqual([value(3, 0), value(3, 2)]);
  expect(receiver.refused).toEqual([{ from: 3, reason: 'claims to be another' }]);
});

test('who has only bad records to offer is cut off after a thousand', async () => {
  const receiver = await open({}, () => 'not this one');
  const flood = Array.from({ length: 3 * REFUSED_MAX }, (_, round) => value(3, round));
  const socket = await dialAndSay(receiver, ...[hello(3), ...flood].map(encodeFrame));
  await closed(socket);
  await until(() => receiver.ends.has(3), 'the end of the connection');
  expect(receiver.ends.get(3)).toBe('refused: 1000 records refused');
  expect(receiver.refused).toHaveLength(REFUSED_MAX + 1);
});

test('a stranger may not announce more than a first record needs', async () => {
  const receiver = await open();
  // 4,097 as a length.
  await closed(await dialAndSay(receiver, Buffer.from([0x81, 0x20])));
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(receiver.refused[0]?.reason).toMatch(/^frame-too-long.*4097.*4096/);
});

test('of too many strangers the oldest goes, and a member still gets in', async () => {
  const door = createDoorkeeper({ waitingMax: 5 });
  const receiver = await open({ door });
  const strangers: Socket[] = [];
  for (let i = 0; i < 8; i += 1) strangers.push(await dialAndSay(receiver));
  await until(() => receiver.refused.length === 3, 'the oldest to go');
  await dialAndSay(receiver, encodeFrame(hello(3)), encodeFrame(value(3, 0)));
  await until(() => receiver.records.get(3)?.length === 1, 'the value');
  expect(strangers.slice(0, 3).every(({ destroyed }) => destroyed)).toBe(true);
});

test('a crowd that comes faster than allowed is sent away unheard', async () => {
  const door = createDoorkeeper({ burst: 4, perSecond: 0 });
  const receiver = await open({ door });
  for (let i = 0; i < 10; i += 1) await dialAndSay(receiver);
  await until(() => receiver.refused.length === 6, 'the refusals');
  expect(receiver.refused[0]?.reason).toBe('too many connections in a moment');
});

test('NaN and infinity are refused like any other malformed record', async () => {
  const receiver = await open();
  const numbers = [NaN, Infinity, -Infinity].map((bad) => ({ ...value(3, 0), value: bad }));
  await dialAndSay(receiver, ...[hello(3), ...numbers, value(3, 1)].map(encodeFrame));
  await until(() => receiver.records.get(3)?.length === 1, 'the value after them');
  expect(receiver.refused.map(({ from }) => from)).toEqual([3, 3, 3]);
});

test('no bytes whatsoever stop a receiver from hearing the others', async () => {
  const receiver = await open();
  const member = await dialAndSay(receiver, encodeFrame(hello(3)));
  let rounds = 0;
  const property = fc.asyncProperty(
    fc.uint8Array({ minLength: 100, maxLength: 300 }),
    async (bytes) => {
      const stranger = await dialAndSay(receiver, bytes);
      stranger.end();
      await closed(stranger);
      member.write(encodeFrame(value(3, rounds)));
      rounds += 1;
      await until(() => receiver.records.get(3)?.length === rounds, 'the value');
    },
  );
  await fc.assert(property, { numRuns: 50 });
  expect(receiver.refused.length).toBeGreaterThan(10);
  expect([...receiver.records.keys()]).toEqual([3]);
});

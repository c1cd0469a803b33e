/** Under TLS: who gets in, who does not, and what is said about it. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { writeKeys } from '../../../launcher/run-keys.ts';
import { encodeFrame } from '../../../proto/codec.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { identityIn, identityUri, keysFileName } from '../../../runtime/identity.ts';
import { deadlineIn } from '../../../runtime/deadline.ts';
import { dial } from '../../../runtime/outbound.ts';
import type { Outbound } from '../../../runtime/outbound.ts';
import { createOutbox } from '../../../runtime/outbox.ts';
import { KEEP_ALIVE_MS, openTransport, PLAIN } from '../../../runtime/transport.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { hello, openReceiver } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { until } from '../../fixtures/until.ts';

const directory = mkdtempSync(join(tmpdir(), 'within-'));
const ours = join(directory, 'ours');
const theirs = join(directory, 'theirs');
const cleanUps: (() => void)[] = [];

beforeAll(async () => {
  await writeKeys(ours, 5, 1);
  await writeKeys(theirs, 5, 1);
});

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const as = (id: number, folder = ours): Promise<Transport> =>
  openTransport({ self: id, keepAliveMs: KEEP_ALIVE_MS, keys: join(folder, keysFileName(id)) });

async function receiverOf(transport: Transport): Promise<Receiver> {
  const receiver = await openReceiver({}, () => null, transport);
  cleanUps.push(receiver.close);
  return receiver;
}

async function reach(
  receiver: Receiver,
  to: number,
  transport: Transport,
): Promise<Outbound | null> {
  const soon = deadlineIn(60_000);
  const party = { to, transport };
  const link = await dial(receiver.address, soon, () => undefined, createOutbox(), party);
  cleanUps.push(() => link?.destroy());
  return link;
}

const value = (from: number): WireRecord => ({
  ...{ kind: 'message', from, value: 0.5, round: 0, output: false, fail: false },
});

const reasonsOf = ({ refused }: Receiver): string[] => refused.map(({ reason }) => reason);

test('a member gets in, and what it says arrives', async () => {
  const receiver = await receiverOf(await as(1));
  const link = await reach(receiver, 1, await as(3));
  link!.send(hello(3));
  link!.send(value(3));
  await until(() => receiver.records.get(3)?.length === 1, 'the value');
  link!.end();
  await until(() => receiver.ends.has(3), 'the end');
  expect(receiver.ends.get(3)).toBe('closed');
  expect(receiver.refused).toEqual([]);
});

test('the master has an identity like everybody', async () => {
  const receiver = await receiverOf(await as(1));
  (await reach(receiver, 1, await as(0)))!.send(hello(0));
  await until(() => receiver.records.has(0), 'the hello');
});

test('a member that claims to be another one is turned away and named', async () => {
  const receiver = await receiverOf(await as(1));
  const link = await reach(receiver, 1, await as(4));
  link!.send(hello(3));
  link!.send(value(3));
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(reasonsOf(receiver)).toEqual(['node 4, by its certificate, claims to be node 3']);
  expect(receiver.records.size).toBe(0);
});

test('a member of another run is turned away', async () => {
  const receiver = await receiverOf(await as(1));
  await expect(reach(receiver, 1, await as(3, theirs))).rejects.toMatchObject({
    code: 'not-trusted',
    message: expect.stringContaining('cannot prove to be it'),
  });
  await until(() => receiver.refused.length > 0, 'the refusal');
  expect(receiver.records.size).toBe(0);
});

test('who listens under the name of another is not talked to', async () => {
  const receiver = await receiverOf(await as(2));
  await expect(reach(receiver, 1, await as(3))).rejects.toMatchObject({
    code: 'not-trusted',
    message: expect.stringMatching(/^whoever answers for node 1 .*within:node:2 is there/),
  });
});

describe('with TLS on one side only it is said which', () => {
  test('a plain dialler', async () => {
    const receiver = await receiverOf(await as(1));
    const ends: string[] = [];
    const link = await dial(receiver.address, deadlineIn(Infinity), (how) => ends.push(how));
    link!.send(hello(3));
    await until(() => receiver.refused.length === 1, 'the refusal');
    expect(reasonsOf(receiver)).toEqual(['it does not speak TLS, as this run does (tls on)']);
    await until(() => ends.length === 1, 'the news of it');
    expect(ends).toEqual(['closed by the other side']);
  });

  test('a plain listener', async () => {
    const receiver = await receiverOf(PLAIN);
    await expect(reach(receiver, 1, await as(3))).rejects.toMatchObject({
      code: 'not-trusted',
      message: expect.stringMatching(/^node 1 at .* ends every TLS handshake.* tls on/),
    });
    expect(reasonsOf(receiver)[0]).toBe('it speaks TLS, which this run does not (tls off)');
  });
});

/** Says what a member would say, whenever it may. Resolves when the connection is gone. */
async function intrude(receiver: Receiver, options: ConnectionOptions): Promise<void> {
  const socket = connectTls({ ...receiver.address, rejectUnauthorized: false, ...options });
  socket.on('error', () => undefined);
  socket.write(encodeFrame(hello(3)));
  socket.write(encodeFrame(value(3)));
  await closed(socket);
}

/** Unlike `once`, whatever error comes first. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.resume().once('close', () => {
      resolve();
    });
  });

test('no certificate, an older TLS, plain rubbish: nobody gets in', async () => {
  const receiver = await receiverOf(await as(1));
  await intrude(receiver, {});
  await intrude(receiver, { maxVersion: 'TLSv1.2' });
  const plain = connect(receiver.address);
  plain.on('error', () => undefined);
  plain.end('GET / HTTP/1.1\r\n\r\n');
  await closed(plain);
  await until(() => receiver.refused.length >= 3, 'the refusals');
  expect(receiver.records.size).toBe(0);
  expect(new Set(receiver.refused.map(({ from }) => from))).toEqual(new Set([null]));
});

test('who stops in the middle of the handshake is closed, and others get in meanwhile', async () => {
  const receiver = await receiverOf(await as(1));
  const slow: Socket = connect(receiver.address);
  slow.on('error', () => undefined);
  // The first bytes of a ClientHello, and then nothing.
  slow.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]));
  (await reach(receiver, 1, await as(3)))!.send(hello(3));
  await until(() => receiver.records.has(3), 'the hello of another');
  await closed(slow);
  await until(() => receiver.refused.length === 1, 'the refusal');
  expect(reasonsOf(receiver)).toEqual(['no TLS handshake within 5000 ms']);
});

describe('keys', () => {
  test('are readable by their user only', () => {
    for (const id of [0, 1, 5]) {
      expect(statSync(join(ours, keysFileName(id))).mode & 0o777).toBe(0o600);
    }
    expect(statSync(ours).mode & 0o777).toBe(0o700);
  });

  test('that are missing or no keys are named with what to do', async () => {
    const file = join(directory, 'none.pem');
    const openIt = () => openTransport({ self: 1, keepAliveMs: KEEP_ALIVE_MS, keys: file });
    const expected = { code: 'bad-keys', message: expect.stringMatching(/npm run keys/) };
    await expect(openIt()).rejects.toMatchObject(expected);
    writeFileSync(file, 'nothing');
    await expect(openIt()).rejects.toMatchObject(expected);
  });

  test('of another member are named at once, with whose they are', async () => {
    const keys = join(ours, keysFileName(1));
    const others = openTransport({ self: 2, keepAliveMs: KEEP_ALIVE_MS, keys });
    const message = expect.stringMatching(/those of node 1, and this is node 2/);
    await expect(others).rejects.toMatchObject({ code: 'bad-keys', message });
    await expect(as(1)).resolves.toMatchObject({ keepAliveMs: KEEP_ALIVE_MS });
  });

  test('name exactly one member', () => {
    for (const id of [0, 1, 12, 999_999]) expect(identityIn(`URI:${identityUri(id)}`)).toBe(id);
    const wrong = [
      ...['URI:within:node:0', 'URI:within:node:01', 'URI:within:node:1, URI:within:node:2'],
      ...['DNS:within:node:1', 'URI:within:node:1x', 'URI:within:node:', '', undefined],
    ];
    for (const name of wrong) expect(identityIn(name)).toBeNull();
  });
});

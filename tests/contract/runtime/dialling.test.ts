import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Address } from '../../../configs/run-config.ts';
import { encodeFrame } from '../../../proto/codec.ts';
import { deadlineIn } from '../../../runtime/deadline.ts';
import type { Deadline } from '../../../runtime/deadline.ts';
import { listen } from '../../../runtime/listen.ts';
import type { Listener } from '../../../runtime/listen.ts';
import { dial, isSelfConnection } from '../../../runtime/outbound.ts';
import type { OnOutboundEnd, Outbound } from '../../../runtime/outbound.ts';
import { freePort } from '../../fixtures/free-ports.ts';
import { anywhere, hello, openReceiver } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { until } from '../../fixtures/until.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const cleanUps: (() => void)[] = [];
const nothing = (): void => undefined;
const aMinute = (): Deadline => deadlineIn(60_000);

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function receiver(): Promise<Receiver> {
  const opened = await openReceiver();
  cleanUps.push(opened.close);
  return opened;
}

async function reach(address: Address, onEnd: OnOutboundEnd = nothing): Promise<Outbound> {
  const link = await dial(address, aMinute(), onEnd);
  if (link === null) throw new Error('nobody answered');
  cleanUps.push(() => {
    link.destroy();
  });
  return link;
}

const value = (round: number) =>
  ({ kind: 'message', from: 3, value: 0.5, round, output: false, fail: false }) as const;

test('who dials before anybody listens is connected once somebody does', async () => {
  const port = await freePort();
  const dialling = dial({ host: '127.0.0.1', port }, aMinute(), nothing);
  const accepted: Socket[] = [];
  const listener = await listen({ host: '127.0.0.1', port }, (socket) => accepted.push(socket));
  cleanUps.push(listener.close);
  const link = await dialling;
  expect(link?.isOpen()).toBe(true);
  link?.destroy();
  await until(() => accepted.length > 0, 'the connection');
});

test('a dial that nobody answers gives up at its deadline', async () => {
  const port = await freePort();
  expect(await dial({ host: '127.0.0.1', port }, deadlineIn(120), nothing)).toBeNull();
});

test('a dial into silence gives up at its deadline, not after the two minutes of the system', async () => {
  const child = spawn(process.execPath, [join(fixtures, 'listens-only.js')], { env: {} });
  cleanUps.push(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const address = { host: '127.0.0.1', port: Number(said.toString()) };
  child.kill('SIGSTOP');
  const before = performance.now();
  // The queue takes a few; whoever comes after them gets no answer at all.
  const links = [];
  for (let i = 0; i < 5; i += 1) links.push(await dial(address, deadlineIn(150), nothing));
  for (const link of links) link?.destroy();
  expect(links.at(-1)).toBeNull();
  expect(performance.now() - before).toBeLessThan(60_000);
});

test('a connection that has reached itself is known as such', async () => {
  const port = await freePort();
  const self = connect({ host: '127.0.0.1', port, localPort: port });
  const server = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(self, 'connect'), once(server, 'listening')]);
  const elsewhere = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const other = connect(elsewhere);
  cleanUps.push(
    () => self.destroy(),
    () => other.destroy(),
    () => server.close(),
  );
  await once(other, 'connect');
  expect(isSelfConnection(self, { host: '127.0.0.1', port })).toBe(true);
  expect(isSelfConnection(other, elsewhere)).toBe(false);
  expect([self.destroyed, other.destroyed]).toEqual([true, false]);
});

test('a write to a dead peer tells of its end once and stops nothing else', async () => {
  const [dead, living] = await Promise.all([receiver(), receiver()]);
  const ends: string[] = [];
  const toDead = await reach(dead.address, (how) => ends.push(how));
  const toLiving = await reach(living.address);
  for (const link of [toDead, toLiving]) link.send(hello(3));
  await until(() => dead.records.has(3), 'the hello');
  dead.close();
  for (let round = 0; round < 200; round += 1) {
    for (const link of [toDead, toLiving]) link.send(value(round));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => ends.length > 0, 'the news of the death');
  toDead.send(value(999));
  await toDead.flushed();
  await until(() => living.records.get(3)?.length === 200, 'everything else');
  expect(toDead.isOpen()).toBe(false);
  expect(ends).toHaveLength(1);
});

test('who ends its connection itself is not told of an end', async () => {
  const there = await receiver();
  const ends: string[] = [];
  const link = await reach(there.address, (how) => ends.push(how));
  link.send(hello(3));
  link.send(value(0));
  link.end();
  await until(() => there.ends.has(3), 'the end at the other side');
  expect(there.records.get(3)).toEqual([value(0)]);
  expect(ends).toEqual([]);
});

test('a link is flushed when the kernel has everything, however slowly the other side reads', async () => {
  const sockets: Socket[] = [];
  const listener = await listen(anywhere, (socket) => {
    socket.pause();
    sockets.push(socket);
  });
  cleanUps.push(listener.close, () => sockets[0]?.destroy());
  const link = await reach(listener.address);
  const frame = encodeFrame({ kind: 'refuse', code: 'x', reason: 'y'.repeat(60_000) });
  const count = 400;
  for (let sent = 0; sent < count; sent += 1) link.sendFrame(frame);
  let isFlushed = false;
  const flushed = link.flushed().then(() => (isFlushed = true));
  await until(() => sockets.length > 0, 'the connection');
  expect(isFlushed).toBe(false);
  let bytes = 0;
  sockets[0]!.on('data', (chunk: Buffer) => (bytes += chunk.length));
  sockets[0]!.resume();
  await flushed;
  link.end();
  await until(() => bytes === count * frame.length, 'all bytes');
});

test('a port that is taken is named, with what to do', async () => {
  const first: Listener = await listen(anywhere, nothing);
  cleanUps.push(first.close);
  const { port } = first.address;
  await expect(listen({ host: '127.0.0.1', port }, nothing)).rejects.toMatchObject({
    name: 'OperatingError',
    code: 'port-taken',
    message: `127.0.0.1:${port} is taken: another process listens there. Stop it, or give this one another port in the config (0 means any free one).`,
  });
});

test('an address of another machine is named, with what would be right', async () => {
  await expect(listen({ host: '192.0.2.1', port: 0 }, nothing)).rejects.toMatchObject({
    code: 'cannot-listen',
    message: expect.stringMatching(/^cannot listen on 192\.0\.2\.1:0 .*127\.0\.0\.1/),
  });
});

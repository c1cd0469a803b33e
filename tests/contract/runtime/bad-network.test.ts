/** One link over a network that stalls, splits, delays, corrupts or resets it: plain and under TLS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { writeKeys } from '../../../launcher/run-keys.ts';
import type { WireRecord } from '../../../proto/records.ts';
import { keysFileName } from '../../../runtime/identity.ts';
import { deadlineIn } from '../../../runtime/deadline.ts';
import { dial } from '../../../runtime/outbound.ts';
import type { Outbound } from '../../../runtime/outbound.ts';
import { createOutbox } from '../../../runtime/outbox.ts';
import { KEEP_ALIVE_MS, openTransport } from '../../../runtime/transport.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openProxy } from '../../fixtures/proxy.ts';
import type { Proxy, Weather } from '../../fixtures/proxy.ts';
import { hello, openReceiver } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { pause, until } from '../../fixtures/until.ts';

const directory = mkdtempSync(join(tmpdir(), 'within-'));
const cleanUps: (() => void)[] = [];

beforeAll(() => writeKeys(join(directory, 'keys'), 3, 1));

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Link {
  readonly receiver: Receiver;
  readonly proxy: Proxy;
  readonly link: Outbound;
  readonly ends: string[];
}

async function open(isSecure: boolean, weather?: Weather): Promise<Link> {
  const as = (id: number): Promise<Transport> => {
    const keys = isSecure ? join(directory, 'keys', keysFileName(id)) : null;
    return openTransport({ self: id, keepAliveMs: KEEP_ALIVE_MS, keys });
  };
  const receiver = await openReceiver({}, () => null, await as(1));
  const proxy = await openProxy(receiver.address, weather);
  const ends: string[] = [];
  const party = { to: 1, transport: await as(3) };
  const soon = deadlineIn(60_000);
  const link = await dial(proxy.address, soon, (how) => ends.push(how), createOutbox(), party);
  cleanUps.push(receiver.close, proxy.close, () => link?.destroy());
  link!.send(hello(3));
  await until(() => receiver.records.has(3), 'the hello');
  return { receiver, proxy, link: link!, ends };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const COUNT = 500;
const rounds = Array.from({ length: COUNT }, (_, round) => round);

const value = (round: number): WireRecord => ({
  ...{ kind: 'message', from: 3, value: round / 7, round, output: false, fail: false },
});

const roundsAt = (receiver: Receiver): (number | null)[] =>
  (receiver.records.get(3) ?? []).flatMap((record) =>
    record.kind === 'message' ? [record.round] : [],
  );

describe.each([
  ['plain TCP', false],
  ['TLS', true],
])('over %s', (_, isSecure) => {
  test('a link that stalls and heals loses nothing and ends nothing', async () => {
    const { receiver, proxy, link, ends } = await open(isSecure);
    proxy.stall();
    for (const round of rounds) link.send(value(round));
    await pause(300);
    expect(roundsAt(receiver)).toEqual([]);
    proxy.heal();
    await until(() => roundsAt(receiver).length === COUNT, 'all values');
    expect(roundsAt(receiver)).toEqual(rounds);
    expect({ ends, refused: receiver.refused }).toEqual({ ends: [], refused: [] });
  });

  test('a link that splits and delays every piece changes nothing but time', async () => {
    // Two bytes at a time, each a little later than the one before.
    let turn = Promise.resolve();
    const carry: Weather['carry'] = (piece, write) => {
      for (let at = 0; at < piece.length; at += 2) {
        turn = turn.then(nextTurn).then(() => {
          write(piece.subarray(at, at + 2));
        });
      }
    };
    const { receiver, link, ends } = await open(isSecure, { carry });
    for (const round of rounds) link.send(value(round));
    await until(() => roundsAt(receiver).length === COUNT, 'all values');
    expect(roundsAt(receiver)).toEqual(rounds);
    expect({ ends, refused: receiver.refused }).toEqual({ ends: [], refused: [] });
  });

  test('a link that is reset is over for both ends, after everything that had arrived', async () => {
    const { receiver, proxy, link, ends } = await open(isSecure);
    for (const round of rounds) link.send(value(round));
    await until(() => roundsAt(receiver).length === COUNT, 'all values');
    proxy.reset();
    await until(() => ends.length > 0 && receiver.ends.size > 0, 'the news at both ends');
    expect(ends).toEqual([expect.stringMatching(/^(ECONNRESET|EPIPE|closed by the other side)$/)]);
    expect(roundsAt(receiver)).toEqual(rounds);
    expect(link.isOpen()).toBe(false);
  });
});

describe('a byte that is changed on its way', () => {
  /** Bytes of the connection from `from` on have one bit turned, once. */
  const corruptOnceAfter = (from: { at: number }): Weather => ({
    carry(piece, write, carried) {
      if (carried < from.at) {
        write(piece);
        return;
      }
      from.at = Infinity;
      const copy = Buffer.from(piece);
      const last = copy.length - 3;
      copy[last] = (copy[last] ?? 0) ^ 0x10;
      write(copy);
    },
  });

  test('under TLS ends the link, and nothing wrong is believed', async () => {
    const from = { at: Infinity };
    const { receiver, proxy, link, ends } = await open(true, corruptOnceAfter(from));
    from.at = proxy.carried();
    for (const round of rounds) link.send(value(round));
    await until(() => receiver.ends.size > 0 && ends.length > 0, 'the end');
    const got = receiver.records.get(3) ?? [];
    expect(got).toEqual(got.map((__, round) => value(round)));
    expect(receiver.ends.get(3)).toMatch(/BAD_RECORD_MAC/);
  });

  test('without TLS can be believed: nothing but TCP protects the bytes', async () => {
    const from = { at: Infinity };
    const { receiver, proxy, link } = await open(false, corruptOnceAfter(from));
    from.at = proxy.carried();
    link.send(value(1));
    await until(() => (receiver.records.get(3) ?? []).length + receiver.refused.length > 0, 'it');
    expect(receiver.records.get(3)).not.toEqual([value(1)]);
  });
});

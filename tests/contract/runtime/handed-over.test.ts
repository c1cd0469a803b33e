import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { writeKeys } from '../../../launcher/run-keys.ts';
import { keysFileName } from '../../../runtime/identity.ts';
import { KEEP_ALIVE_MS, openTransport } from '../../../runtime/transport.ts';
import { bundleProgram } from '../../fixtures/bundled-program.ts';
import type { DyingNode } from '../../fixtures/dies-in-multicast.ts';
import { openReceiver } from '../../fixtures/receiver.ts';
import type { Receiver } from '../../fixtures/receiver.ts';
import { until } from '../../fixtures/until.ts';

const PEERS = 4;
const TRIALS = 60;
const AT_ONCE = 4;

/** The ids of dying nodes; receivers are the master, 0, and nodes 1 to 4. */
const FIRST_ID = 10;

const directory = mkdtempSync(join(tmpdir(), 'within-'));
const folder = join(directory, 'keys');
const keysOf = (id: number): string => join(folder, keysFileName(id));
let program = '';
let receivers: Receiver[] = [];

beforeAll(async () => {
  program = bundleProgram('dies-in-multicast', directory);
  await writeKeys(folder, FIRST_ID + TRIALS, 1);
});

afterEach(() => {
  for (const receiver of receivers.splice(0)) receiver.close();
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const openLong = async (id: number, isSecure: boolean): Promise<Receiver> => {
  const keys = isSecure ? keysOf(id) : null;
  const transport = await openTransport({ self: id, keepAliveMs: KEEP_ALIVE_MS, keys });
  // Its hello is short; what follows may be long.
  return openReceiver({ frameBytesMax: 1 << 20 }, () => null, transport);
};

/** Peers talk to the dying node all the time: it dies with data that it has not read. */
function flood(port: number): Socket[] {
  return receivers.map(() => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.on('error', () => undefined);
    socket.on('connect', () => socket.write(Buffer.alloc(4096, 1)));
    return socket;
  });
}

/** Nobody reads meanwhile: what is sent fills the kernel's buffers, and the rest waits in the sender. */
const standStill = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

async function trial(node: DyingNode): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, JSON.stringify(node)], { env: {} });
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const floods = flood(Number(port.toString()));
    await Promise.all(floods.map((socket) => once(socket, 'connect')));
    child.stdin.write('go');
    if (node.filler > 0) standStill(300);
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    for (const socket of floods) socket.destroy();
    return signal;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Mostly a few short records as in a run; every twentieth time more than the kernel takes at once. */
const loadOf = (id: number): Pick<DyingNode, 'rounds' | 'filler'> =>
  id % 20 === 0 ? { rounds: 100, filler: 100_000 } : { rounds: id % 7, filler: 0 };

/** In the order of arrival. */
const roundsOf = (receiver: Receiver, id: number): (number | null)[] =>
  (receiver.records.get(id) ?? []).flatMap((record) =>
    record.kind === 'message' ? [record.round] : [],
  );

test.each([
  ['plain TCP', false],
  ['TLS', true],
])(
  'whatever a node had handed over before SIGKILL arrives over %s, and nothing else',
  async (_, isSecure) => {
    receivers = await Promise.all(
      Array.from({ length: PEERS + 1 }, (__, id) => openLong(id, isSecure)),
    );
    const nodes = Array.from({ length: TRIALS }, (_, i): DyingNode => {
      const ports = receivers.map(({ address }) => address.port);
      const id = FIRST_ID + i;
      const keys = isSecure ? keysOf(id) : null;
      return { id, ports, ...loadOf(id), reached: i % (PEERS + 1), keys };
    });
    const waiting = [...nodes];
    const signals: (NodeJS.Signals | null)[] = [];
    const worker = async (): Promise<void> => {
      for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
        signals.push(await trial(node));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await until(
      () => receivers.every((receiver) => receiver.ends.size === TRIALS),
      'the end of every connection',
    );

    expect(signals).toEqual(nodes.map(() => 'SIGKILL'));
    for (const { id, rounds, reached } of nodes) {
      for (const [at, receiver] of receivers.entries()) {
        const got = roundsOf(receiver, id);
        const count = rounds + (at <= reached ? 1 : 0);
        expect({ id, at, got }).toEqual({
          id,
          at,
          got: Array.from({ length: count }, (_, r) => r),
        });
        expect(receiver.ends.get(id)).not.toContain('into a frame');
      }
    }
    expect(receivers.flatMap((receiver) => receiver.refused)).toEqual([]);
  },
  180_000,
);

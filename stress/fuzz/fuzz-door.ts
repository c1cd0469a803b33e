/**
 * Strangers at the doors of a real master and a real node, in plain words or in TLS: whatever they
 * send, the run that was waiting meanwhile goes on to its verdict, and nobody of them gets in.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { judge } from '../../checker/verdict.ts';
import { configDigest } from '../../record/config-digest.ts';
import { parseConfig } from '../../configs/load.ts';
import type { Address, RunConfig } from '../../configs/run-config.ts';
import { planFaults } from '../../faults/plan.ts';
import { writeKeys } from '../../launcher/run-keys.ts';
import { startMaster } from '../../master-process/master.ts';
import type { Master } from '../../master-process/master.ts';
import { runNode } from '../../node-process/node.ts';
import { readRun } from '../../record/read-run.ts';
import { currentEnvironment, writeRunDocuments } from '../../record/run-documents.ts';
import { deferred } from '../../runtime/deferred.ts';
import { keysFileName } from '../../runtime/identity.ts';
import { KEEP_ALIVE_MS, openTransport } from '../../runtime/transport.ts';
import type { Transport } from '../../runtime/transport.ts';
import { wallClockUs } from '../../runtime/run-clock.ts';
import { createFrameMaker } from './frames.ts';
import type { FrameMaker } from './frames.ts';
import { SETTING } from './fuzz-decoder.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

export interface DoorCounts {
  connections: number;
  /** Refusals in the record; a stranger that only says nothing or goes is none. */
  refused: number;
  /** Strangers that got in: none, or it throws. */
  admitted: number;
}

const N = 3;
const AT_ONCE = 16;

export async function fuzzDoor(
  seed: number,
  connections: number,
  isSecure: boolean,
): Promise<DoorCounts> {
  const directory = mkdtempSync(join(tmpdir(), 'within-fuzz-'));
  try {
    return await strangersAt(directory, seed, connections, isSecure);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function strangersAt(
  directory: string,
  seed: number,
  connections: number,
  isSecure: boolean,
): Promise<DoorCounts> {
  if (isSecure) await writeKeys(join(directory, 'keys'), N, 1);
  const run = await openRun(directory, isSecure);
  await run.startNode(1);
  const doors = [await run.masterAt, await registeredAt(directory, 1)] as const;
  const random = createRandom(seed);
  const make = isSecure ? await helloMaker(random) : streamMaker(random);
  let left = connections;
  const worker = async (): Promise<void> => {
    for (; left > 0; left -= 1) await intrude(random.pick(doors), make());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const id of [2, 3]) await run.startNode(id);
  return { connections, ...(await run.end()) };
}

/** Some frames of the grammar: now and then one that a member would send first. */
function streamMaker(random: Random): FrameMaker {
  const make = createFrameMaker(random, { ...SETTING, digests: ['another'] });
  return () => Buffer.concat(Array.from({ length: 1 + random.below(5) }, make));
}

/** What a TLS client of ours says first, bent a little, or anything else. */
async function helloMaker(random: Random): Promise<FrameMaker> {
  const hello = await clientHello();
  const make = streamMaker(random);
  return () => {
    if (random.below(4) === 0) return make();
    const copy = Buffer.from(hello);
    for (let times = random.below(4); times > 0; times -= 1) {
      copy[random.below(copy.length)] = random.below(256);
    }
    return copy.subarray(0, random.below(3) === 0 ? random.below(copy.length) : copy.length);
  };
}

function clientHello(): Promise<Buffer> {
  const tls = process.getBuiltinModule('node:tls');
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.once('data', (bytes) => {
        socket.destroy();
        server.close();
        resolve(bytes);
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      tls.connect({ host: '127.0.0.1', port }).on('error', () => undefined);
    });
  });
}

/** Resolves when the other side has closed, or soon. */
function intrude({ host, port }: Address, words: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('error', () => undefined).resume();
    socket.once('close', () => {
      resolve();
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('connect', () => socket.end(words));
  });
}

const PATIENCE_MS = 200;

interface OpenRun {
  readonly masterAt: Promise<Address>;
  startNode(id: number): Promise<void>;
  /** The counts, once the run has ended well. Throws when it has not. */
  end(): Promise<Omit<DoorCounts, 'connections'>>;
}

async function openRun(directory: string, isSecure: boolean): Promise<OpenRun> {
  const config = configOf();
  const digest = configDigest(config);
  writeDocuments(directory, config, digest);
  const transportOf = (id: number): Promise<Transport> => {
    const keys = isSecure ? join(directory, 'keys', keysFileName(id)) : null;
    return openTransport({ self: id, keepAliveMs: KEEP_ALIVE_MS, keys });
  };
  const masterAt = deferred<Address>();
  const anywhere = { digest, listen: { host: '127.0.0.1', port: 0 }, waitMs: 600_000 };
  const master = startMaster({
    ...{ config, directory, run: randomUUID(), originUs: wallClockUs(), ...anywhere },
    transport: await transportOf(0),
    onListening: (address) => {
      masterAt.resolve(address);
    },
    onChange: () => undefined,
  });
  const codes: Promise<number>[] = [];
  return {
    masterAt: masterAt.promise,
    async startNode(id) {
      const life = runNode({
        ...{ id, hostname: 'here', master: masterAt.promise, say: () => undefined, ...anywhere },
        transport: await transportOf(id),
        mustLeave: new Promise(() => undefined),
      });
      codes.push(life);
    },
    end: () => endWell(directory, master, codes),
  };
}

async function endWell(
  directory: string,
  master: Master,
  codes: readonly Promise<number>[],
): Promise<Omit<DoorCounts, 'connections'>> {
  const { outcome, reason } = await master.ending;
  const ended = await Promise.all(codes);
  const record = readRun(directory);
  const { verdict, reason: why, statistics } = judge(record);
  if (verdict !== 'pass' || ended.some((code) => code !== 0)) {
    throw new Error(
      `the run ended ${outcome} (${reason}), ${verdict} (${why}), codes ${ended.join()}`,
    );
  }
  const joined = record.master.events.filter(({ kind }) => kind === 'registered').length;
  if (joined !== N) throw new Error(`${joined} registered instead of ${N}`);
  return { refused: statistics.messages.refused, admitted: joined - N };
}

/** Where a node listens, once the master knows it. */
async function registeredAt(directory: string, id: number): Promise<Address> {
  for (;;) {
    for (const event of readRun(directory).master.events) {
      if (event.kind === 'registered' && event.node === id) return event;
    }
    await wait(20);
  }
}

function configOf(): RunConfig {
  const nodes = [1, 2, 3].map((id) => `node ${id} 0.${id} 127.0.0.1 0`);
  return parseConfig({
    name: 'fuzz.txt',
    text: ['f 1', 'crash 0', ...nodes].join('\n'),
    drawSeed: () => 1,
  });
}

function writeDocuments(directory: string, config: RunConfig, digest: string): void {
  const { f, lastRound, seed, faults, nodes } = config;
  const plan = planFaults({ n: nodes.length, f, lastRound, seed, faults });
  const environment = currentEnvironment();
  const command = { version: 1, file: 'fuzz.txt', flags: [], digest, environment } as const;
  writeRunDocuments(directory, { given: '', config, plan, command });
}

/**
 * The file that nodes start from: memory of a process that has rehearsed the life of a node
 * (node-process/snapshot.ts), kept beside the bundles and made by the first run that finds none.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Address } from '../configs/run-config.ts';
import { deferred, within } from '../runtime/deferred.ts';
import type { FromMaster, Rehearsal } from '../runtime/ipc.ts';
import { CHILD_ENVIRONMENT, FLAGS_OF_SNAPSHOT, describeExit } from './children.ts';
import { launchMaster, nodeOptions } from './launch.ts';
import { prepareRun } from './prepare-run.ts';
import { trimSnapshot } from './trim-snapshot.ts';

const bundles = import.meta.dirname;

/** Delays, so that timers take part. Nobody crashes: the process is needed afterwards. */
const REHEARSAL = `
algorithm mean
f 2
delay 0 2
crash 0
seed 1
time-limit 10 s
master 127.0.0.1 0
node 1 0.00 127.0.0.1 0
node 2 1.00 127.0.0.1 0
node 3 0.25 127.0.0.1 0
node 4 0.75 127.0.0.1 0
node 5 0.50 127.0.0.1 0
`;

const MOST_MS = 20_000;

let known: Promise<string | null> | undefined;

/**
 * Null when none can be made (a folder that is read-only, another Node.js): nodes then start from their
 * bundle, which works as well and takes longer. Asked once per process, before anybody sets flags of V8.
 */
export const nodeSnapshot = (): Promise<string | null> => (known ??= find());

async function find(): Promise<string | null> {
  // Who starts from a snapshot of another version, or of a processor that can do more, is refused.
  const tag = process.getBuiltinModule('node:v8').cachedDataVersionTag();
  const file = join(bundles, `node-${process.version}-${process.arch}-${tag}.snapshot`);
  if (isWhole(file)) return file;
  const place = `${file}.${process.pid}`;
  try {
    mkdirSync(place);
    await make(place, file);
    return file;
  } catch {
    return null;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A full disk or a power cut may leave a file with nothing in it. */
const LEAST_BYTES = 1_000_000;

const isWhole = (file: string): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LEAST_BYTES;

async function make(place: string, file: string): Promise<void> {
  const config = join(place, 'rehearsal.txt');
  writeFileSync(config, REHEARSAL);
  const prepared = await prepareRun({ file: config, flags: {}, root: place });
  const options = { waitMs: MOST_MS, fixedPorts: false };
  const output = openSync(join(place, 'processes.log'), 'a');
  const listening = deferred<Address>();
  const onMessage = (said: unknown): void => {
    const message = said as FromMaster;
    if (message.kind === 'listening') listening.resolve(message.address);
  };
  const master = launchMaster(prepared, options, { output, onMessage });
  try {
    const early = master.exited.then((exit) => Promise.reject(new Error(describeExit(exit))));
    const nodes = prepared.config.nodes.map((node) => nodeOptions(prepared, options, node));
    const unfinished = join(place, 'unfinished');
    const address = await within(Promise.race([listening.promise, early]), MOST_MS);
    if (address === null) throw new Error('the master does not listen');
    await rehearse({ master: address, nodes }, unfinished);
    writeFileSync(unfinished, trimSnapshot(readFileSync(unfinished)));
    // Nobody relies on one that does not start.
    await runNodeJs([...FLAGS_OF_SNAPSHOT, '--snapshot-blob', unfinished]);
    renameSync(unfinished, file);
  } finally {
    master.kill();
    await master.exited;
    closeSync(output);
  }
}

async function rehearse(rehearsal: Rehearsal, into: string): Promise<void> {
  const script = join(bundles, 'node-snapshot.cjs');
  const words = ['--snapshot-blob', into, '--build-snapshot', script, JSON.stringify(rehearsal)];
  await runNodeJs([...FLAGS_OF_SNAPSHOT, ...words]);
}

/** Rejects unless it ends well. */
const runNodeJs = (words: readonly string[]): Promise<unknown> =>
  execa(process.execPath, words, {
    extendEnv: false,
    env: CHILD_ENVIRONMENT,
    stdin: 'ignore',
    timeout: MOST_MS,
  });

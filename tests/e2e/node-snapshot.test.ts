/** Every test has a copy of the bundles for itself: what one damages there no other run starts from. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bundleDirectory } from '../../launcher/bundle.cjs';
import { childPid, openScratch, sample } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { membersOf } from '../fixtures/os-process.ts';
import { underWay } from '../fixtures/under-way.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;
let bundles: string;

beforeEach(async () => {
  scratch = openScratch();
  bundles = join(scratch.directory, 'bundles');
  const from = await bundleDirectory();
  cpSync(from, bundles, { recursive: true, filter: (path) => !path.includes('.snapshot') });
});

afterEach(() => scratch.clear());

/** Files and folders that have to do with snapshots, the script apart. */
const snapshots = (): string[] => readdirSync(bundles).filter((name) => name.includes('.snapshot'));

const launch = (folder: string, delay: string): Launched => {
  const command = [process.execPath, join(bundles, 'run.cjs'), 'launcher', 'cluster'];
  const words = [sample('3nodes'), '--folder', folder, '--delay', delay, '--crash', '0'];
  return scratch.launch(words, { command });
};

const passes = async (): Promise<void> => {
  const { code, stderr } = await launch(join(scratch.directory, 'others'), '0 0').ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
};

/** When the run of `passes` began to count its time. */
function originMs(): number {
  const launcher = join(scratch.directory, 'others', 'latest', 'launcher.ndjson');
  const [header = ''] = readFileSync(launcher, 'utf8').split('\n');
  return (JSON.parse(header) as { originUs: number }).originUs / 1000;
}

/** Long enough to look at its processes. */
const launchLasting = (): Launched => launch(scratch.runs, '300 300');

const commandLine = (run: string, id: number): string[] =>
  readFileSync(`/proc/${childPid(run, id)}/cmdline`, 'utf8').split('\0');

test('the first run makes the snapshot, later ones start their nodes from it', async () => {
  expect(snapshots()).toEqual([]);
  await passes();
  const [made = ''] = snapshots();
  expect(snapshots()).toHaveLength(1);
  const { mtimeMs } = statSync(join(bundles, made));
  expect(mtimeMs).toBeLessThan(originMs());
  const lasts = launchLasting();
  const run = await underWay(scratch, lasts);
  for (const id of [1, 2, 3]) expect(commandLine(run, id)).toContain(join(bundles, made));
  expect((await lasts.ended).code).toBe(0);
  expect(snapshots()).toEqual([made]);
  expect(statSync(join(bundles, made)).mtimeMs).toBe(mtimeMs);
  expect(readFileSync(join(run, 'processes.log'), 'utf8')).toBe('');
});

test('one that is cut short is made again', async () => {
  await passes();
  const made = join(bundles, snapshots()[0] ?? '');
  writeFileSync(made, 'no snapshot');
  await passes();
  expect(statSync(made).size).toBeGreaterThan(1_000_000);
});

/** A folder with something in it: what would take its place cannot. Returns its path. */
async function blockSnapshot(): Promise<string> {
  await passes();
  const made = join(bundles, snapshots()[0] ?? '');
  rmSync(made);
  mkdirSync(join(made, 'full'), { recursive: true });
  return made;
}

test('where none can be made, nodes start from their bundle', async () => {
  const made = await blockSnapshot();
  const lasts = launchLasting();
  const run = await underWay(scratch, lasts);
  for (const id of [1, 2, 3]) expect(commandLine(run, id)).toContain(join(bundles, 'run.cjs'));
  const { code, stderr } = await lasts.ended;
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/snapshot/);
  expect(snapshots().map((name) => join(bundles, name))).toEqual([made]);
});

test('of nodes from their bundle too the compiled code is kept, and a damaged copy replaced', async () => {
  await blockSnapshot();
  await passes();
  const compiled = readdirSync(bundles).filter((name) => /^node-v.*\.compiled$/.test(name));
  expect(compiled).toHaveLength(1);
  const file = join(bundles, compiled[0] ?? '');
  const { mtimeMs } = statSync(file);
  await passes();
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
  writeFileSync(file, 'no compiled code');
  await passes();
  expect(statSync(file).size).toBeGreaterThan(10_000);
});

test('Ctrl-C while it is made: the run is cut short, and nothing unfinished is left', async () => {
  const launched = launchLasting();
  await until(
    () => snapshots().some((name) => existsSync(join(bundles, name, 'rehearsal.txt'))),
    'the rehearsal',
  );
  launched.signalGroup('SIGINT');
  const { code } = await launched.ended;
  expect(code).toBe(130);
  // It may have been made all the same; a folder with half of one is not there any more.
  expect(snapshots().filter((name) => !name.endsWith('.snapshot'))).toEqual([]);
  expect(membersOf(launched.pid)).toEqual([]);
});

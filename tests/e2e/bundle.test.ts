import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bundleDirectory } from '../../launcher/bundle.cjs';
import { childPid, openScratch, sample } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';
import { underWay } from '../fixtures/under-way.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** What esbuild says about a build. */
interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, object>> }>>;
}

async function inputsOf(program: string): Promise<string[]> {
  const directory = await bundleDirectory();
  const text = readFileSync(join(directory, 'programs.meta.json'), 'utf8');
  const { outputs } = JSON.parse(text) as Metafile;
  const output = Object.entries(outputs).find(([path]) => path.endsWith(`/${program}.cjs`));
  return Object.keys(output?.[1].inputs ?? {});
}

const packagesOf = (inputs: readonly string[]): string[] => [
  ...new Set(
    inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.slice(1) ?? []),
  ),
];

test.each(['node', 'master'])(
  'a %s loads protobufjs and nothing else that is not ours',
  async (name) => {
    const inputs = await inputsOf(name);
    expect(inputs).toContain(`${name}-process/main.ts`);
    const packages = packagesOf(inputs);
    expect(packages).toContain('protobufjs');
    // Not zod, yargs, execa, tsx: each would be paid for at every start.
    expect(packages.filter((one) => !/^(@protobufjs\/|protobufjs$)/.test(one))).toEqual([]);
  },
);

test.each(['node', 'master'])(
  'a %s contains no code that reads configs or judges runs',
  async (name) => {
    const rooms = new Set((await inputsOf(name)).map((path) => path.split('/')[0]));
    for (const room of ['configs', 'launcher', 'checker', 'report'])
      expect(rooms).not.toContain(room);
  },
);

test('the same sources are bundled once', async () => {
  const directory = await bundleDirectory();
  const before = statSync(join(directory, 'node.cjs')).mtimeMs;
  expect(await bundleDirectory()).toBe(directory);
  expect((await scratch.cluster([sample('3nodes')])).code).not.toBe(255);
  expect(statSync(join(directory, 'node.cjs')).mtimeMs).toBe(before);
  expect(readdirSync(directory)).toEqual(
    expect.arrayContaining(['launcher.cjs', 'master.cjs', 'node.cjs', 'run.cjs']),
  );
});

test('a build that Ctrl-C interrupts leaves nothing behind', async () => {
  const cache = join(scratch.directory, 'bundles');
  const build = "const [, file, place] = process.argv; require(file).build(place + '/new')";
  const building = scratch.launch([resolve('launcher/build.cjs'), cache], {
    command: [process.execPath, '-e', build],
  });
  // It has begun: that there is nothing afterwards says something.
  await until(() => existsSync(cache) && readdirSync(cache).length > 0, 'an unfinished folder');
  building.signalGroup('SIGINT');
  expect(await building.ended).toMatchObject({ code: 130 });
  expect(readdirSync(cache)).toEqual([]);
});

test('what was compiled for one start serves the next, and nobody trips over a damaged copy', async () => {
  const words = ['--delay', '0 0', '--crash', '0'];
  const compiled = async (): Promise<string[]> => {
    const directory = await bundleDirectory();
    return readdirSync(directory)
      .filter((name) => /^(master|launcher-cluster)-v.*\.compiled$/.test(name))
      .map((name) => join(directory, name));
  };
  expect((await scratch.cluster([sample('3nodes'), ...words])).code).toBe(0);
  const files = await compiled();
  expect(files).toHaveLength(2);
  const before = files.map((file) => statSync(file).mtimeMs);
  expect((await scratch.cluster([sample('3nodes'), ...words])).code).toBe(0);
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(before);
  for (const file of files) writeFileSync(file, 'no compiled code');
  expect((await scratch.cluster([sample('3nodes'), ...words])).code).toBe(0);
  expect(await compiled()).toEqual(files);
  for (const file of files) expect(statSync(file).size).toBeGreaterThan(10_000);
});

test('code that was compiled before still loads what it needs later: TLS, an own algorithm', async () => {
  const own = sample('algorithms/wrong/median');
  const verdicts: (number | null)[] = [];
  for (const words of [[own], [own], [sample('3nodes'), '--tls', 'on', '--delay', '0 0']]) {
    verdicts.push((await scratch.cluster([...words, '--crash', '0'])).code);
  }
  expect(verdicts).toEqual([1, 1, 0]);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux("children start without the user's environment", async () => {
  const words = ['cluster', sample('3nodes'), '--folder', scratch.runs, '--delay', '500 500'];
  const launched = scratch.launch(words, {
    env: { NODE_EXTRA_CA_CERTS: '/nowhere.pem', NODE_OPTIONS: '--no-deprecation', SECRET: 'x' },
  });
  const run = await underWay(scratch, launched);
  for (const id of [0, 1, 2, 3]) {
    const entries = readFileSync(`/proc/${childPid(run, id)}/environ`, 'utf8')
      .split('\0')
      // execa may add a PATH.
      .filter((entry) => entry !== '' && !entry.startsWith('PATH='));
    expect(entries).toEqual(['MALLOC_MMAP_THRESHOLD_=33554432']);
  }
});

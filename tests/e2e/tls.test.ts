/** Runs with `tls on`, keys for processes by hand, and what is refused without them. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePorts } from '../fixtures/free-ports.ts';
import { childPids, openScratch, resultOf, sample } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { underWay } from '../fixtures/under-way.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('under the launcher', () => {
  test.each(['announce', 'silent'])('a run with crashes (%s) passes', async (mode) => {
    const faults = ['--crash', '1.0', '--crash-mode', mode, '--seed', '3'];
    const { code, stdout } = await scratch.cluster([sample('5nodes'), '--tls', 'on', ...faults]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS /m) });
    expect(resultOf(scratch.run()!).statistics.crashes).toMatchObject({ fired: 2 });
  });

  onLinux(
    'keys are in private files while it runs, in no command line, and gone after it',
    async () => {
      const slow = ['--delay', '400 400', '--crash', '0', '--tls', 'on'];
      const launched = scratch.launch([
        'cluster',
        sample('3nodes'),
        '--folder',
        scratch.runs,
        ...slow,
      ]);
      const run = await underWay(scratch, launched);
      const folder = join(run, 'private');
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      const files = readdirSync(folder).sort();
      expect(files).toEqual(['master.pem', 'node-1.pem', 'node-2.pem', 'node-3.pem']);
      for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      for (const pid of childPids(run)) {
        for (const open of ['cmdline', 'environ']) {
          expect(readFileSync(`/proc/${pid}/${open}`, 'utf8')).not.toContain('PRIVATE KEY');
        }
      }
      expect((await launched.ended).code).toBe(0);
      expect(existsSync(folder)).toBe(false);
    },
  );
});

describe('by hand', () => {
  let config = '';
  let keys = '';

  beforeEach(async () => {
    const [first, ...rest] = await freePorts(4);
    const nodes = rest.map((port, i) => `node ${i + 1} ${i / 2} 127.0.0.1 ${port}`);
    const lines = ['f 1', 'seed 5', 'crash 0', 'tls on', `master 127.0.0.1 ${first}`, ...nodes];
    config = scratch.config(lines, 'by-hand');
    keys = join(scratch.directory, 'keys', 'by-hand');
  });

  const make = (folder = 'keys') =>
    scratch.launch(['keys', config, '--folder', join(scratch.directory, folder)]).ended;

  const master = (...flags: string[]): Launched =>
    scratch.launch(['master', config, '--folder', scratch.runs, ...flags]);

  const node = (id: number, ...flags: string[]): Launched =>
    scratch.launch(['node', config, '--id', String(id), ...flags]);

  const withKeys = ['--keys', ''] as [string, string];

  beforeEach(() => {
    withKeys[1] = keys;
  });

  test('a run with keys made before it passes', async () => {
    expect(await make()).toMatchObject({ code: 0, stdout: expect.stringContaining('4 files') });
    const all = [master(...withKeys), ...[1, 2, 3].map((id) => node(id, ...withKeys))];
    const ended = await Promise.all(all.map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(resultOf(scratch.run()!).verdict).toBe('pass');
    expect(await make()).toMatchObject({ code: 254, stderr: expect.stringContaining('already') });
  });

  test('keys of another run, or of another node: turned away, and the others join', async () => {
    await make();
    await make('other');
    const first = master(...withKeys);
    await until(() => first.stdout().includes('listening'), 'the master');
    const stranger = node(2, '--keys', join(scratch.directory, 'other', 'by-hand'));
    expect(await stranger.ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/the master cannot prove to be it.*made together/),
    });
    const wrong = node(2, '--keys', join(keys, 'node-3.pem'));
    expect(await wrong.ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/are those of node 3, and this is node 2/),
    });
    const nodes = [1, 2, 3].map((id) => node(id, ...withKeys));
    const ended = await Promise.all([first, ...nodes].map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });

  test('keys without tls, tls without keys: 254, and what to do', async () => {
    expect(await master().ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/tls on needs keys.*npm run keys/),
    });
    expect(await node(1, '--tls', 'off', ...withKeys).ended).toMatchObject({
      code: 254,
      stderr: expect.stringContaining('--tls on'),
    });
    expect(await node(1, ...withKeys).ended).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/cannot use the keys in .*npm run keys/),
    });
    expect(scratch.run()).toBeNull();
  });
});

describe('an address that other machines can reach', () => {
  const exposed = (): string =>
    scratch.config(['f 0', 'crash 0', 'master 127.0.0.1 0', 'node 1 0.5 0.0.0.0 0']);

  test('is refused without TLS, before anything listens', async () => {
    expect(await scratch.cluster([exposed()])).toMatchObject({
      code: 254,
      stderr: expect.stringMatching(/^within: 0\.0\.0\.0 can be reached .*tls on.*--insecure/),
    });
    expect(scratch.run()).toBeNull();
  });

  test('is used with TLS, or when the risk is taken', async () => {
    for (const flags of [['--tls', 'on'], ['--insecure']]) {
      expect((await scratch.cluster([exposed(), ...flags])).code).toBe(0);
    }
  });
});

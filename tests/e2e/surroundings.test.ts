import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Result } from '../../record/result.ts';
import { bundleDirectory } from '../../launcher/bundle.cjs';
import { freePorts } from '../fixtures/free-ports.ts';
import { launcher, openScratch, resultOf, root, sample } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';
import { membersOf } from '../fixtures/os-process.ts';

let scratch: Scratch;
const servers: Server[] = [];

beforeEach(() => {
  scratch = openScratch();
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await scratch.clear();
});

/** A shell script; the command line is "$@". */
const shell = (script: string): string[] => ['bash', '-c', script, 'bash', ...launcher, 'cluster'];

const words = (): string[] => [sample('3nodes'), '--folder', scratch.runs, '--crash', '0'];

async function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

async function fixedConfig(): Promise<{ config: string; ports: number[] }> {
  const ports = await freePorts(4);
  const [first, ...rest] = ports;
  const nodes = rest.map((port, i) => `node ${i + 1} 0.${i} 127.0.0.1 ${port}`);
  const config = scratch.config(['f 1', 'crash 0', `master 127.0.0.1 ${first}`, ...nodes]);
  return { config, ports };
}

describe('ports', () => {
  test('two clusters of the same config at once do not disturb each other', async () => {
    const both = [1, 2].map((seed) =>
      scratch.cluster([sample('5nodes'), '--fixed-ports=false', '--seed', String(seed)]),
    );
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual([0, 0]);
  });

  test('the ports of the config are used when asked for', async () => {
    const { config, ports } = await fixedConfig();
    expect((await scratch.cluster([config, '--fixed-ports'])).code).toBe(0);
    const record = readFileSync(`${scratch.run()}/master.ndjson`, 'utf8');
    for (const port of ports.slice(1)) expect(record).toContain(`"port":${port}`);
  });

  test.each([
    ["the master's", 0],
    ["a node's", 2],
  ])('%s port that is taken: 255, and the address is named', async (_, which) => {
    const { config, ports } = await fixedConfig();
    await occupy(ports[which]!);
    const { code, stderr } = await scratch.cluster([config, '--fixed-ports']);
    expect(code).toBe(255);
    expect(stderr).toContain(`127.0.0.1:${ports[which]} is taken`);
  });
});

describe('pipes', () => {
  test('when nobody reads on, the run goes on to its verdict', async () => {
    const piped = shell('"$@" | head -1; exit "${PIPESTATUS[0]}"');
    const { code, stdout, stderr } = await scratch.launch(words(), { command: piped }).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^3nodes: [^\n]*\n$/);
    expect(resultOf(scratch.run()!).verdict).toBe('pass');
  });

  test('a reader that is slow gets the whole document', async () => {
    // Many rounds: more result than a pipe holds.
    const rounds = ['--stop', 'rounds', '--rounds', '800', '--delay', '0 0'];
    const piped = shell('"$@" --json | (sleep 2; cat)');
    const { stdout } = await scratch.launch([...words(), ...rounds], { command: piped }).ended;
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(JSON.parse(stdout) as Result).toEqual(resultOf(scratch.run()!));
  });
});

describe('file descriptors', () => {
  const limited = (limit: number) => shell(`ulimit -n ${limit}; exec "$@"`);

  test('too few for n: told before the start, with the number that is needed', async () => {
    const launched = scratch.launch([...words(), '--n', '20'], { command: limited(60) });
    const { code, stdout, stderr } = await launched.ended;
    expect({ code, stdout }).toEqual({ code: 255, stdout: '' });
    expect(stderr).toMatch(/20 nodes needs 80 file descriptors.* may have 60.*at most 10 nodes/);
    expect(scratch.run()).toBeNull();
  });

  test('exactly enough are enough', async () => {
    const launched = scratch.launch([...words(), '--n', '10'], { command: limited(60) });
    expect((await launched.ended).code).toBe(0);
  });
});

describe('the run directory', () => {
  test('a folder that cannot be written to: 255, with what to do', async () => {
    const { code, stdout, stderr } = await scratch.launch([
      ...['cluster', sample('3nodes')],
      ...['--folder', `${root}/package.json`],
    ]).ended;
    expect({ code, stdout }).toEqual({ code: 255, stdout: '' });
    expect(stderr).toMatch(/cannot write the run directory under .*package\.json.*--folder/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['cluster', sample('3nodes')],
    ['simulate', sample('3nodes')],
    ['keys', sample('3nodes')],
    ['sweep', `${root}/configs/sweeps/three-rules.yaml`],
    ['soak', '--runs', '1'],
  ])('%s where the system makes no folders: 255 at once, and no stack', async (...command) => {
    const words = [...command, '--folder', '/proc/within'];
    const { code, stderr } = await scratch.launch(words).ended;
    expect(code).toBe(255);
    expect(stderr).toMatch(/\/proc\/within/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a record that cannot be written to its end is never a pass: 255, and it is said why', async () => {
    // No file may grow beyond 3 KiB: what a full disk does. The bundle is there already.
    const bundled = join(await bundleDirectory(), 'run.cjs');
    const limit = [
      'bash',
      '-c',
      'ulimit -f 3; exec "$@"',
      'bash',
      process.execPath,
      bundled,
      'launcher',
    ];
    // Enough rounds for every process to reach the limit.
    const rounds = ['--stop', 'rounds', '--rounds', '60', '--delay', '0 0'];
    const launched = scratch.launch([...words(), ...rounds], { command: [...limit, 'cluster'] });
    const { code, signal, stdout, stderr } = await launched.ended;
    expect({ code, signal, stderr }).toMatchObject({ code: 255, signal: null });
    expect(stdout).not.toMatch(/^PASS/m);
    expect(stderr).toMatch(/EFBIG|recording stopped/);
    expect(membersOf(launched.pid)).toEqual([]);
  });
});

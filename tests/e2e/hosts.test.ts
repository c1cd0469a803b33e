/** Runs over several hosts: real delay, real loss, real partitions, a host that is gone. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openHosts, whyNoHosts } from '../fixtures/hosts.ts';
import type { Hosts } from '../fixtures/hosts.ts';
import { launcher, masterEvents, openScratch, resultOf } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { pause, until } from '../fixtures/until.ts';

const reason = whyNoHosts();
if (reason !== null) process.stderr.write(`tests/e2e/hosts.test.ts is skipped: ${reason}\n`);
const onHosts = reason === null || process.env['CI'] === 'true' ? test : test.skip;

let hosts: Hosts;
let scratch: Scratch;

beforeAll(async () => {
  if (reason === null) hosts = await openHosts(10);
  else if (process.env['CI'] === 'true')
    throw new Error(`CI=true, but here are no hosts: ${reason}`);
});

afterAll(() => {
  if (reason === null) hosts.close();
});

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

/** The master and nodes 1 and 4 are on host 1, nodes 2 and 3 on the hosts of these numbers. */
const hostOf = (id: number): number => (id === 2 || id === 3 ? id : 1);

interface Cluster {
  readonly master: Launched;
  readonly nodes: readonly Launched[];
}

async function start(...lines: string[]): Promise<Cluster> {
  const nodes = [1, 2, 3, 4].map(
    (id) => `node ${id} 0.${id} ${hosts.address(hostOf(id))} ${9000 + id}`,
  );
  const master = `master ${hosts.address(1)} 9000`;
  const all = ['f 1', 'crash 0', 'tls on', 'epsilon 0.000001', ...lines, master, ...nodes];
  const config = scratch.config(all, 'hosts');
  const keys = join(scratch.directory, 'keys');
  expect(await scratch.launch(['keys', config, '--folder', keys]).ended).toMatchObject({ code: 0 });
  const given = ['--keys', join(keys, 'hosts')];
  const on = (id: number, words: readonly string[]): Launched =>
    scratch.launch([...words, ...given], { command: [...hosts.on(hostOf(id)), ...launcher] });
  return {
    master: on(0, ['master', config, '--folder', scratch.runs]),
    nodes: [1, 2, 3, 4].map((id) => on(id, ['node', config, '--id', String(id)])),
  };
}

const codesOf = async ({ master, nodes }: Cluster): Promise<(number | null)[]> =>
  (await Promise.all([master, ...nodes].map(({ ended }) => ended))).map(({ code }) => code);

const underWay = ({ master }: Cluster): Promise<void> =>
  until(() => {
    const run = scratch.run();
    return (
      run !== null && masterEvents(run).some((event) => event.kind === 'report' && event.round > 0)
    );
  }, `the second round; the master says ${master.stdout()}${master.stderr()}`);

/** In the middle of a run: rounds must be long enough for it not to be over before. */
async function cutOff(cluster: Cluster, host: number): Promise<void> {
  await underWay(cluster);
  hosts.lose(host, 100);
  const isOver = masterEvents(scratch.run()!).some(({ kind }) => kind === 'finish');
  expect(isOver).toBe(false);
}

onHosts(
  'over links of 10 ms that lose every tenth packet a run passes, only later',
  async () => {
    for (const host of [2, 3]) hosts.lose(host, 10);
    const cluster = await start();
    const codes = await codesOf(cluster);
    for (const host of [2, 3]) hosts.heal(host);
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    const run = scratch.run()!;
    expect(resultOf(run).verdict).toBe('pass');
    // Two cables of 10 ms lie between any two hosts, there and back again.
    const events = masterEvents(run);
    const started = events.find(({ kind }) => kind === 'start')!.t;
    const answered = events.find((event) => event.kind === 'report' && event.from === 3)!.t;
    expect(answered - started).toBeGreaterThan(35_000);
  },
  180_000,
);

onHosts(
  'a host that is cut off and comes back has only been slow',
  async () => {
    const cluster = await start('delay 1000 1000');
    await cutOff(cluster, 3);
    await pause(3_000);
    hosts.heal(3);
    expect(await codesOf(cluster)).toEqual([0, 0, 0, 0, 0]);
    const run = scratch.run()!;
    expect(resultOf(run)).toMatchObject({
      verdict: 'pass',
      properties: { termination: { done: 4 } },
    });
    expect(masterEvents(run).some(({ kind }) => kind === 'death' || kind === 'link')).toBe(false);
  },
  180_000,
);

onHosts(
  'a host that is gone is found by keep-alives, and fenced when it comes back',
  async () => {
    const cluster = await start('delay 1000 1000', 'keep-alive 11 s', 'patience 60 s');
    await cutOff(cluster, 3);
    const { code } = await cluster.master.ended;
    expect({ code, said: cluster.master.stdout() }).toMatchObject({ code: 0 });
    const run = scratch.run()!;
    const deaths = masterEvents(run).flatMap((event) => (event.kind === 'death' ? [event] : []));
    expect(deaths).toMatchObject([{ node: 3, cause: expect.stringContaining('ETIMEDOUT') }]);
    hosts.heal(3);
    const others = cluster.nodes.filter((_, index) => index !== 2);
    expect((await Promise.all(others.map(({ ended }) => ended))).map((one) => one.code)).toEqual([
      0, 0, 0,
    ]);
    // The word of the master, or the reset that answers for a master that has left.
    expect([2, 255]).toContain((await cluster.nodes[2]!.ended).code);
  },
  240_000,
);

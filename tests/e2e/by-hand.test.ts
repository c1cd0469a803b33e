import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePorts } from '../fixtures/free-ports.ts';
import { configOf, nodeEvents, openScratch, planOf, resultOf } from '../fixtures/launched.ts';
import type { Launched, Scratch } from '../fixtures/launched.ts';
import { signal } from '../fixtures/os-process.ts';
import { until } from '../fixtures/until.ts';

let scratch: Scratch;
let config = '';
let ports: number[] = [];

beforeEach(async () => {
  scratch = openScratch();
  ports = await freePorts(4);
  config = configWith(['crash 0']);
});

afterEach(() => scratch.clear());

/** Three nodes on free ports, one of which may fail. */
function configWith(lines: readonly string[], name = 'by-hand'): string {
  const [first, ...rest] = ports;
  const nodes = rest.map((port, i) => `node ${i + 1} ${i / 2} 127.0.0.1 ${port}`);
  const all = ['f 1', 'seed 5', 'delay 0 10', `master 127.0.0.1 ${first}`, ...nodes, ...lines];
  return scratch.config(all, name);
}

const master = (...flags: string[]): Launched =>
  scratch.launch(['master', config, '--folder', scratch.runs, ...flags]);

const node = (id: number, ...flags: string[]): Launched =>
  scratch.launch(['node', config, '--id', String(id), ...flags]);

const says = (one: Launched, words: string): Promise<void> =>
  until(
    () => one.stdout().includes(words),
    `"${words}", but there is only: ${one.stdout()}${one.stderr()}`,
  );

const codesOf = async (all: readonly Launched[]): Promise<(number | null)[]> =>
  (await Promise.all(all.map(({ ended }) => ended))).map(({ code }) => code);

describe('master and nodes start in any order', () => {
  test('nodes first, each waits for the master', async () => {
    const nodes = [3, 1, 2].map((id) => node(id));
    await says(nodes[0]!, `waiting for the master at 127.0.0.1:${ports[0]}`);
    const first = master();
    expect(await codesOf([first, ...nodes])).toEqual([0, 0, 0, 0]);
    expect(resultOf(scratch.run()!).verdict).toBe('pass');
  });

  test('the master first; it says whom it waits for', async () => {
    const first = master();
    await says(first, `listening on 127.0.0.1:${ports[0]}`);
    await says(first, 'waiting for nodes 1, 2 and 3');
    const early = node(2);
    await says(first, 'waiting for nodes 1 and 3');
    const late = [node(1), node(3)];
    expect(await codesOf([first, early, ...late])).toEqual([0, 0, 0, 0]);
    expect(first.stdout()).toMatch(/^PASS /m);
  });
});

test('the run is the same as under the launcher: one directory, the same plan', async () => {
  config = configWith(['crash 1.0', 'crash-mode silent'], 'same');
  const all = [master(), node(1), node(2), node(3)];
  await Promise.all(all.map(({ ended }) => ended));
  const byHand = scratch.run()!;
  expect(resultOf(byHand).verdict).toBe('pass');
  const plan = planOf(byHand);
  expect(plan.crashes).toHaveLength(1);
  const crashed = plan.crashes[0]!.node;
  expect(nodeEvents(byHand, crashed).at(-1)?.kind).toBe('crash');
  expect((await scratch.cluster([config])).code).toBe(0);
  expect(scratch.run()).not.toBe(byHand);
  expect(planOf(scratch.run()!)).toEqual(plan);
  expect(configOf(scratch.run()!)).toEqual(configOf(byHand));
});

test('a planned crash ends a node that was started by hand: announced with 2, silent by SIGKILL', async () => {
  for (const [mode, code, by] of [
    ['announce', 2, null],
    ['silent', null, 'SIGKILL'],
  ] as const) {
    config = configWith(['crash 0', 'crash 2 round 1 after 1', `crash-mode ${mode}`], mode);
    const all = [master(), node(1), node(2), node(3)];
    const ended = await Promise.all(all.map((one) => one.ended));
    expect(ended.map((one) => one.code)).toEqual([0, 0, code, 0]);
    expect(ended[2]?.signal).toBe(by);
  }
});

describe('who does not belong is told so', () => {
  test('a node with another config: 254 at the node, and the master goes on waiting', async () => {
    const first = master();
    await says(first, 'waiting for nodes 1, 2 and 3');
    const other = node(1, '--delay', '0 99');
    const { code, stderr } = await other.ended;
    expect(code).toBe(254);
    expect(stderr).toMatch(/another config.* than the master/);
    expect(await codesOf([first, ...[1, 2, 3].map((id) => node(id))])).toEqual([0, 0, 0, 0]);
  });

  test('a second node 3 on the same address: 255, the port is taken', async () => {
    const first = node(3);
    await says(first, 'waiting for the master');
    const { code, stderr } = await node(3).ended;
    expect(code).toBe(255);
    expect(stderr).toContain(`127.0.0.1:${ports[3]} is taken`);
  });

  test('a second node 3 on another address: 254, the id runs once', async () => {
    const first = master();
    await says(first, 'waiting for nodes 1, 2 and 3');
    const original = node(3);
    await says(first, 'waiting for nodes 1 and 2');
    const [elsewhere] = await freePorts(1);
    // Addresses are no part of what both sides compare.
    ports[3] = elsewhere!;
    config = configWith(['crash 0'], 'elsewhere');
    const { code, stderr } = await node(3).ended;
    expect(code).toBe(254);
    expect(stderr).toContain('node 3 has already registered');
    expect(await codesOf([first, original, node(1), node(2)])).toEqual([0, 0, 0, 0]);
  });
});

describe('waiting has an end', () => {
  test('a node without a master: 255, with what to start', async () => {
    const { code, stderr } = await node(1, '--wait', '0.3').ended;
    expect(code).toBe(255);
    expect(stderr).toMatch(/no master answered at .* within 0\.3 s.*npm run master/);
  });

  test('a peer that never comes: 255 everywhere, and it is named', async () => {
    const present = [node(1), node(3)];
    await says(present[0]!, 'waiting for the master');
    await says(present[1]!, 'waiting for the master');
    const first = master('--wait', '3');
    const { code, stderr } = await first.ended;
    expect(code).toBe(255);
    expect(stderr).toMatch(/node 2 did not register within 3 s\. Start each \(npm run node/);
    for (const one of present) {
      const ended = await one.ended;
      expect(ended.code).toBe(255);
      expect(ended.stderr).toContain('node 2 did not register');
    }
  });
});

test('before the start a node may leave and come again', async () => {
  const first = master();
  await says(first, 'waiting for nodes 1, 2 and 3');
  const leaving = node(2);
  await says(first, 'waiting for nodes 1 and 3');
  signal(leaving.pid, 'SIGINT');
  expect((await leaving.ended).code).toBe(130);
  await until(
    () => first.stdout().split('waiting for nodes 1, 2 and 3').length === 3,
    'the master to miss node 2 again',
  );
  expect(await codesOf([first, ...[1, 2, 3].map((id) => node(id))])).toEqual([0, 0, 0, 0]);
});

test('Ctrl-C at the master ends a waiting node too: 130 and 2', async () => {
  const first = master();
  const waiting = node(1);
  await says(first, 'waiting for nodes 2 and 3');
  signal(first.pid, 'SIGINT');
  expect(await codesOf([first, waiting])).toEqual([130, 2]);
  expect(first.stdout()).toMatch(/^INCONCLUSIVE .*interrupted/m);
});

test('kill -9 of the master ends the nodes: 255', async () => {
  const slowly = ['--delay', '1000 1000'];
  const first = master(...slowly);
  const nodes = [1, 2, 3].map((id) => node(id, ...slowly));
  await Promise.all(nodes.map((one) => says(one, 'running')));
  signal(first.pid, 'SIGKILL');
  expect(await codesOf(nodes)).toEqual([255, 255, 255]);
  for (const one of nodes)
    expect(one.stderr()).toMatch(/connection .*master.* ended|master's connection ended/);
});

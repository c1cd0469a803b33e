import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NodeId } from '../../agreement/algorithm.ts';
import { WIRE_VERSION } from '../../proto/records.ts';
import type { MasterEvent } from '../../record/events.ts';
import { runFiles } from '../../record/run-directory.ts';
import { deadlineIn } from '../../runtime/deadline.ts';
import { dial } from '../../runtime/outbound.ts';
import { watchAcceptedSockets } from '../fixtures/accepted-sockets.ts';
import type { AcceptedSockets } from '../fixtures/accepted-sockets.ts';
import { masterEvents } from '../fixtures/launched.ts';
import { endOf, endsOf, openRun } from '../fixtures/one-process-run.ts';
import type { OneProcessRun } from '../fixtures/one-process-run.ts';
import { registerScripted } from '../fixtures/scripted-node.ts';
import type { ScriptedNode } from '../fixtures/scripted-node.ts';
import { until } from '../fixtures/until.ts';

let sockets: AcceptedSockets;
const cleanUps: (() => unknown)[] = [];

beforeEach(() => {
  sockets = watchAcceptedSockets();
});

afterEach(async () => {
  sockets.stop();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** By default slow enough to be disturbed in the middle. */
function open(n: number, f: number, lines: readonly string[] = ['delay 100 100']): OneProcessRun {
  const nodes = Array.from({ length: n }, (_, i) => `node ${i + 1} ${i / 4} 127.0.0.1 0`);
  const run = openRun([`f ${f}`, 'crash 0', ...lines, ...nodes]);
  cleanUps.push(run.clear);
  return run;
}

async function scripted(run: OneProcessRun, id: NodeId): Promise<ScriptedNode> {
  const node = await registerScripted(id, await run.masterAt);
  cleanUps.push(() => {
    node.close();
  });
  return node;
}

const eventsOf = <Kind extends MasterEvent['kind']>(run: OneProcessRun, kind: Kind) =>
  masterEvents(run.directory).filter(
    (event): event is Extract<MasterEvent, { kind: Kind }> => event.kind === kind,
  );

const underWay = (run: OneProcessRun): Promise<void> =>
  until(() => eventsOf(run, 'report').some(({ round }) => round > 0), 'the second round');

const portOf = (run: OneProcessRun, id: NodeId): number =>
  eventsOf(run, 'registered').find(({ node }) => node === id)!.port;

const repeat = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('links that break', () => {
  test('between two living nodes: both tell, and the run is inconclusive', async () => {
    const run = open(4, 1);
    const master = run.startMaster();
    const nodes = run.startNodes();
    await underWay(run);
    const [ofMaster, ofPeer] = sockets.at(portOf(run, 2));
    expect(ofMaster).toBeDefined();
    ofPeer!.destroy();
    const end = await endOf(master);
    expect(end).toMatchObject({ outcome: 'broken-link' });
    expect(end).toMatchObject({
      reason: expect.stringMatching(/from node [134] to node 2 broke while both lived/),
    });
    expect(await endsOf(nodes)).toMatchObject(repeat(4, { code: 2 }));
    const links = eventsOf(run, 'link');
    expect(new Set(links.map(({ reporter }) => reporter)).size).toBe(2);
    expect(run.judge()).toMatchObject({ verdict: 'inconclusive' });
  });

  test('between a living node and the master: the node is fenced, the others go on', async () => {
    const run = open(4, 1);
    const master = run.startMaster();
    const nodes = run.startNodes();
    await underWay(run);
    const { port } = await run.masterAt;
    sockets.at(port)[1]!.destroy();
    expect(await endOf(master)).toMatchObject({ outcome: 'complete' });
    const [death, ...more] = eventsOf(run, 'death');
    expect(more).toEqual([]);
    const ends = await endsOf(nodes);
    const fenced = ends[death!.node - 1]!;
    expect(fenced).toMatchObject({ code: 2, error: { code: 'dismissed' } });
    expect(String(fenced.error)).toContain('was declared dead when its connection ended');
    expect(ends.filter(({ code }) => code === 0)).toHaveLength(3);
    expect(eventsOf(run, 'output').map(({ from }) => from)).not.toContain(death!.node);
  });
});

describe('nodes that die', () => {
  test('up to f of them the others output', async () => {
    const run = open(5, 2);
    const master = run.startMaster();
    const nodes = run.startNodes();
    await underWay(run);
    for (const node of nodes.slice(0, 2)) node.leave();
    expect(await endOf(master)).toMatchObject({ outcome: 'complete' });
    expect((await endsOf(nodes)).map(({ code }) => code)).toEqual([2, 2, 0, 0, 0]);
    expect(new Set(eventsOf(run, 'death').map(({ node }) => node))).toEqual(new Set([1, 2]));
  });

  test('more than f of them end the run', async () => {
    const run = open(4, 1);
    const master = run.startMaster();
    const nodes = run.startNodes();
    await underWay(run);
    for (const node of nodes.slice(0, 2)) node.leave();
    expect(await endOf(master)).toEqual({
      outcome: 'too-many-deaths',
      reason: 'nodes 1 and 2 died; at most f = 1 may',
    });
    expect(await endsOf(nodes)).toMatchObject(repeat(4, { code: 2 }));
    expect(run.judge()).toMatchObject({ verdict: 'inconclusive' });
  });

  test('between the welcome and the start one death ends the run, and nobody goes on waiting', async () => {
    const run = open(3, 1);
    const master = run.startMaster();
    const dying = await scripted(run, 3);
    const others = [1, 2].map((id) => run.startNode(id));
    await dying.hear('welcome');
    dying.close();
    const end = await endOf(master);
    expect(end).toMatchObject({ outcome: 'death-before-start' });
    expect(end).toMatchObject({ reason: expect.stringMatching(/^node 3 died before the start/) });
    expect(await endsOf(others)).toMatchObject(
      repeat(2, { code: 2, error: { code: 'dismissed' } }),
    );
    expect(run.judge()).toMatchObject({ verdict: 'inconclusive' });
  });

  test('between finish and done a death is no crash any more, and nobody waits for it', async () => {
    const nodes = ['node 1 0.5 127.0.0.1 0', 'node 2 0.5 127.0.0.1 0', 'node 3 0.5 127.0.0.1 0'];
    const run = openRun(['f 1', 'crash 0', ...nodes]);
    cleanUps.push(run.clear);
    const master = run.startMaster();
    const others = [1, 2].map((id) => run.startNode(id));
    const dying = await scripted(run, 3);
    await dying.connect();
    await dying.hear('start');
    const half = { kind: 'message', from: 3, value: 0.5, round: 0, fail: false } as const;
    dying.toMaster.send({ ...half, output: false });
    await dying.hear('message');
    dying.toMaster.send({ ...half, output: true });
    await dying.hear('finish');
    dying.close();
    expect(await endOf(master)).toMatchObject({ outcome: 'complete' });
    expect(await endsOf(others)).toMatchObject(repeat(2, { code: 0 }));
    const kinds = masterEvents(run.directory).map(({ kind }) => kind);
    expect(kinds.indexOf('death')).toBeGreaterThan(kinds.indexOf('finish'));
  });
});

describe('runs that would not end by themselves', () => {
  test('no quorum because of a message that is held for ever: no progress', async () => {
    const run = open(3, 0, ['hold 2 1 rounds 0-0 until never', 'patience 300']);
    const master = run.startMaster();
    const nodes = run.startNodes();
    const end = await endOf(master);
    expect(end).toEqual({ outcome: 'no-progress', reason: 'no report for 0.3 s (patience)' });
    expect(await endsOf(nodes)).toMatchObject(repeat(3, { code: 2 }));
    expect(run.judge()).toMatchObject({ verdict: 'inconclusive' });
  });

  test('more time than it may take: time limit', async () => {
    const run = open(3, 0, ['hold 2 1 rounds 0-0 until never', 'time-limit 300']);
    const master = run.startMaster();
    const nodes = run.startNodes();
    expect(await endOf(master)).toMatchObject({ outcome: 'time-limit' });
    expect(await endsOf(nodes)).toMatchObject(repeat(3, { code: 2 }));
    expect(run.judge()).toMatchObject({ verdict: 'inconclusive' });
  });

  test('a node that reads nothing of a long welcome holds up nobody', async () => {
    const run = open(3, 1);
    writeFileSync(runFiles.algorithm(run.directory), ' '.repeat(4_000_000));
    const config = { ...run.config, algorithmHash: 'f'.repeat(64) };
    const master = run.startMaster({ waitMs: 500, config });
    const deaf = createServer({ pauseOnConnect: true }, (socket) => {
      cleanUps.push(() => socket.destroy());
    });
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => deaf.close());
    const link = await dial(await run.masterAt, deadlineIn(5_000), () => undefined);
    cleanUps.push(() => link?.destroy());
    const { port } = deaf.address() as AddressInfo;
    const here = { host: '127.0.0.1', port, digest: '' };
    link!.send({ kind: 'register', version: WIRE_VERSION, id: 1, ...here });
    await scripted(run, 2);
    await scripted(run, 3);
    expect(await endOf(master)).toMatchObject({ error: { code: 'peer-missing' } });
  });

  test('a node that cannot connect is named when the wait is over', async () => {
    const run = open(3, 1);
    const master = run.startMaster({ waitMs: 1500 });
    await scripted(run, 3);
    const others = [1, 2].map((id) => run.startNode(id));
    const end = await endOf(master);
    expect(end).toMatchObject({ error: { code: 'peer-missing' } });
    expect(String((end as { error: unknown }).error)).toMatch(/could not connect to all others/);
    expect(await endsOf(others)).toMatchObject(repeat(2, { code: 255 }));
  });
});

test('what cannot be recorded is a failure of the master; nodes that see no disk send theirs home', async () => {
  const run = open(3, 1, []);
  const master = run.startMaster({ directory: join(run.directory, 'removed') });
  const nodes = run.startNodes();
  expect(await endOf(master)).toMatchObject({
    error: { code: 'run-failed', message: expect.stringContaining('cannot create') },
  });
  expect(await endsOf(nodes)).toMatchObject(repeat(3, { code: 0, error: null }));
});

test('a node that sees the disk and cannot write its record there has failed', async () => {
  const run = open(3, 1, []);
  run.startMaster();
  writeFileSync(runFiles.events(run.directory, 2), 'somebody else was here');
  const nodes = run.startNodes();
  expect(await endsOf(nodes)).toMatchObject([
    { code: 0 },
    { code: 255, error: { code: 'run-failed' } },
    { code: 0 },
  ]);
});

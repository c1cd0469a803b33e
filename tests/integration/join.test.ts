import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { encodeFrame } from '../../proto/codec.ts';
import { WIRE_VERSION } from '../../proto/records.ts';
import { deadlineIn } from '../../runtime/deadline.ts';
import { dial } from '../../runtime/outbound.ts';
import type { Outbound } from '../../runtime/outbound.ts';
import type { Address } from '../../configs/run-config.ts';
import { masterEvents, nodeEvents } from '../fixtures/launched.ts';
import { endOf, endsOf, openRun } from '../fixtures/one-process-run.ts';
import type { OneProcessRun } from '../fixtures/one-process-run.ts';
import { freePort } from '../fixtures/free-ports.ts';
import { openReceiver } from '../fixtures/receiver.ts';
import { registerScripted } from '../fixtures/scripted-node.ts';
import { until } from '../fixtures/until.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const nodeLines = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `node ${i + 1} ${i / 4} 127.0.0.1 0`);

function open(n = 3, lines: readonly string[] = ['f 1', 'crash 0']): OneProcessRun {
  const run = openRun([...lines, ...nodeLines(n)]);
  cleanUps.push(run.clear);
  return run;
}

async function reach(address: Address): Promise<Outbound> {
  const link = await dial(address, deadlineIn(Infinity), () => undefined);
  cleanUps.push(() => link?.destroy());
  return link!;
}

const complete = { outcome: 'complete' };
const allOut = [{ code: 0 }, { code: 0 }, { code: 0 }];

describe('processes join in any order', () => {
  test('the master first', async () => {
    const run = open();
    const master = run.startMaster();
    await run.masterAt;
    const nodes = run.startNodes();
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject(allOut);
    expect(run.judge()).toMatchObject({ verdict: 'pass' });
  });

  test('the nodes long before the master, which they dial until it listens', async () => {
    const run = open();
    const master: Address = { host: '127.0.0.1', port: await freePort() };
    const nodes = run.startNodes({ master: Promise.resolve(master) });
    await until(
      () => nodes.every(({ said }) => said.some((line) => line.startsWith('waiting'))),
      'all nodes to wait',
    );
    expect(await endOf(run.startMaster({ listen: master }))).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject(allOut);
  });

  test('a node leaves before the start and comes again from another port', async () => {
    const run = open();
    const master = run.startMaster();
    const leaving = run.startNode(2);
    await until(() => run.awaited.at(-1)?.join() === '1,3', 'node 2 to be there');
    leaving.leave();
    await until(() => run.awaited.at(-1)?.join() === '1,2,3', 'node 2 to be missed');
    const nodes = run.startNodes();
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject(allOut);
    expect(run.judge()).toMatchObject({ verdict: 'pass' });
  });

  test('one node alone', async () => {
    const run = open(1, ['f 0']);
    const master = run.startMaster();
    expect(await endsOf(run.startNodes())).toMatchObject([{ code: 0 }]);
    expect(await endOf(master)).toMatchObject(complete);
  });
});

describe('who does not belong is told why, and the others join', () => {
  async function expectRefusal(
    run: OneProcessRun,
    refused: ReturnType<OneProcessRun['startNode']>,
    why: RegExp,
  ): Promise<void> {
    const { code, error } = await refused.ended;
    expect({ code, error }).toMatchObject({ code: 254, error: { code: 'refused' } });
    expect(String(error)).toMatch(why);
    const nodes = run.config.nodes
      .filter(({ id }) => run.awaited.at(-1)?.includes(id) === true)
      .map(({ id }) => run.startNode(id));
    expect(await endsOf(nodes)).toMatchObject(nodes.map(() => ({ code: 0 })));
  }

  test('another config', async () => {
    const run = open();
    run.startMaster();
    await expectRefusal(run, run.startNode(1, { digest: 'f'.repeat(64) }), /another config/);
    const refusals = masterEvents(run.directory).filter(({ kind }) => kind === 'refused');
    expect(refusals).toMatchObject([{ from: null }]);
  });

  test('an id that is not in the config', async () => {
    const run = open();
    run.startMaster();
    await expectRefusal(run, run.startNode(4), /no node 4 .*ids are 1 to 3/);
  });

  test('a second node 3', async () => {
    const run = open();
    const master = run.startMaster();
    const first = run.startNode(3);
    await until(() => run.awaited.at(-1)?.join() === '1,2', 'node 3 to be there');
    await expectRefusal(run, run.startNode(3), /node 3 has already registered/);
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await endOf(master)).toMatchObject(complete);
  });

  test('a node that comes when the run has begun', async () => {
    const run = open(3, ['f 1', 'crash 0', 'delay 1000 1000']);
    const master = run.startMaster();
    const nodes = run.startNodes();
    await until(
      () => masterEvents(run.directory).some(({ kind }) => kind === 'start'),
      'the start',
    );
    const late = await run.startNode(2).ended;
    expect(late).toMatchObject({ code: 254 });
    expect(String(late.error)).toContain('the run has already begun');
    master.interrupt('this test');
    expect(await endOf(master)).toMatchObject({ outcome: 'interrupted' });
    expect(await endsOf(nodes)).toMatchObject([{ code: 2 }, { code: 2 }, { code: 2 }]);
  });

  test('a node that comes when the run has ended before it began: nobody has done anything wrong', async () => {
    const run = open();
    const master = run.startMaster();
    const link = await reach(await run.masterAt);
    // Nobody answers there: the master takes its time to tell this node that the run is over.
    const nowhere = { host: '127.0.0.1', port: await freePort(), digest: run.digest };
    link.send({ kind: 'register', version: WIRE_VERSION, id: 1, ...nowhere });
    await until(() => run.awaited.at(-1)?.join() === '2,3', 'node 1 to be there');
    master.exited(3, 'killed by SIGKILL');
    expect(await run.startNode(2).ended).toMatchObject({ code: 2, error: { code: 'dismissed' } });
    link.end();
    expect(await endOf(master)).toMatchObject({ outcome: 'death-before-start' });
  });

  test('another version of the wire', async () => {
    const run = open();
    run.startMaster();
    const old = await openReceiver();
    cleanUps.push(old.close);
    const link = await reach(await run.masterAt);
    link.send({
      ...{ kind: 'register', version: WIRE_VERSION + 1, id: 1, digest: run.digest },
      ...old.address,
    });
    await until(() => old.records.get(0)?.length === 1, 'the answer');
    expect(old.records.get(0)).toMatchObject([{ kind: 'refuse', code: 'version' }]);
    await until(() => !link.isOpen(), 'the master to hang up');
  });

  test('who never closes the connection by which it was told: the master does', async () => {
    const run = open();
    run.startMaster();
    const closed: boolean[] = [];
    const stranger = createServer({ allowHalfOpen: true }, (socket) => {
      const place = closed.push(false) - 1;
      socket.on('close', () => (closed[place] = true)).on('error', () => undefined);
      socket.resume();
      // To a connection that is gone the system answers with a reset.
      cleanUps.push(() => socket.destroy());
      setInterval(() => socket.write('?'), 200).unref();
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => stranger.close());
    const { port } = stranger.address() as AddressInfo;
    const link = await reach(await run.masterAt);
    const here = { host: '127.0.0.1', port, digest: '' };
    link.send({ kind: 'register', version: WIRE_VERSION, id: 77, ...here });
    await until(() => closed.length === 1, 'the answer');
    await until(() => closed[0] === true, 'its end');
  });

  test('somebody who does not speak the wire at all', async () => {
    const run = open();
    const master = run.startMaster();
    const stranger = await reach(await run.masterAt);
    stranger.sendFrame(Buffer.alloc(8, 0xff));
    await until(() => !stranger.isOpen(), 'the master to hang up');
    const wrong = await reach(await run.masterAt);
    wrong.send({ kind: 'done', from: 1 });
    await until(() => !wrong.isOpen(), 'the master to hang up');
    expect(await endsOf(run.startNodes())).toMatchObject(allOut);
    expect(await endOf(master)).toMatchObject(complete);
    const reasons = masterEvents(run.directory).flatMap((event) =>
      event.kind === 'refused' ? [event.reason] : [],
    );
    expect(reasons).toEqual([expect.any(String), 'the master expects register first, not done']);
  });
});

describe('a hello of another run', () => {
  const strange = (from: number, to: number) =>
    ({ kind: 'hello', version: WIRE_VERSION, from, to, run: 'another run' }) as const;

  test('before the welcome: it goes, and the peer whose id it used comes in', async () => {
    const run = open();
    const port = await freePort();
    const first = run.startNode(1, { listen: { host: '127.0.0.1', port } });
    const strangers = await Promise.all([2, 3].map(() => reach({ host: '127.0.0.1', port })));
    strangers.forEach((stranger, i) => {
      stranger.send(strange(i + 2, 1));
      stranger.send({
        kind: 'message',
        from: i + 2,
        value: 1e6,
        round: 0,
        output: false,
        fail: false,
      });
    });
    await Promise.all(strangers.map((stranger) => stranger.flushed()));
    const master = run.startMaster();
    const others = [2, 3].map((id) => run.startNode(id));
    expect(await endsOf([first, ...others])).toMatchObject(allOut);
    expect(await endOf(master)).toMatchObject(complete);
    expect(strangers.map(({ isOpen }) => isOpen())).toEqual([false, false]);
    const events = nodeEvents(run.directory, 1);
    const reasons = events.flatMap((event) => (event.kind === 'refused' ? [event.reason] : []));
    expect(reasons.slice(0, 2)).toEqual(['a value before the start', 'a value before the start']);
    expect(reasons).toHaveLength(4);
    for (const reason of reasons.slice(2)) expect(reason).toContain('hello of another run');
    expect(JSON.stringify(events)).not.toContain('1000000');
    expect(run.judge()).toMatchObject({ verdict: 'pass' });
  });

  test('while the nodes connect: refused and recorded', async () => {
    const run = open();
    const master = run.startMaster();
    const port = await freePort();
    const nodes = [run.startNode(1)];
    nodes.push(run.startNode(3, { listen: { host: '127.0.0.1', port } }));
    const late = await registerScripted(2, await run.masterAt);
    cleanUps.push(() => {
      late.close();
    });
    await late.hear('welcome');
    await until(() => nodes[1]!.said.length > 1, 'node 3 to be welcomed');
    const links = await Promise.all([1, 2, 3].map(() => reach({ host: '127.0.0.1', port })));
    links[0]!.send(strange(2, 3));
    links[1]!.sendFrame(encodeFrame({ ...strange(2, 1), run: run.run }));
    links[2]!.send({ ...strange(0, 3), run: run.run });
    await until(() => links.every((link) => !link.isOpen()), 'the node to hang up');
    master.interrupt('the test');
    await endOf(master);
    await endsOf(nodes);
    const reasons = nodeEvents(run.directory, 3).flatMap((event) =>
      event.kind === 'refused' ? [event.reason] : [],
    );
    expect(reasons.sort()).toEqual([
      'hello for node 1; this is node 3',
      expect.stringContaining('hello of another run, another run'),
      'second hello of the master',
    ]);
  });

  test('once all are connected nobody is let in any more', async () => {
    const run = open(3, ['f 1', 'crash 0', 'delay 60 60']);
    const master = run.startMaster();
    const port = await freePort();
    const nodes = [1, 2].map((id) => run.startNode(id));
    nodes.push(run.startNode(3, { listen: { host: '127.0.0.1', port } }));
    await until(
      () => nodeEvents(run.directory, 3).some(({ kind }) => kind === 'start'),
      'the start',
    );
    const soon = deadlineIn(100);
    expect(await dial({ host: '127.0.0.1', port }, soon, () => undefined)).toBeNull();
    expect(await endOf(master)).toMatchObject(complete);
    expect(await endsOf(nodes)).toMatchObject(allOut);
  });
});

describe('waiting has an end', () => {
  test('a node that never comes is named, to everybody', async () => {
    const run = open();
    const master = run.startMaster({ waitMs: 300 });
    const present = [1, 3].map((id) => run.startNode(id));
    const end = await endOf(master);
    expect(end).toMatchObject({ error: { code: 'peer-missing' } });
    expect(JSON.stringify(masterEvents(run.directory))).toContain('did not register within 0.3 s');
    for (const { code, error } of await endsOf(present)) {
      expect({ code, error }).toMatchObject({ code: 255 });
    }
  });

  test('without a master: the node says what to start', async () => {
    const run = open();
    const nobody = { host: '127.0.0.1', port: await freePort() };
    const node = run.startNode(1, { master: Promise.resolve(nobody), waitMs: 200 });
    const { code, error } = await node.ended;
    expect({ code, error }).toMatchObject({ code: 255, error: { code: 'master-missing' } });
    expect(String(error)).toMatch(/within 0\.2 s.*npm run master/);
  });
});

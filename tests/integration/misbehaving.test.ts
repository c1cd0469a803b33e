/** A member of the run that sends what no member may, and the correct ones beside it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { encodeFrame } from '../../proto/codec.ts';
import type { MessageRecord, WireRecord } from '../../proto/records.ts';
import type { RefusedEvent } from '../../record/events.ts';
import { masterEvents, nodeEvents } from '../fixtures/launched.ts';
import { endOf, endsOf, openRun } from '../fixtures/one-process-run.ts';
import type { OneProcessRun } from '../fixtures/one-process-run.ts';
import { registerScripted } from '../fixtures/scripted-node.ts';
import type { ScriptedNode } from '../fixtures/scripted-node.ts';
import { until } from '../fixtures/until.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const ME = 4;

/** Nodes 1 to 3 are correct and need nobody else: n = 4, f = 1. */
async function openWithMisfit(): Promise<{ run: OneProcessRun; misfit: ScriptedNode }> {
  const nodes = [1, 2, 3, 4].map((id) => `node ${id} 0.${id} 127.0.0.1 0`);
  const run = openRun(['f 1', 'crash 0', 'delay 30 30', ...nodes]);
  cleanUps.push(run.clear);
  run.startMaster();
  for (const id of [1, 2, 3]) run.startNode(id);
  const misfit = await registerScripted(ME, await run.masterAt);
  cleanUps.push(() => {
    misfit.close();
  });
  await misfit.connect();
  await misfit.hear('start');
  return { run, misfit };
}

const value = (round: number, more: Partial<MessageRecord> = {}): MessageRecord => ({
  ...{ kind: 'message', from: ME, value: 0.4, round, output: false, fail: false },
  ...more,
});

/** What nobody may send to a peer, by name. Bytes are whole frames. */
const rubbish: Readonly<Record<string, WireRecord | Uint8Array>> = {
  NaN: value(0, { value: NaN }),
  infinity: value(0, { value: -Infinity }),
  'a huge value': value(0, { value: 1e301 }),
  'a round of 4 billion': value(4_000_000_000),
  'a round after the last': value(1_000),
  'a foreign sender': value(0, { from: 1 }),
  'the master as sender': value(0, { from: 0, value: null, output: true }),
  'an output notice': value(0, { output: true }),
  'a shape that is none': value(0, { fail: true }),
  'a welcome': {
    ...{ kind: 'welcome', run: 'x', directory: '/', originUs: 0, config: '{}', algorithm: '' },
    addresses: [],
  },
  'a finish': { kind: 'finish', outcome: 'complete', reason: '' },
  'a second hello': { kind: 'hello', version: 1, from: ME, to: 1, run: 'x' },
  'no envelope': Buffer.from([3, 0xff, 0xff, 0xff]),
  'an empty envelope': Buffer.from([0]),
};

const frameOf = (sent: WireRecord | Uint8Array): Uint8Array =>
  sent instanceof Uint8Array ? sent : encodeFrame(sent);

const refusedBy = (events: readonly { readonly kind: string }[]): RefusedEvent[] =>
  events.filter((event): event is RefusedEvent => event.kind === 'refused');

test('whatever it sends to its peers is refused, counted and named, and the others agree', async () => {
  const { run, misfit } = await openWithMisfit();
  const first = misfit.links[0]!;
  for (const sent of Object.values(rubbish)) first.sendFrame(frameOf(sent));
  first.send(value(0));
  first.send(value(0, { value: 0.1 }));
  first.send(value(2));
  first.send(value(2));
  await until(() => refusedBy(nodeEvents(run.directory, 1)).length > 15, 'the refusals');
  const refusals = refusedBy(nodeEvents(run.directory, 1));
  expect(refusals.map(({ from }) => from)).toEqual(refusals.map(() => ME));
  expect(refusals).toHaveLength(Object.keys(rubbish).length + 2);
  expect(refusals.slice(-2).map(({ reason }) => reason)).toEqual([
    'round 0 again; the first value counts',
    'round 2 again; the first value counts',
  ]);
  // Nobody waits for it any more.
  misfit.close();
  const result = await finished(run);
  expect(result.properties).toMatchObject({
    validity: { state: 'proved' },
    agreement: { state: 'proved' },
    termination: { state: 'proved', done: 3, of: 3 },
  });
  expect(result.statistics.messages.refused).toBe(refusals.length);
});

async function finished(run: OneProcessRun) {
  expect(await endOf(run.startedMaster())).toMatchObject({ outcome: 'complete' });
  expect(await endsOf(run.startedNodes())).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
  return run.judge();
}

test('whatever it sends to the master is refused, counted and named, and steers nothing', async () => {
  const { run, misfit } = await openWithMisfit();
  const { toMaster } = misfit;
  // An output notice is a node's own; 20 refusals of a sender are named one by one.
  const skipped = ['an output notice', 'an empty envelope', 'infinity'];
  const sent = Object.entries(rubbish).filter(([name]) => !skipped.includes(name));
  for (const [, one] of sent) toMaster.sendFrame(frameOf(one));
  const twice: WireRecord[] = [
    value(0),
    { kind: 'message', from: ME, value: null, round: null, output: false, fail: true },
    value(1, { output: true }),
    { kind: 'done', from: ME },
  ];
  for (const one of twice) for (let i = 0; i < 2; i += 1) toMaster.send(one);
  toMaster.send({ kind: 'link', reporter: 1, from: 1, to: 2 });
  toMaster.send({ kind: 'ready', from: ME });
  const count = sent.length + twice.length + 2;
  await until(() => refusedBy(masterEvents(run.directory)).length >= count, 'the refusals');
  expect(refusedBy(masterEvents(run.directory)).map(({ from }) => from)).toEqual(
    Array.from({ length: count }, () => ME),
  );
  misfit.close();
  await finished(run);
});

test('a link that it calls broken ends the run once the other end agrees: inconclusive, by name', async () => {
  const { run, misfit } = await openWithMisfit();
  const link: WireRecord = { kind: 'link', reporter: ME, from: ME, to: 1 };
  misfit.toMaster.send(link);
  misfit.toMaster.send(link);
  await until(() => refusedBy(masterEvents(run.directory)).length === 1, 'the refusal');
  misfit.links[0]!.destroy();
  expect(await endOf(run.startedMaster())).toMatchObject({ outcome: 'broken-link' });
  expect(await endsOf(run.startedNodes())).toMatchObject([{ code: 2 }, { code: 2 }, { code: 2 }]);
  const { verdict, reasons } = run.judge();
  expect(verdict).toBe('inconclusive');
  expect(reasons).toContain('the link from node 4 to node 1 broke while both lived');
});

describe('a wrong value in the right form is not survived, and the auditor names who said it', () => {
  /** Sends as told, and leaves. Returns what the audit finds broken about it. */
  async function lie(tell: (misfit: ScriptedNode) => void, sign: string) {
    const { run, misfit } = await openWithMisfit();
    tell(misfit);
    const heard = (id: number): boolean =>
      JSON.stringify(nodeEvents(run.directory, id)).includes(sign);
    await until(() => [1, 2, 3].some(heard), 'the lie');
    misfit.close();
    await endOf(run.startedMaster());
    await endsOf(run.startedNodes());
    const { verdict, oracles } = run.judge();
    const broken = oracles.filter(({ state }) => state === 'violated');
    const witnesses = broken.flatMap((oracle) => oracle.witnesses);
    expect(verdict).not.toBe('pass');
    expect(witnesses.map(({ sentence }) => sentence).join()).toContain('node 4');
    return broken.map(({ id }) => id);
  }

  test('another input than the config says', async () => {
    const broken = await lie((misfit) => {
      for (const link of [misfit.toMaster, ...misfit.links]) link.send(value(0, { value: 1_000 }));
    }, '"value":1000,');
    expect(broken).toContain('O7');
  });

  test('a value that no crash fault can produce', async () => {
    const broken = await lie((misfit) => {
      for (const link of [misfit.toMaster, ...misfit.links]) {
        link.send(value(0));
        link.send(value(1, { value: 1_000 }));
      }
    }, '"value":1000,');
    expect(broken).toContain('O1');
  });

  test('one thing to one peer, another to the others', async () => {
    const broken = await lie((misfit) => {
      for (const [index, link] of misfit.links.entries()) {
        link.send(value(0));
        link.send(value(1, { value: index === 0 ? 0.25 : 0.3125 }));
      }
    }, '0.3125');
    expect(broken).toContain('O7');
  });
});

describe('a flood', () => {
  test('of one value again and again is cut off, and leaves a short record', async () => {
    const { run, misfit } = await openWithMisfit();
    const flood = Buffer.concat(Array.from({ length: 100_000 }, () => encodeFrame(value(0))));
    for (const link of misfit.links) link.sendFrame(flood);
    await until(() => misfit.links.every(({ isOpen }) => !isOpen()), 'the others to hang up');
    misfit.close();
    const result = await finished(run);
    expect(result.statistics.messages.refused).toBeGreaterThan(3 * 1_000);
    for (const id of [1, 2, 3]) {
      const events = nodeEvents(run.directory, id);
      expect(events.length).toBeLessThan(1_000);
      expect(events.filter((event) => event.kind === 'link')).toContainEqual(
        expect.objectContaining({ peer: ME, how: 'refused: 1000 records refused' }),
      );
    }
  });
});

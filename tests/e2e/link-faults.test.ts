/** Faults of links on real sockets: planned, suffered and found again in the record. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openScratch, nodeEvents, planOf, resultOf, sample } from '../fixtures/launched.ts';
import type { Scratch } from '../fixtures/launched.ts';

let scratch: Scratch;

beforeEach(() => {
  scratch = openScratch();
});

afterEach(() => scratch.clear());

const ledgerOf = (run: string) =>
  resultOf(run).ledger.map(({ fault, status }) => `${fault} ${status}`);

test('a partition keeps both halves apart until it heals, and then they agree', async () => {
  const { code, stdout } = await scratch.cluster([sample('partition')]);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  const run = scratch.run()!;
  expect(ledgerOf(run)).toEqual(['partition fired']);
  expect(planOf(run)).toMatchObject({
    partitions: [
      {
        sets: [
          [1, 2],
          [3, 4, 5],
        ],
      },
    ],
  });
  for (const id of [1, 2, 3, 4, 5]) {
    const events = nodeEvents(run, id);
    const start = events.find(({ kind }) => kind === 'start')!.t;
    const across = events.filter(
      (event) => event.kind === 'receive' && event.from <= 2 !== id <= 2,
    );
    // Nodes 1 and 2 are no quorum without the others; to those their word may come after the end.
    if (id <= 2) expect(across.length).toBeGreaterThan(0);
    const within = across.filter(({ t }) => t - start > 20_000 && t - start < 300_000);
    // What was due before it began may be handed over a little late.
    for (const event of within) {
      expect(event.kind === 'receive' && event.arrived + (event.delay ?? 0) - start < 20_000).toBe(
        true,
      );
    }
  }
});

test('loss, bursts, copies, clogs and a slow node: it passes, and the ledger has them all', async () => {
  const { code } = await scratch.cluster([sample('bad-network'), '--crash', '0']);
  expect(code).toBe(0);
  const run = scratch.run()!;
  const ledger = ledgerOf(run);
  expect(ledger).toContain('slow fired');
  expect(ledger).toContain('loss fired');
  expect(ledger).toContain('duplicate fired');
  expect(ledger.filter((entry) => entry.endsWith('missed'))).toEqual([]);
  const copies = [1, 2, 3, 4, 5].flatMap((id) =>
    nodeEvents(run, id).filter(({ kind }) => kind === 'duplicate'),
  );
  expect(copies.length).toBeGreaterThan(0);
  expect(resultOf(run).oracles.filter(({ state }) => state === 'violated')).toEqual([]);
});

test('a hold by time is planned alike on real sockets and in virtual time', async () => {
  const hold = ['--hold', '1 2 from 0 until 20000'];
  expect((await scratch.cluster([sample('5nodes'), '--crash', '0', ...hold])).code).toBe(0);
  const real = planOf(scratch.run()!);
  const words = ['simulate', '--folder', scratch.runs, sample('5nodes'), '--crash', '0', ...hold];
  expect((await scratch.launch(words).ended).code).toBe(0);
  expect(planOf(scratch.run()!)).toEqual(real);
  expect(real).toMatchObject({ timedHolds: [{ from: 1, to: 2, fromMs: 0, untilMs: 20_000 }] });
});

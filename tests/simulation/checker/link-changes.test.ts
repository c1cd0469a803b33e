/** A record that says something else about links than config and seed do is not believed. */
import { describe, expect, test } from '@jest/globals';
import type { NodeId } from '../../../agreement/algorithm.ts';
import { judge } from '../../../checker/verdict.ts';
import type { NodeEvent } from '../../../record/events.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import type { LedgerEntry, Result } from '../../../record/result.ts';
import { nodeLines, parse, simulated } from '../simulator/simulated.ts';

const inputs = nodeLines([0, 0.25, 0.5, 0.75, 1]);
const recordOf = (lines: string): RunRecord =>
  simulated(parse(`f 2\ndelay constant 5\ncrash 0\nseed 3\n${lines}\n${inputs}`)).record;

/** Null removes an event. */
type Edit = (event: NodeEvent, index: number) => NodeEvent | null;

function edited(record: RunRecord, id: NodeId, edit: Edit): RunRecord {
  const file = record.nodes.get(id)!;
  const events = file.events.map(edit).filter((event) => event !== null);
  return { ...record, nodes: new Map(record.nodes).set(id, { ...file, events }) };
}

const oracle = ({ oracles }: Result, id: string) => oracles.find((one) => one.id === id);
const entry = ({ ledger }: Result, fault: LedgerEntry['fault']): LedgerEntry =>
  ledger.find((one) => one.fault === fault)!;

/** As if the first message of a link had waited for its delay alone. */
const hurried =
  (from: NodeId): Edit =>
  (event) =>
    (event.kind === 'receive' || event.kind === 'pending') &&
    event.from === from &&
    event.round === 0
      ? { ...event, delay: 5_000 }
      : event;

describe('a held link', () => {
  const lines = 'hold 4 1 from 0 until 60\npartition 2 | 3 from 0 until 40';

  test('shows what it held', () => {
    const result = judge(recordOf(lines));
    expect(result.verdict).toBe('pass');
    expect(entry(result, 'hold')).toMatchObject({ status: 'fired', observed: [1], node: 4 });
    expect(entry(result, 'partition')).toMatchObject({
      status: 'fired',
      observed: [2, 3],
      origin: 'scripted',
    });
  });

  test('that let a message pass has missed', () => {
    const record = edited(recordOf(lines), 1, hurried(4));
    const result = judge(record);
    expect(result.verdict).toBe('inconclusive');
    expect(entry(result, 'hold')).toMatchObject({ status: 'missed' });
    expect(entry(result, 'hold').sentence).toMatch(/round 0 was handed over too early$/);
    expect(oracle(result, 'O26')).toMatchObject({ state: 'violated' });
    expect(oracle(result, 'O27')).toMatchObject({ state: 'violated' });
  });

  test('to which nothing came is not what was asked for', () => {
    const result = judge(recordOf('hold 4 1 from 900000 until 900001'));
    expect(entry(result, 'hold')).toMatchObject({ status: 'not reached' });
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      reason:
        'a scripted fault did not happen: the link from 4 to 1, from 900000 ms until 900001 ms: nothing came to be held',
    });
  });
});

describe('draws', () => {
  const lines =
    'slow 2 factor 3\nloss 0.3 rto 4 cap 100\nduplicate 0.5\nclog every 20 for 10 cap 50';

  test('are counted', () => {
    const result = judge(recordOf(lines));
    expect(result).toMatchObject({ verdict: 'pass', reasons: [] });
    for (const fault of ['slow', 'loss', 'duplicate', 'clog'] as const) {
      expect(entry(result, fault)).toMatchObject({ fault, status: 'fired', round: null });
    }
    expect(entry(result, 'loss').origin).toBe('drawn');
    expect(entry(result, 'loss').sentence).toMatch(
      /^loss 0\.3: \d+ of \d+ messages lost at first, sent again \d+ times, \d+ ms later in all$/,
    );
  });

  test.each([
    ['slow 2 factor 3', 2],
    ['loss 1 rto 4 cap 100', 2],
  ])('%s: a message that did not wait so long is named', (line, id) => {
    const record = edited(recordOf(line), id, hurried(1));
    expect(oracle(judge(record), 'O26')).toMatchObject({ state: 'violated' });
  });
});

describe('second copies', () => {
  const doubled = (): RunRecord => recordOf('duplicate 0.5');
  const firstCopy = (record: RunRecord, id: NodeId): NodeEvent =>
    record.nodes.get(id)!.events.find(({ kind }) => kind === 'duplicate')!;

  test('that are missing were left out', () => {
    const record = doubled();
    const copy = firstCopy(record, 1);
    const result = judge(edited(record, 1, (event) => (event === copy ? null : event)));
    expect(result.verdict).toBe('inconclusive');
    expect(entry(result, 'duplicate')).toMatchObject({ status: 'missed' });
    expect(oracle(result, 'O26')!.witnesses[0]!.sentence).toMatch(/was not handed over/);
  });

  test('that nobody drew are named', () => {
    const plain = recordOf('duplicate 0.0001');
    const message = plain.nodes.get(1)!.events.find((event) => event.kind === 'receive')!;
    const events = plain.nodes
      .get(1)!
      .events.flatMap((event) =>
        event === message ? [event, { ...message, kind: 'duplicate' } as NodeEvent] : [event],
      );
    const file = { ...plain.nodes.get(1)!, events };
    const record = { ...plain, nodes: new Map(plain.nodes).set(1, file) };
    expect(oracle(judge(record), 'O26')!.witnesses[0]!.sentence).toMatch(/was not drawn/);
  });

  test('that came too early are named', () => {
    const record = doubled();
    const copy = firstCopy(record, 1);
    const result = judge(
      edited(record, 1, (event) =>
        event === copy && event.kind === 'duplicate'
          ? { ...event, delay: (event.delay ?? 0) - 1 }
          : event,
      ),
    );
    expect(oracle(result, 'O26')!.witnesses[0]!.sentence).toMatch(/the draws say/);
  });

  test('with another value than their message are named', () => {
    const record = doubled();
    const copy = firstCopy(record, 1);
    const result = judge(
      edited(record, 1, (event) =>
        event === copy && event.kind === 'duplicate' ? { ...event, value: 0.123 } : event,
      ),
    );
    expect(oracle(result, 'O7')).toMatchObject({ state: 'violated' });
  });
});

import { describe, expect, test } from '@jest/globals';
import { causalOrder } from '../../../../report/exports/causal-order.ts';
import type { CausalEvent } from '../../../../report/exports/causal-order.ts';
import { jsonLines } from '../../../../report/exports/jsonl.ts';
import { tablesOf } from '../../../../report/exports/tables.ts';
import { csvOf } from '../../../../report/csv.ts';
import { judged } from '../../../fixtures/judged-run.ts';
import { noFaults, playRun, smallConfig } from '../../../fixtures/recorded-run.ts';

const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
const { record, result, data } = judged(
  playRun(smallConfig({ faults: { ...noFaults, scriptedCrashes } })),
);
const order = causalOrder(record);

describe('the causal order', () => {
  test('has every event once, each host’s in the order of its file', () => {
    for (const [id, { events }] of [...record.nodes, [0, record.master] as const]) {
      const own = order.filter(({ host }) => host === id);
      expect(own.map(({ event }) => event)).toEqual(events);
      expect(own.map(({ index }) => index)).toEqual(events.map((_, index) => index + 1));
    }
  });

  test('no event comes before its cause, in any sense', () => {
    const places = new Map(order.map((event, place) => [event, place]));
    for (const event of order) {
      if (event.cause === null) continue;
      expect(places.get(event.cause)).toBeLessThan(places.get(event) ?? -1);
      expect(event.cause.lamport).toBeLessThan(event.lamport);
      expect(event.cause.time).toBeLessThan(event.time);
    }
  });

  test('a report, a decision, an order and a goodbye have their causes', () => {
    const causes = (kind: string, host: (id: number) => boolean): (CausalEvent | null)[] =>
      order.filter((one) => one.event.kind === kind && host(one.host)).map(({ cause }) => cause);
    expect(
      causes('receive', (id) => id > 0).every((cause) => cause?.event.kind === 'multicast'),
    ).toBe(true);
    expect(
      causes('report', (id) => id === 0).every((cause) => cause?.event.kind === 'report'),
    ).toBe(true);
    expect(causes('stop', (id) => id > 0).every((cause) => cause?.event.kind === 'decide')).toBe(
      true,
    );
    expect(causes('death', (id) => id === 0).every((cause) => cause?.event.kind === 'crash')).toBe(
      true,
    );
  });

  test('a record that contradicts itself still ends', () => {
    const nodes = new Map(record.nodes);
    for (const [id, file] of nodes) nodes.set(id, { ...file, events: file.events.toReversed() });
    expect(causalOrder({ ...record, nodes })).toHaveLength(order.length);
  });
});

describe('JSON lines', () => {
  const lines = [...jsonLines(record)].map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    return JSON.parse(line) as Record<string, unknown>;
  });

  test('begin with the run and have one event each', () => {
    expect(lines[0]).toMatchObject({ kind: 'run', name: 'small', n: 5, f: 2, seed: 7, schema: 1 });
    expect(lines).toHaveLength(order.length + 1);
    for (const line of lines.slice(1)) {
      for (const field of ['process', 'seq', 'lamport', 't', 'wallUs', 'kind'])
        expect(line).toHaveProperty(field);
    }
  });

  test('both ends of a message have its name', () => {
    const of = (kind: string) =>
      lines.filter((line) => line['kind'] === kind).map((line) => line['message']);
    const sent = new Set(of('multicast'));
    expect(of('receive').every((name) => sent.has(name))).toBe(true);
    expect(of('receive').length).toBeGreaterThan(20);
  });

  test('a cause is the name of an event before', () => {
    const seen = new Set<string>();
    let caused = 0;
    for (const { process, seq, after } of lines.slice(1)) {
      if (after !== undefined) {
        caused += 1;
        expect(seen).toContain(after);
      }
      seen.add(`${String(process)}/${String(seq)}`);
    }
    expect(caused).toBeGreaterThan(50);
  });
});

describe('tables', () => {
  const tables = new Map(tablesOf(data).map((table) => [table.name, csvOf(table)]));
  const rows = (name: string): string[] => (tables.get(name) ?? '').trimEnd().split('\n');

  test('are all there', () => {
    expect([...tables.keys()].sort()).toEqual([
      'faults',
      'links',
      'messages',
      'processes',
      'quorums',
      'spread',
      'traffic',
      'traffic-types',
      'values',
    ]);
  });

  test('have the numbers of result.json at full length', () => {
    expect(
      rows('spread')
        .slice(1)
        .map((row) => Number(row.split(',')[4])),
    ).toEqual(result.statistics.rounds.map(({ spread }) => spread));
    expect(rows('faults')).toHaveLength(1 + result.ledger.length);
    expect(rows('processes')).toHaveLength(1 + 6);
    expect(rows('messages')).toHaveLength(1 + data.messages.fates.length);
  });
});

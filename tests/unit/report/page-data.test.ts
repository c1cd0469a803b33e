import { describe, expect, test } from '@jest/globals';
import type { NodeEvent } from '../../../record/events.ts';
import { pageDataFrom, pageDataOf } from '../../../report/build-page-data.ts';
import { countFates, decodeMessages } from '../../../report/messages.ts';
import type { PageData } from '../../../report/page-data.ts';
import {
  collectMasterEvent,
  collectNodeEvent,
  createCollection,
} from '../../../report/run-collection.ts';
import { viewOf } from '../../../report/view.ts';
import { crowd, judged, simulated } from '../../fixtures/judged-run.ts';
import type { JudgedRun } from '../../fixtures/judged-run.ts';
import { noFaults, playRun, smallConfig } from '../../fixtures/recorded-run.ts';

const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
const holds = [{ from: 4, to: 1, firstRound: 0, lastRound: 30, untilMs: null }];
const crashing = judged(playRun(smallConfig({ faults: { ...noFaults, scriptedCrashes, holds } })));
const large = simulated(crowd(30));
const killed = judged(playRun(smallConfig(), { kills: [{ node: 2, atUs: 4_000 }] }));
const runs: readonly (readonly [string, JudgedRun])[] = [
  ['a scripted crash and a held link', crashing],
  ['thirty nodes', large],
  ['a node that is killed', killed],
];

describe.each(runs)('the data of a page: %s', (_name, { record, result, data }) => {
  const table = decodeMessages(data.messages, data.nodes.length);

  test('has every value that a node reported', () => {
    for (const [id, { events }] of record.nodes) {
      for (const event of events) {
        if (event.kind !== 'report') continue;
        expect(data.nodes[id - 1]?.values[event.round]).toBe(event.value);
        expect(data.nodes[id - 1]?.used[event.round] ?? []).toEqual(event.used);
      }
    }
  });

  test('has the same spread per round as result.json', () => {
    const spreads = viewOf(data).rounds.map(({ round, spread, known }) => [round, spread, known]);
    const judgedSpreads = result.statistics.rounds.map((step) => [
      step.round,
      step.spread,
      step.known,
    ]);
    expect(spreads).toEqual(judgedSpreads);
  });

  test('counts the fates of messages as result.json does', () => {
    const { u, l, i, p, c } = countFates(table);
    const { sent, delivered, late, pending, unused } = result.statistics.messages;
    expect(u + l + i).toBe(delivered);
    expect(l).toBe(late);
    expect(p).toBe(pending);
    expect(l + i + p).toBe(unused);
    expect(table.count - c).toBe(sent);
  });

  test('has the times of every message that was handed over', () => {
    const origin = data.master.originToStartUs ?? 0;
    const handed = new Map<string, number>();
    for (let row = 0; row < table.count; row += 1) {
      if (Number.isNaN(table.handed[row])) continue;
      const key = `${table.from[row]} ${table.to[row]} ${table.round[row]}`;
      handed.set(key, (table.handed[row] ?? 0) + origin);
      expect(table.asked[row]).toBeGreaterThanOrEqual(0);
    }
    const receives = [...record.nodes].flatMap(([to, { events }]) =>
      events.flatMap((event) => (event.kind === 'receive' ? [{ ...event, to }] : [])),
    );
    expect(handed.size).toBe(receives.length);
    for (const { from, to, round, t } of receives) {
      expect(handed.get(`${from} ${to} ${round}`)).toBe(t);
    }
  });

  test('survives its way through JSON', () => {
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
});

describe('fates', () => {
  const fatesOf = (data: PageData, of: { from?: number; to?: number; round?: number }) => {
    const table = decodeMessages(data.messages, data.nodes.length);
    return Array.from({ length: table.count }, (_, row) => row)
      .filter((row) => of.from === undefined || table.from[row] === of.from)
      .filter((row) => of.to === undefined || table.to[row] === of.to)
      .filter((row) => of.round === undefined || table.round[row] === of.round)
      .map((row) => table.fate[row]);
  };

  test('copies that a planned crash cut off are lost with it', () => {
    expect(
      fatesOf(crashing.data, { from: 3, round: 2 }).filter((fate) => fate === 'c'),
    ).toHaveLength(2);
  });

  test('what is sent to a dead node is sent to the dead', () => {
    const after = fatesOf(crashing.data, { to: 3 }).slice(-2);
    expect(after).toEqual(['d', 'd']);
  });

  test('a message that is held for ever still waits at the end', () => {
    expect(new Set(fatesOf(crashing.data, { from: 4, to: 1 }))).toEqual(new Set(['p']));
  });

  test('every fate but a damaged one occurs in these runs', () => {
    const seen = new Set(
      [crashing, large, killed].flatMap(({ data }) => Array.from(data.messages.fates)),
    );
    expect(['u', 'l', 'i', 'p', 'c', 'd'].filter((fate) => !seen.has(fate))).toEqual([]);
  });
});

describe('a run that goes on', () => {
  test('grows with its events into what a record at rest gives', () => {
    const { record } = crashing;
    const collection = createCollection(record.config);
    const streams: [number, NodeEvent][] = [...record.nodes].flatMap(([id, { events }]) =>
      events.map((event): [number, NodeEvent] => [id, event]),
    );
    let known = 0;
    for (const event of record.master.events) collectMasterEvent(collection, event);
    streams
      .sort(([, one], [, other]) => one.t - other.t)
      .forEach(([id, event], index) => {
        collectNodeEvent(collection, id, event);
        if (index % 50 !== 0) return;
        const soFar = pageDataFrom(collection, null);
        const values = soFar.nodes.flatMap((node) => node.values).length;
        expect(values).toBeGreaterThanOrEqual(known);
        known = values;
      });
    expect(pageDataFrom(collection, null)).toEqual(pageDataOf(record, null));
    expect(known).toBeGreaterThan(10);
  });

  test('has no result before its end', () => {
    const data = pageDataFrom(createCollection(smallConfig()), null);
    expect(data.result).toBeNull();
    expect(viewOf(data).rounds).toHaveLength(1);
  });
});

test('a record without a config gives a page all the same', () => {
  const { record, result } = crashing;
  const data = pageDataOf({ ...record, config: null }, result);
  expect(data.config).toBeNull();
  expect(data.nodes).toHaveLength(5);
  expect(viewOf(data).rounds.length).toBeGreaterThan(2);
});

test('a sender whose file is lost is known by what others received from it', () => {
  const { record } = crashing;
  const nodes = new Map(record.nodes);
  nodes.delete(5);
  const table = decodeMessages(pageDataOf({ ...record, nodes }, null).messages, 5);
  const rows = Array.from({ length: table.count }, (_, row) => row);
  const received = rows.filter((row) => table.from[row] === 5 && table.fate[row] === 'u');
  expect(received.length).toBeGreaterThan(3);
  expect(received.every((row) => (table.arrived[row] ?? NaN) >= (table.sent[row] ?? NaN))).toBe(
    true,
  );
});

describe('a run with too many messages for a page', () => {
  const { record, result } = large;
  const whole = pageDataOf(record, result).messages;
  const perRound = 30 * 29;

  test('keeps whole rounds, the first ones, and counts the rest', () => {
    const { messages } = pageDataOf(record, result, 2 * perRound + 5);
    expect(Math.max(...messages.round)).toBe(1);
    expect(messages.leftOut).toBeGreaterThan(0);
    expect(messages.fates.length + messages.leftOut).toBe(whole.fates.length);
    const kept = decodeMessages(messages, 30);
    const all = decodeMessages(whole, 30);
    const first = Array.from({ length: all.count }, (_, row) => row).filter(
      (row) => all.round[row]! < 2,
    );
    expect(Array.from(kept.handed)).toEqual(first.map((row) => all.handed[row]));
  });

  test('leaves out nothing else', () => {
    const rest = { ...pageDataOf(record, result, 0), messages: whole };
    const complete = pageDataOf(record, result);
    expect(rest).toEqual(complete);
  });
});

import { describe, expect, test } from '@jest/globals';
import { fateOrder } from '../../../report/fates.ts';
import {
  placesByRound,
  placesByTime,
  selectMessages,
} from '../../../report/page/space-time-layout.ts';
import { allMessages } from '../../../report/tables/messages.ts';
import { viewOf } from '../../../report/view.ts';
import { crowd, judged, simulated } from '../../fixtures/judged-run.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';

const view = viewOf(judged(playRun(smallConfig())).data);
const { messages } = view;
const rows = Array.from({ length: messages.count }, (_, row) => row);
const all = { from: -Infinity, to: Infinity };

describe('places in the space-time diagram', () => {
  test('by time they are the recorded times in milliseconds', () => {
    const { start, end } = placesByTime(view);
    for (const row of rows.filter((each) => !Number.isNaN(messages.handed[each]))) {
      expect(start[row]).toBe((messages.sent[row] ?? NaN) / 1000);
      expect(end[row]).toBe((messages.handed[row] ?? NaN) / 1000);
    }
  });

  test('by round a used message ends in its own round, a late one in a later round', () => {
    const { start, end } = placesByRound(view);
    const seen = new Set<string>();
    for (const row of rows) {
      const round = messages.round[row] ?? -1;
      const fate = messages.fate[row] ?? 'n';
      expect(start[row]).toBe(round);
      if (fate === 'u') expect(Math.floor(end[row] ?? NaN)).toBeLessThanOrEqual(round);
      if (fate === 'l') expect(Math.floor(end[row] ?? NaN)).toBeGreaterThan(round);
      seen.add(fate);
    }
    expect(seen).toContain('u');
    expect(seen).toContain('l');
  });

  test('by round a node takes messages in the order in which it took them', () => {
    const { end } = placesByRound(view);
    const taken = rows
      .filter((row) => messages.to[row] === 2 && !Number.isNaN(messages.handed[row]))
      .sort((one, other) => (messages.handed[one] ?? 0) - (messages.handed[other] ?? 0));
    const places = taken.map((row) => end[row] ?? NaN);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('what is drawn', () => {
  const places = placesByRound(view);

  test('all of a small run, the messages of one node, some fates', () => {
    expect(selectMessages(messages, allMessages, places, all).rows).toHaveLength(messages.count);
    const ofNode = selectMessages(messages, { ...allMessages, node: 3 }, places, all).rows;
    expect(ofNode).toEqual(
      rows.filter((row) => messages.from[row] === 3 || messages.to[row] === 3),
    );
    const late = selectMessages(messages, { node: null, fates: new Set(['l']) }, places, all).rows;
    expect(late).toEqual(rows.filter((row) => messages.fate[row] === 'l'));
    expect(selectMessages(messages, { node: null, fates: new Set() }, places, all).rows).toEqual(
      [],
    );
  });

  test('only what the window shows at least in part', () => {
    const window = { from: 1.2, to: 1.4 };
    const found = new Set(selectMessages(messages, allMessages, places, window).rows);
    expect(found.size).toBeGreaterThan(0);
    for (const row of rows) {
      const begin = places.start[row] ?? NaN;
      const finish = places.end[row] ?? NaN;
      const last = Number.isNaN(finish) ? begin : finish;
      expect(found.has(row)).toBe(begin <= window.to && last >= window.from);
    }
  });

  test('a crowd is thinned out evenly, and says so', () => {
    const large = viewOf(simulated(crowd(60)).data);
    const chosen = selectMessages(large.messages, allMessages, placesByRound(large), all);
    expect(chosen.matching).toBe(large.messages.count);
    expect(chosen.rows.length).toBeLessThan(chosen.matching);
    const share = chosen.rows.length / chosen.matching;
    for (const fate of fateOrder) {
      const count = large.messages.fate.filter((each) => each === fate).length;
      const drawn = chosen.rows.filter((row) => large.messages.fate[row] === fate).length;
      expect(Math.abs(drawn - count * share)).toBeLessThan(0.05 * chosen.rows.length);
    }
  });
});

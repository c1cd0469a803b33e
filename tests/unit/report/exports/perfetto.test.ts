/**
 * The rules of the Chrome trace format as Perfetto reads it: one JSON document with traceEvents; complete
 * slices (X) of a track may nest but not overlap in part; both ends of an arrow (s, f) have one id, lie
 * within a slice of their track, and do not point backwards; counters have numbers.
 */
import { describe, expect, test } from '@jest/globals';
import { causalOrder } from '../../../../report/exports/causal-order.ts';
import { perfettoText, traceEvents } from '../../../../report/exports/perfetto.ts';
import type { TraceEvent } from '../../../../report/exports/perfetto.ts';
import { crowd, judged, simulated } from '../../../fixtures/judged-run.ts';
import { noFaults, playRun, smallConfig } from '../../../fixtures/recorded-run.ts';

const trackOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;

/** Half a nanosecond: sums of doubles that are microseconds since the run's origin. */
const ROUNDING_US = 0.0005;

function partialOverlaps(events: readonly TraceEvent[]): TraceEvent[][] {
  const found: TraceEvent[][] = [];
  const open = new Map<string, TraceEvent[]>();
  for (const slice of events.filter(({ ph }) => ph === 'X')) {
    const stack = (open.get(trackOf(slice)) ?? []).filter(
      (other) => endOf(other) > slice.ts + ROUNDING_US,
    );
    for (const other of stack)
      if (endOf(slice) > endOf(other) + ROUNDING_US) found.push([other, slice]);
    open.set(trackOf(slice), [...stack, slice]);
  }
  return found;
}

const isWithin = (event: TraceEvent, slices: readonly TraceEvent[]): boolean =>
  slices.some(
    (slice) =>
      trackOf(slice) === trackOf(event) &&
      slice.ts <= event.ts + ROUNDING_US &&
      event.ts <= endOf(slice) + ROUNDING_US,
  );

const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
const small = judged(playRun(smallConfig({ faults: { ...noFaults, scriptedCrashes } })));
const large = simulated(crowd(20));

describe.each([
  ['five nodes, one of which crashes', small],
  ['twenty nodes', large],
] as const)('a trace: %s', (_name, { record, result }) => {
  const text = [...perfettoText(record)].join('');
  const { traceEvents: events } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const of = (ph: TraceEvent['ph']): TraceEvent[] => events.filter((event) => event.ph === ph);

  test('is one JSON document with the fields that every event needs', () => {
    for (const { ph, name, pid, tid, ts } of events) {
      expect(typeof name).toBe('string');
      expect('XsfiCM').toContain(ph);
      expect([pid, tid, ts].every(Number.isFinite)).toBe(true);
    }
  });

  test('is sorted by time', () => {
    const times = events.filter(({ ph }) => ph !== 'M').map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('has a named track per process, the master first', () => {
    const names = of('M').filter(({ name }) => name === 'process_name');
    expect(names.map(({ args }) => args?.['name'])).toEqual([
      'master',
      ...[...record.nodes.keys()].map((id) => `node-${id}`),
    ]);
    expect(new Set(names.map(({ pid }) => pid)).size).toBe(names.length);
  });

  test('has a slice per round and node, none overlapping another in part', () => {
    const rounds = of('X').filter(({ name }) => name.startsWith('round '));
    const reports = [...record.nodes.values()].flatMap(({ events: own }) =>
      own.filter(({ kind }) => kind === 'report'),
    );
    expect(rounds).toHaveLength(reports.length);
    expect(of('X').every(({ dur = -1 }) => dur >= 0)).toBe(true);
    expect(partialOverlaps(events)).toEqual([]);
  });

  test('has an arrow per message that was handed over: same id, forwards, within slices', () => {
    const starts = of('s');
    const ends = new Map(of('f').map((event) => [event.id, event]));
    expect(starts).toHaveLength(result.statistics.messages.delivered);
    expect(ends.size).toBe(starts.length);
    expect(new Set(starts.map(({ id }) => id)).size).toBe(starts.length);
    const slices = of('X');
    for (const start of starts) {
      const end = ends.get(start.id);
      expect(end?.name).toBe(start.name);
      expect(end?.cat).toBe(start.cat);
      expect(end?.bp).toBe('e');
      expect(end?.ts).toBeGreaterThan(start.ts);
      expect(isWithin(start, slices)).toBe(true);
      expect(end !== undefined && isWithin(end, slices)).toBe(true);
    }
  });

  test('has the value of every round as a counter', () => {
    const counted = of('C').map(({ args }) => args?.['value']);
    expect(counted.every((value) => typeof value === 'number')).toBe(true);
    const values = [...record.nodes.values()].flatMap(({ events: own }) =>
      own.flatMap((event) => (event.kind === 'report' ? [event.value] : [])),
    );
    expect(counted.toSorted()).toEqual(values.toSorted());
  });

  test('marks crashes and outputs', () => {
    const names = of('i').map(({ name }) => name);
    expect(names).toContain('output');
    expect(names).toContain('crash');
    expect(of('i').every(({ s }) => s === 't')).toBe(true);
  });
});

test('clocks that contradict cause and effect are moved on, and it is said by how much', () => {
  const nodes = new Map(small.record.nodes);
  const slow = nodes.get(2);
  if (slow === undefined) throw new Error('no node 2');
  const skew = 900;
  const events = slow.events.map((event) => ({ ...event, t: event.t - skew }));
  nodes.set(2, { ...slow, events });
  const skewed = { ...small.record, nodes };
  const made = traceEvents(causalOrder(skewed));
  const ends = new Map(made.filter(({ ph }) => ph === 'f').map((event) => [event.id, event.ts]));
  const starts = made.filter(({ ph }) => ph === 's');
  expect(starts.every(({ id, ts }) => (ends.get(id) ?? 0) > ts)).toBe(true);
  const { otherData } = JSON.parse([...perfettoText(skewed)].join('')) as {
    otherData: { timesMovedAtMostUs: number };
  };
  expect(otherData.timesMovedAtMostUs).toBeGreaterThan(0);
});

test('the check for overlaps finds one', () => {
  const slice = (ts: number, dur: number): TraceEvent => ({
    ph: 'X',
    name: 'r',
    pid: 1,
    tid: 1,
    ts,
    dur,
  });
  expect(partialOverlaps([slice(0, 10), slice(5, 10)])).toHaveLength(1);
  expect(partialOverlaps([slice(0, 10), slice(2, 3), slice(10, 5)])).toHaveLength(0);
});

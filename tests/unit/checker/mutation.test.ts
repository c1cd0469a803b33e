/**
 * The auditor's teeth: one change anywhere in the record of a run that passed, and it must not pass
 * any more. Left out are lines and fields that no property rests on (joining, links, times, counters)
 * and changes after which the record is again that of a legal run: a message that was still under
 * way at the end, two messages that came in another order without a quorum noticing.
 */
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { judge } from '../../../checker/verdict.ts';
import { readRun } from '../../../record/read-run.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { playRun, writeRun } from '../../fixtures/recorded-run.ts';
import { crashing } from './judged.ts';

const directory = writeRun(playRun(crashing({ node: 3, round: 2, extent: { after: 2 } })));
const passed = readRun(directory);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

type AnyEvent = Readonly<Record<string, unknown>> & { readonly kind: string };
type File = RunRecord['nodes'] extends ReadonlyMap<number, infer NodeFile> ? NodeFile : never;

/** The record with other events in one file; 0: the master's. */
function withEvents(id: number, edit: (events: AnyEvent[]) => AnyEvent[]): RunRecord {
  const file = (id === 0 ? passed.master : passed.nodes.get(id)) as unknown as File;
  const events = edit([...file.events] as unknown as AnyEvent[]);
  const edited = { ...file, events, lines: events.map((_, i) => i + 2) } as unknown as File;
  if (id === 0) return { ...passed, master: edited as unknown as RunRecord['master'] };
  return { ...passed, nodes: new Map([...passed.nodes, [id, edited]]) };
}

interface Place {
  readonly id: number;
  readonly index: number;
  readonly event: AnyEvent;
}

const places: Place[] = [0, 1, 2, 3, 4, 5].flatMap((id) => {
  const { events } = id === 0 ? passed.master : passed.nodes.get(id)!;
  return events.map((event, index) => ({ id, index, event: event as unknown as AnyEvent }));
});

/** How many of the mutated records still pass, and how many there were. */
function survivors(mutants: readonly RunRecord[]): { of: number; pass: number } {
  const pass = mutants.filter((record) => judge(record).verdict === 'pass').length;
  return { of: mutants.length, pass };
}

const changed = ({ id, index, event }: Place, field: string, by: number): RunRecord =>
  withEvents(id, (events) =>
    events.with(index, { ...event, [field]: (event[field] as number) + by }),
  );

test('the record passes as it is', () => {
  expect(judge(passed)).toMatchObject({ verdict: 'pass', reasons: [] });
});

describe('no pass after a change of', () => {
  test.each([1e-9, -0.3, 5])('any value by %d', (by) => {
    const mutants = places.flatMap((place) => [
      ...('value' in place.event ? [changed(place, 'value', by)] : []),
      ...('input' in place.event ? [changed(place, 'input', by)] : []),
    ]);
    expect(mutants.length).toBeGreaterThan(100);
    expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
  });

  test.each([1, -1])('any round by %d', (by) => {
    const mutants = places
      .filter(({ event }) => 'round' in event && (event['round'] as number) + by >= 0)
      .map((place) => changed(place, 'round', by));
    expect(mutants.length).toBeGreaterThan(100);
    expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
  });

  test('the sender of any message that was handed over, of any report and of any output', () => {
    const mutants = places
      .filter(({ event: { kind } }) => ['receive', 'report', 'output'].includes(kind))
      .filter(({ event }) => 'from' in event)
      .flatMap((place) => [changed(place, 'from', 1), changed(place, 'from', -1)]);
    expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
  });

  test('any quorum', () => {
    const mutants = places
      .filter(({ event }) => Array.isArray(event['used']) && event['used'].length > 0)
      .map(({ id, index, event }) =>
        withEvents(id, (events) =>
          events.with(index, { ...event, used: (event['used'] as number[]).toReversed() }),
        ),
      );
    expect(mutants.length).toBeGreaterThan(15);
    expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
  });
});

const deeds = ['start', 'report', 'multicast', 'stop', 'output', 'decide', 'finish', 'death'];
/** The master's start and finish of a node are said by others too. */
const counts = ({ id, event: { kind } }: Place): boolean =>
  deeds.includes(kind) && !(id === 0 && kind === 'start') && !(id !== 0 && kind === 'finish');

test('no pass without one of the deeds', () => {
  // Each node's last report may still have been under way, or the node died before it sent it.
  const isLastReport = ({ id, index, event: { kind, from } }: Place): boolean =>
    id === 0 &&
    kind === 'report' &&
    !places.some(
      (other) =>
        other.id === 0 &&
        other.index > index &&
        other.event['from'] === from &&
        other.event.kind === 'report',
    );
  const mutants = places
    .filter((place) => counts(place) && !isLastReport(place))
    .map(({ id, index }) => withEvents(id, (events) => events.toSpliced(index, 1)));
  expect(mutants.length).toBeGreaterThan(80);
  expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
});

test('no pass with one of the deeds, or a message, done twice', () => {
  const mutants = places
    .filter((place) => counts(place) || ['receive', 'pending'].includes(place.event.kind))
    .filter(({ event: { kind } }) => kind !== 'finish' && kind !== 'death')
    .map(({ id, index, event }) => withEvents(id, (events) => events.toSpliced(index, 0, event)));
  expect(mutants.length).toBeGreaterThan(150);
  expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
});

test('no pass with a deed before its cause', () => {
  const mutants = places
    .filter(({ id, event: { kind } }) => id !== 0 && ['report', 'output'].includes(kind))
    .map(({ id, index, event }) =>
      withEvents(id, (events) => events.toSpliced(index, 1).toSpliced(index - 1, 0, event)),
    );
  expect(mutants.length).toBeGreaterThan(20);
  expect(survivors(mutants)).toEqual({ of: mutants.length, pass: 0 });
});

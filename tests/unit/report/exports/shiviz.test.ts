/**
 * ShiViz's own rules, written down from its published description and behaviour, not from our code: the
 * first line of a file is the parser, the second the delimiter of executions; the parser has groups named
 * host, clock and event and is applied over and over (flags g and m); a clock is JSON and has its own
 * host in it; each host counts its events 1, 2, 3, …; a clock names only hosts that have events, and only
 * times that these have reached; and every clock is what the vector clock algorithm makes of the events
 * before it.
 */
import { describe, expect, test } from '@jest/globals';
import { shivizLines } from '../../../../report/exports/shiviz.ts';
import { crowd, judged, simulated } from '../../../fixtures/judged-run.ts';
import { noFaults, playRun, smallConfig } from '../../../fixtures/recorded-run.ts';

type Clock = Record<string, number>;

interface Parsed {
  readonly host: string;
  readonly clock: Clock;
  readonly event: string;
}

interface Execution {
  readonly label: string;
  readonly events: readonly Parsed[];
}

/** What ShiViz makes of a file. Throws where ShiViz would show an error. */
function open(file: string): Execution[] {
  const [parser = '', delimiter = '', ...lines] = file.split('\n');
  const groups = [...parser.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name);
  for (const name of ['host', 'clock', 'event']) {
    if (!groups.includes(name)) throw new Error(`the parser has no group ${name}`);
  }
  const log = lines.join('\n').trim();
  const mark = new RegExp(delimiter, 'gm');
  const labels = ['', ...[...log.matchAll(mark)].map((match) => match.groups?.['trace'] ?? '')];
  const parts = log.split(new RegExp(delimiter.replace(/\(\?<\w+>(.+?)\)/, '(?:$1)'), 'm'));
  return parts.flatMap((part, index) => {
    if (part.trim() === '') return [];
    const events = [...part.matchAll(new RegExp(parser, 'gm'))].map(({ groups: found }) => ({
      host: found?.['host'] ?? '',
      clock: JSON.parse(found?.['clock'] ?? '') as Clock,
      event: found?.['event'] ?? '',
    }));
    if (events.length === 0) throw new Error('the parser captures no events');
    return [{ label: labels[index] ?? '', events }];
  });
}

/** Throws unless the clocks are those of the vector clock algorithm. */
function checkClocks(events: readonly Parsed[]): void {
  const byHost = new Map<string, Parsed[]>();
  for (const event of events) {
    if (!(event.host in event.clock)) throw new Error(`${event.host} is missing from its clock`);
    byHost.set(event.host, [...(byHost.get(event.host) ?? []), event]);
  }
  for (const [host, own] of byHost) {
    own.sort((one, other) => (one.clock[host] ?? 0) - (other.clock[host] ?? 0));
    own.forEach(({ clock }, index) => {
      if (clock[host] !== index + 1)
        throw new Error(`${host} goes to ${clock[host]} at ${index + 1}`);
    });
  }
  for (const event of events) checkAgainstPast(event, byHost);
}

/** It contains the clocks of all events that it names, so also of the one before on its own host. */
function checkAgainstPast({ host, clock }: Parsed, byHost: Map<string, Parsed[]>): void {
  for (const [other, time] of Object.entries(clock)) {
    const events = byHost.get(other);
    if (events === undefined) throw new Error(`unknown host ${other}`);
    if (time < 1 || time > events.length) throw new Error(`${other} never reached ${time}`);
    const index = other === host ? time - 2 : time - 1;
    const past = events[index]?.clock ?? {};
    for (const [name, earlier] of Object.entries(past)) {
      if ((clock[name] ?? 0) < earlier) throw new Error(`${host} forgets ${name} ${earlier}`);
    }
  }
}

const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
const small = judged(playRun(smallConfig({ faults: { ...noFaults, scriptedCrashes } })));
const large = simulated(crowd(20));
const text = (run: typeof small): string => [...shivizLines(run.record)].join('');

describe.each([
  ['five nodes, one of which crashes', small],
  ['twenty nodes', large],
] as const)('a ShiViz log: %s', (_name, run) => {
  const executions = open(text(run));
  const events = executions[0]?.events ?? [];

  test('opens as one execution, named after the config', () => {
    expect(executions).toHaveLength(1);
    expect(executions[0]?.label).toBe(run.record.config?.name);
  });

  test('every event line is an event, and nothing else is', () => {
    const lines = text(run).trimEnd().split('\n');
    expect(lines).toHaveLength(3 + 2 * events.length);
    expect(events.every(({ event }) => event.length > 0)).toBe(true);
  });

  test('has a host per process', () => {
    const hosts = new Set(events.map(({ host }) => host));
    expect(hosts.size).toBe(1 + run.record.nodes.size);
    expect(hosts).toContain('master');
  });

  test('has clocks that the vector clock algorithm gives', () => {
    checkClocks(events);
  });

  test('a message that is taken follows its sending', () => {
    const takes = events.filter(({ event }) => event.startsWith('takes '));
    expect(takes.length).toBeGreaterThan(20);
    for (const { event, clock } of takes) {
      const [, round, from = ''] = /of round (\d+) from (node-\d+)/.exec(event) ?? [];
      const sending = events.find(
        (one) =>
          one.host === from &&
          one.event.startsWith('sends ') &&
          one.event.includes(`of round ${round} `),
      );
      expect(clock[from]).toBeGreaterThanOrEqual(sending?.clock[from] ?? Infinity);
    }
  });
});

describe('the validator of this test', () => {
  const events = open(text(small))[0]?.events ?? [];
  const broken = (index: number, clock: (before: Clock) => Clock): Parsed[] =>
    events.map((event, at) => (at === index ? { ...event, clock: clock(event.clock) } : event));
  const last = events.findLastIndex(({ event }) => event.startsWith('takes '));

  test('refuses clocks that skip, repeat, forget or invent', () => {
    const own = events[last]?.host ?? '';
    const other = Object.keys(events[last]?.clock ?? {}).find((name) => name !== own) ?? '';
    expect(() =>
      checkClocks(broken(last, (clock) => ({ ...clock, [own]: (clock[own] ?? 0) + 1 }))),
    ).toThrow();
    expect(() => checkClocks(broken(last, (clock) => ({ ...clock, [own]: 1 })))).toThrow();
    expect(() => checkClocks(broken(last, (clock) => ({ ...clock, [other]: 0 })))).toThrow();
    expect(() => checkClocks(broken(last, (clock) => ({ ...clock, stranger: 1 })))).toThrow();
    expect(() => checkClocks(broken(last, (clock) => ({ ...clock, [other]: 1e6 })))).toThrow();
  });
});

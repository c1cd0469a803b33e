/**
 * Kills and pauses by the clock of the run: a killed node is one of at most f that fail, a paused one is
 * slow and nothing else. What is under way meanwhile is neither lost nor early.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../../checker/verdict.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { asVirtual, eventsOf, nodeLines, parse, simulated } from './simulated.ts';
import { expectSameWithoutRecord } from './without-record.ts';

const N = 5;
const time = fc.integer({ min: 0, max: 150 });

/** At most one per node: two could meet. */
const pauses = fc.uniqueArray(fc.integer({ min: 1, max: N }), { maxLength: 3 }).chain((ids) =>
  fc
    .array(fc.tuple(time, fc.integer({ min: 1, max: 120 })), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    .map((spans) =>
      ids.map((node, index) => {
        const [from, length] = spans[index] ?? [0, 1];
        return { node, from, until: from + length };
      }),
    ),
);

const kills = fc.uniqueArray(fc.record({ node: fc.integer({ min: 1, max: N }), at: time }), {
  maxLength: 2,
  selector: ({ node }) => node,
});

const scenario = fc
  .record({
    pauses,
    kills,
    inputs: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: N, maxLength: N }),
    algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
    order: fc.constantFrom('fifo', 'any'),
    stop: fc.constantFrom('frozen', 'rounds'),
    mode: fc.constantFrom('announce', 'silent'),
    delay: fc.constantFrom('delay 10 40', 'delay constant 30', 'delay exponential 5 20 cap 500'),
    crash: fc.constantFrom('crash 0', 'crash 0.05', 'crash 0.2 round-end'),
    links: fc.subarray([
      'hold 1 2 from 20 until 90',
      'partition 1 2 | 3-5 from 10 until 70',
      'hold 3 4 rounds 0-1 until 60',
      'duplicate 0.3',
      'loss 0.2 rto 5 cap 100',
      'slow 3 factor 2',
    ]),
    seed: fc.nat(),
  })
  .map((choice) => {
    const dead = new Map(choice.kills.map(({ node, at }) => [node, at]));
    const lively = choice.pauses.filter(({ node, from }) => (dead.get(node) ?? Infinity) > from);
    return [
      `f 2\nalgorithm ${choice.algorithm}\norder ${choice.order}\nstop ${choice.stop}`,
      `crash-mode ${choice.mode}\n${choice.delay}\n${choice.crash}\nseed ${choice.seed}`,
      'time-limit 1000000 s\npatience 900000 s',
      ...choice.kills.map(({ node, at }) => `kill ${node} at ${at}`),
      ...lively.map(({ node, from, until }) => `pause ${node} from ${from} until ${until}`),
      ...choice.links,
      nodeLines(choice.inputs),
    ].join('\n');
  });

/** The run was over before, or the node dead: nobody's fault. */
const isTooLate = (reason: string): boolean =>
  /^a scripted fault did not happen: .*(the run was over after|nothing came to be held|it was dead by then|it died before|no such message ever came)/.test(
    reason,
  );

interface Sightings {
  killed: number;
  paused: number;
  /** Handed over later than asked, because the node was stopped. */
  late: number;
  /** Read when the node went on, long after they were sent. */
  unread: number;
}

function note(sightings: Sightings, record: RunRecord): void {
  for (const { kind } of record.master.events) {
    if (kind === 'kill') sightings.killed += 1;
    if (kind === 'pause') sightings.paused += 1;
  }
  const resumed = new Set(record.master.events.flatMap((e) => (e.kind === 'resume' ? [e.t] : [])));
  for (const { events } of record.nodes.values()) {
    for (const event of events) {
      if (event.kind !== 'receive') continue;
      if (event.t > event.arrived + (event.delay ?? 0)) sightings.late += 1;
      if (resumed.has(event.arrived)) sightings.unread += 1;
    }
  }
}

describe('kills and pauses', () => {
  test('leave a sound run a pass, every oracle in order; and they do happen', () => {
    const sightings: Sightings = { killed: 0, paused: 0, late: 0, unread: 0 };
    fc.assert(
      fc.property(scenario, (text) => {
        const record = asVirtual(simulated(parse(text)).record);
        const { verdict, reasons, ledger, oracles } = judge(record);
        expect(verdict).not.toBe('violated');
        const others = reasons.filter((reason) => !isTooLate(reason));
        const broken = oracles.filter(
          ({ state }) => state === 'violated' || state === 'unverifiable',
        );
        expect({ text, others, broken }).toEqual({ text, others: [], broken: [] });
        expect(ledger.filter(({ status }) => status === 'missed')).toEqual([]);
        note(sightings, record);
      }),
      { numRuns: 300 },
    );
    for (const [what, times] of Object.entries(sightings)) {
      expect({ what, isSeen: times > 30 }).toEqual({ what, isSeen: true });
    }
  });

  test('have the same verdict without a record', () => {
    expectSameWithoutRecord(scenario, 60);
  });
});

const plain = `f 2\ndelay constant 30\ncrash 0\n${nodeLines([0, 0.25, 0.5, 0.75, 1])}`;

describe('a pause', () => {
  const paused = simulated(parse(`${plain}\npause 2 from 40 until 200`));

  test('is silence, and then everything at once', () => {
    const times = eventsOf(paused, 2).map(({ t }) => t);
    expect(times.filter((t) => t >= 40_000 && t < 200_000)).toEqual([]);
    expect(times.filter((t) => t === 200_000).length).toBeGreaterThan(5);
  });

  test('costs time, and no value: a round still ends with n − f of them', () => {
    const { verdict, properties } = judge(paused.record);
    expect(verdict).toBe('pass');
    expect(properties.faultBound).toMatchObject({ count: 0, injected: 0 });
    expect(paused.run.finishUs).toBeGreaterThanOrEqual(200_000);
  });

  test('from the beginning on keeps the node from starting, and that is all', () => {
    const late = simulated(parse(`${plain}\npause 2 from 0 until 100`));
    expect(eventsOf(late, 2)[0]).toMatchObject({ kind: 'start', t: 100_000 });
    expect(judge(asVirtual(late.record))).toMatchObject({ verdict: 'pass' });
  });

  test('can be followed by another one', () => {
    const both = simulated(parse(`${plain}\npause 2 from 40 until 90\npause 2 from 95 until 200`));
    const times = eventsOf(both, 2).map(({ t }) => t);
    expect(times.filter((t) => t > 40_000 && t < 90_000)).toEqual([]);
    expect(times.filter((t) => t > 95_000 && t < 200_000)).toEqual([]);
    expect(judge(asVirtual(both.record))).toMatchObject({ verdict: 'pass' });
  });

  test('without an end starves the run, which its patience ends', () => {
    const never = simulated(parse(`${plain}\npause 2 from 40 until never\npatience 500 ms`));
    expect(never.run).toMatchObject({ outcome: 'no-progress' });
    const result = judge(asVirtual(never.record));
    expect(result.verdict).toBe('inconclusive');
    expect(result.oracles.filter(({ state }) => state === 'violated')).toEqual([]);
    expect(result.ledger).toMatchObject([{ fault: 'pause', status: 'fired' }]);
  });
});

describe('a kill', () => {
  test('ends the node on the spot, without a goodbye, whatever crash-mode says', () => {
    const killed = simulated(parse(`${plain}\nkill 3 at 45`));
    expect(Math.max(...eventsOf(killed, 3).map(({ t }) => t))).toBeLessThan(45_000);
    expect(eventsOf(killed, 3).map(({ kind }) => kind)).not.toContain('crash');
    const kinds = [1, 2, 4, 5].flatMap((id) => eventsOf(killed, id).map(({ kind }) => kind));
    expect(kinds).not.toContain('fail');
    expect(kinds.filter((kind) => kind === 'link')).toHaveLength(8);
    const { verdict, ledger, properties } = judge(asVirtual(killed.record));
    expect(verdict).toBe('pass');
    expect(ledger).toMatchObject([
      { fault: 'crash', origin: 'scripted', status: 'fired', node: 3 },
    ]);
    expect(properties.faultBound).toMatchObject({ count: 1, injected: 1, faulty: [3] });
  });

  test('of a paused node ends it as well', () => {
    const lines = 'pause 3 from 20 until 300\nkill 3 at 100';
    const { record, run } = simulated(parse(`${plain}\n${lines}`));
    expect(run.outcome).toBe('complete');
    const { verdict, ledger } = judge(asVirtual(record));
    expect({ verdict, states: ledger.map(({ status }) => status) }).toEqual({
      verdict: 'pass',
      states: ['fired', 'fired'],
    });
  });

  test('takes a place of f from the crashes that are drawn', () => {
    const { record } = simulated(
      parse(`${plain}\ncrash-mode silent\nkill 3 at 45\ncandidates 1 2 4`),
    );
    const certain = simulated(parse(`${plain.replace('crash 0', 'crash 1')}\nkill 3 at 900`));
    expect(record.plan).toMatchObject({ kills: [{ node: 3, atMs: 45 }], crashes: [] });
    expect(certain.record.plan!.crashes).toHaveLength(1);
    expect(certain.record.plan!.skipped).toHaveLength(3);
    expect(certain.record.plan!.crashes.some(({ node }) => node === 3)).toBe(false);
  });

  test('that comes when the run is over is not what was asked for', () => {
    const { verdict, reason } = judge(simulated(parse(`${plain}\nkill 3 at 90000`)).record);
    expect(verdict).toBe('inconclusive');
    expect(reason).toMatch(
      /^a scripted fault did not happen: node 3 was to be killed at 90000 ms; the run was over after \d+ ms$/,
    );
  });
});

/**
 * Any sound config, any delays, crashes, holds and receive sets: the properties hold always, and the
 * situations that make them hard do come up. The verdict is the checker's, from the record.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../../checker/verdict.ts';
import { isSound } from '../../../checker/case.ts';
import { eventsOf, nodeLines, parse, simulated } from './simulated.ts';
import type { Simulated } from './simulated.ts';
import { expectSameWithoutRecord } from './without-record.ts';

const delays = fc.constantFrom(
  'delay 0 0',
  'delay 0 20',
  'delay 1000 5000',
  'delay constant 3',
  'delay exponential 0 10 cap 500',
  'delay lognormal 5 1.5 cap 800',
  'delay pareto 1 1.1 cap 900',
);

const crashes = fc.constantFrom(
  'crash 0',
  'crash 0.03',
  'crash 0.3 per-round',
  'crash 0.2 round-end',
  'crash 1',
);

const lines = fc.record({
  algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
  stop: fc.constantFrom('frozen', 'rounds'),
  order: fc.constantFrom('fifo', 'any'),
  mode: fc.constantFrom('announce', 'silent'),
  delay: delays,
  crash: crashes,
  seed: fc.nat(),
});

/** Holds that end: one that does not may starve a node, and that is nobody's fault. */
const hold = (n: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: n }),
      fc.integer({ min: 1, max: n }),
      fc.nat({ max: 3 }),
      fc.nat({ max: 80 }),
    )
    .map(([from, to, round, until]) =>
      from === to ? '' : `hold ${from} ${to} rounds 0-${round} until ${until}`,
    );

const scenario = fc
  .integer({ min: 0, max: 3 })
  .chain((f) =>
    fc
      .integer({ min: 2 * f + 1, max: 2 * f + 4 })
      .chain((n) =>
        fc
          .tuple(
            fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
            lines,
            fc.array(hold(n), { maxLength: 4 }),
          )
          .map(([inputs, line, holds]) =>
            [
              `f ${f}`,
              `algorithm ${line.algorithm}`,
              `stop ${line.stop}`,
              `order ${line.order}`,
              `crash-mode ${line.mode}`,
              line.delay,
              line.crash,
              `seed ${line.seed}`,
              'time-limit 1000000 s',
              'patience 900000 s',
              ...holds,
              nodeLines(inputs),
            ].join('\n'),
          ),
      ),
  );

/** What makes a run hard, told from its record. */
interface Sightings {
  cutMulticast: number;
  futureRound: number;
  differentQuorums: number;
  lateMessage: number;
  held: number;
}

function note(sightings: Sightings, simulation: Simulated): void {
  const quorums = new Map<number, Set<string>>();
  const n = simulation.config.nodes.length;
  for (const { id } of simulation.config.nodes) {
    let current = -1;
    for (const event of eventsOf(simulation, id)) {
      if (event.kind === 'report') {
        current = event.round;
        const used = event.used.toSorted((a, b) => a - b).join(' ');
        quorums.set(current, (quorums.get(current) ?? new Set()).add(used));
      }
      if (event.kind === 'multicast' && event.to !== 'all') {
        if (event.to.length > 0 && event.to.length < n - 1) sightings.cutMulticast += 1;
      }
      if (event.kind !== 'receive') continue;
      if (event.round > current) sightings.futureRound += 1;
      if (event.round < current) sightings.lateMessage += 1;
      if ((event.delay ?? 0) > 0) sightings.held += 1;
    }
  }
  quorums.delete(0);
  for (const used of quorums.values()) if (used.size > 1) sightings.differentQuorums += 1;
}

/** A hold of a link whose sender is dead by then is not reached: all else must be in order. */
function reasonsAgainst({ record }: Simulated): string[] {
  const { verdict, reasons } = judge(record);
  expect(verdict).not.toBe('violated');
  return reasons.filter((reason) => !/scripted fault did not happen: the link/.test(reason));
}

describe('any sound run', () => {
  test('is a pass, within R rounds; and the hard situations did come up', () => {
    const sightings: Sightings = {
      cutMulticast: 0,
      futureRound: 0,
      differentQuorums: 0,
      lateMessage: 0,
      held: 0,
    };
    fc.assert(
      fc.property(scenario, (text) => {
        const config = parse(text);
        const simulation = simulated(config);
        expect({ text, reasons: reasonsAgainst(simulation) }).toEqual({ text, reasons: [] });
        expect(isSound(config)).toBe(true);
        const { decided, largest, outcome } = simulation.run;
        expect(outcome).toBe('complete');
        expect(decided ?? 0).toBeLessThanOrEqual(config.rounds);
        expect(largest).toBeLessThanOrEqual(config.lastRound);
        note(sightings, simulation);
      }),
      { numRuns: 400 },
    );
    for (const [what, times] of Object.entries(sightings)) {
      expect({ what, isSeen: times > 20 }).toEqual({ what, isSeen: true });
    }
  });

  test('has the same verdict and the same numbers without a record', () => {
    expectSameWithoutRecord(scenario, 100);
  });
});

/** n = 2f + 1 or more, and a legal receive set for every node and each of the first rounds. */
const scripted = fc.integer({ min: 1, max: 3 }).chain((f) =>
  fc.integer({ min: 2 * f + 1, max: 2 * f + 3 }).chain((n) =>
    fc
      .tuple(
        fc.array(fc.constantFrom(0, 1), { minLength: n, maxLength: n }),
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: n }),
            fc.shuffledSubarray(
              Array.from({ length: n }, (_, i) => i + 1),
              {
                minLength: n,
                maxLength: n,
              },
            ),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        lines,
      )
      .map(([inputs, sets, line]) => {
        const uses = sets.map(([node, shuffled], index) => {
          const others = shuffled.filter((id) => id !== node).slice(0, n - f - 1);
          return { node, round: index % 3, from: [node, ...others].toSorted((a, b) => a - b) };
        });
        const distinct = new Map(uses.map((use) => [`${use.node} ${use.round}`, use]));
        const head = [
          `f ${f}`,
          `algorithm ${line.algorithm}`,
          `order ${line.order}`,
          'stop rounds',
          line.delay,
          'crash 0',
          `seed ${line.seed}`,
          'time-limit 1000000 s',
          'patience 900000 s',
        ];
        return { text: [...head, nodeLines(inputs)].join('\n'), uses: [...distinct.values()] };
      }),
  ),
);

describe('a receive set', () => {
  test('is exactly what its node uses, and the run is as right as any other', () => {
    let slower = 0;
    fc.assert(
      fc.property(scripted, ({ text, uses }) => {
        const use = uses.map(
          ({ node, round, from }) => `use ${node} round ${round} from ${from.join(' ')}`,
        );
        // Equal inputs end after one round, and then some sets speak of rounds that never are.
        fc.pre(parse(text).rounds > 4);
        const simulation = simulated(parse(`${text}\n${use.join('\n')}`));
        for (const { node, round, from } of uses) {
          const report = eventsOf(simulation, node).find(
            (event) => event.kind === 'report' && event.round === round + 1,
          );
          expect(report).toMatchObject({ kind: 'report' });
          const used = report?.kind === 'report' ? report.used : [];
          expect(used.toSorted((a, b) => a - b)).toEqual(from);
        }
        const { verdict, reasons } = judge(simulation.record);
        expect({ verdict, reasons }).toEqual({ verdict: 'pass', reasons: [] });
        const plain = simulated(parse(text));
        if (simulation.run.finishUs > plain.run.finishUs) slower += 1;
      }),
      { numRuns: 150 },
    );
    expect(slower).toBeGreaterThan(5);
  });
});

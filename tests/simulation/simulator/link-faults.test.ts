/**
 * Partitions, holds by time, slow nodes, loss, copies and clogs cost time and nothing else: any sound run
 * under any of them is a pass, and without them byte for byte what it was.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../../checker/verdict.ts';
import type { LedgerEntry } from '../../../record/result.ts';
import { eventsOf, nodeLines, parse, simulated } from './simulated.ts';
import { expectSameWithoutRecord } from './without-record.ts';

const N = 5;
const time = fc.integer({ min: 0, max: 120 });
const id = fc.integer({ min: 1, max: N });
const chance = fc.nat({ max: 20 }).map((twentieths) => twentieths / 20);
const period = fc.tuple(time, fc.integer({ min: 1, max: 90 })).map(([from, length]) => {
  return `from ${from} until ${from + length}`;
});

const hold = fc
  .tuple(id, id, period)
  .map(([from, to, when]) => (from === to ? '' : `hold ${from} ${to} ${when}`));

const partition = fc
  .tuple(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 3 }), fc.nat(), period)
  .map(([ids, at, when]) => {
    const cut = 1 + (at % (ids.length - 1));
    return `partition ${ids.slice(0, cut).join(' ')} | ${ids.slice(cut).join(' ')} ${when}`;
  });

const slow = fc.uniqueArray(id, { maxLength: 3 }).chain((ids) =>
  fc
    .array(fc.constantFrom('factor 3', 'factor 1.5', 'plus 0 30', 'plus pareto 1 1.2 cap 200'), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    .map((hows) => ids.map((node, index) => `slow ${node} ${hows[index] ?? ''}`)),
);

const loss = fc
  .tuple(chance, chance, fc.boolean())
  .map(([one, other, isBursty]) =>
    isBursty
      ? `loss ${Math.min(one, other)} rto 3 cap 100 burst ${Math.max(one, other)}`
      : `loss ${one} rto 3 cap 100`,
  );

const network = fc
  .tuple(
    fc.array(hold, { maxLength: 3 }),
    fc.array(partition, { maxLength: 2 }),
    slow,
    fc.option(loss),
    fc.option(chance.map((p) => `duplicate ${p}`)),
    fc.option(fc.constantFrom('clog every 20 for 30 cap 120', 'clog every 1 for 1 cap 5')),
  )
  .map((lines) => lines.flat().filter((line) => line !== null));

const scenario = fc
  .record({
    network,
    inputs: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: N, maxLength: N }),
    algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
    order: fc.constantFrom('fifo', 'any'),
    delay: fc.constantFrom('delay 0 20', 'delay constant 3', 'delay exponential 0 10 cap 500'),
    crash: fc.constantFrom('crash 0', 'crash 0.05', 'crash 0.2 round-end'),
    seed: fc.nat(),
  })
  .map(({ network: lines, inputs, algorithm, order, delay, crash, seed }) =>
    [
      `f 2\nalgorithm ${algorithm}\norder ${order}\n${delay}\n${crash}\nseed ${seed}`,
      'time-limit 1000000 s\npatience 900000 s',
      ...lines,
      nodeLines(inputs),
    ].join('\n'),
  );

type Fired = Partial<Record<LedgerEntry['fault'], number>>;

describe('whatever links do', () => {
  test('a sound run is a pass; and every kind of fault has fired in some', () => {
    const fired: Fired = {};
    fc.assert(
      fc.property(scenario, (text) => {
        const { verdict, reasons, ledger, oracles } = judge(simulated(parse(text)).record);
        expect(verdict).not.toBe('violated');
        // A hold that nothing came to: the run was over before, or its sender was dead.
        const others = reasons.filter((reason) => !/nothing came to be held/.test(reason));
        expect({ text, others }).toEqual({ text, others: [] });
        expect(oracles.filter(({ state }) => state === 'violated')).toEqual([]);
        expect(ledger.filter(({ status }) => status === 'missed')).toEqual([]);
        for (const { fault, status } of ledger) {
          if (status === 'fired') fired[fault] = (fired[fault] ?? 0) + 1;
        }
      }),
      { numRuns: 300 },
    );
    for (const fault of ['hold', 'partition', 'slow', 'loss', 'duplicate', 'clog'] as const) {
      expect({ fault, isSeen: (fired[fault] ?? 0) > 20 }).toEqual({ fault, isSeen: true });
    }
  });

  test('the verdict is the same with and without a record', () => {
    expectSameWithoutRecord(scenario, 60);
  });
});

const plain = `f 2\ndelay 0 20\ncrash 0.05\nseed 11\n${nodeLines([0, 0.25, 0.5, 0.75, 1])}`;

/** Every line of every file. */
const linesOf = (text: string): string => {
  const { record } = simulated(parse(text));
  const files = [...record.nodes.values(), record.master];
  return files.map(({ events }) => JSON.stringify(events)).join('\n');
};

describe('a fault that never happens', () => {
  test.each(['loss 0 rto 5 cap 100', 'duplicate 0', 'slow 2 factor 1', 'slow 2 plus constant 0'])(
    '%s leaves every event as it is without the line',
    (line) => {
      expect(linesOf(`${plain}\n${line}`)).toBe(linesOf(plain));
    },
  );

  test.each([
    'loss 0.5 rto 5 cap 100',
    'duplicate 0.5',
    'slow 2 factor 2',
    'slow 2 plus constant 5',
    'partition 1 2 | 3-5 from 5 until 50',
    'hold 1 2 from 0 until 50',
    'clog every 20 for 20 cap 100',
  ])('%s does not', (line) => {
    expect(linesOf(`${plain}\n${line}`)).not.toBe(linesOf(plain));
  });
});

test('copies change no value: without them the nodes have the same ones', () => {
  const valuesOf = (text: string) => simulated(parse(text)).run.nodes.map(({ values }) => values);
  let copies = 0;
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('fifo', 'any'), (seed, order) => {
      const text = `${plain.replace('seed 11', `seed ${seed}`)}\norder ${order}`;
      const doubled = simulated(parse(`${text}\nduplicate 0.7`));
      expect(doubled.run.nodes.map(({ values }) => values)).toEqual(valuesOf(text));
      const events = [1, 2, 3, 4, 5].flatMap((node) => eventsOf(doubled, node));
      copies += events.filter(({ kind }) => kind === 'duplicate').length;
    }),
    { numRuns: 40 },
  );
  expect(copies).toBeGreaterThan(100);
});

describe('a partition', () => {
  const inputs = nodeLines([0, 0, 0.5, 1, 1]);
  const text = `f 1\nalgorithm midpoint\ndelay constant 1\ncrash 0\n${inputs}`;
  const cut = `${text}\npartition 1 2 | 4 5 from 0 until 400`;

  test('keeps both sides from a quorum until it is over, and nothing is lost', () => {
    const { run, record } = simulated(parse(cut));
    expect(judge(record)).toMatchObject({ verdict: 'pass' });
    // n − f = 4 values: nobody has them with two of five nodes out of reach.
    expect(run.decideUs).toBeGreaterThanOrEqual(400_000);
  });

  test('stops nobody on a side that is a quorum by itself', () => {
    const small = `${text}\npartition 1 | 2 3 4 5 from 0 until 400`;
    const { record } = simulated(parse(small));
    const ended = (node: number) =>
      record.nodes.get(node)?.events.find((event) => event.kind === 'report' && event.round === 1);
    expect(ended(2)?.t).toBe(1_000);
    expect(ended(1)?.t).toBe(400_000);
  });

  test('that never ends leaves both sides waiting, and the run inconclusive', () => {
    const { record } = simulated(parse(cut.replace('until 400', 'until never')));
    expect(judge(record)).toMatchObject({ verdict: 'inconclusive' });
  });
});

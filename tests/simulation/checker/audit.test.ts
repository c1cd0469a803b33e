/**
 * No oracle is broken by a right run, whatever its config, delays, crashes, links and receive sets; and
 * every oracle does get something to look at.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../../checker/verdict.ts';
import { asVirtual, nodeLines, parse, simulated } from '../simulator/simulated.ts';

const FACTOR = 'slow 2 factor 3';

const choices = fc.record({
  algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
  stop: fc.constantFrom('frozen', 'rounds'),
  order: fc.constantFrom('fifo', 'any'),
  mode: fc.constantFrom('announce', 'silent'),
  delay: fc.constantFrom(
    'delay 0 0',
    'delay 0 20',
    'delay constant 3',
    'delay lognormal 5 1.5 cap 800',
    'delay pareto 1 1.1 cap 900',
  ),
  crash: fc.constantFrom('crash 0', 'crash 0.05', 'crash 0.2 round-end', 'crash 1'),
  network: fc.subarray([
    'hold 1 2 from 3 until 40',
    'partition 1 | 2 3 from 2 until 30',
    FACTOR,
    'slow 1 plus exponential 0 5 cap 50',
    'loss 0.2 rto 3 cap 60 burst 0.5',
    'duplicate 0.3',
    'clog every 30 for 10 cap 40',
  ]),
  isEqual: fc.nat({ max: 5 }).map((draw) => draw === 0),
  seed: fc.nat(),
});

/** A hold that ends, or a receive set of one node and round; at most one of each. */
const scripts = (n: number, f: number): fc.Arbitrary<string[]> =>
  fc
    .record({
      node: fc.integer({ min: 1, max: n }),
      round: fc.nat({ max: 2 }),
      until: fc.nat({ max: 60 }),
      others: fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i + 1),
        { minLength: n, maxLength: n },
      ),
      isHeld: fc.boolean(),
      isUsed: fc.boolean(),
    })
    .map(({ node, round, until, others, isHeld, isUsed }) => {
      const peers = others.filter((id) => id !== node);
      const set = [node, ...peers.slice(0, n - f - 1)].sort((a, b) => a - b);
      return [
        ...(isHeld ? [`hold ${peers[0] ?? 1} ${node} rounds 0-${round} until ${until}`] : []),
        ...(isUsed ? [`use ${node} round ${round} from ${set.join(' ')}`] : []),
      ];
    });

const scenario = fc.integer({ min: 1, max: 3 }).chain((f) =>
  fc.integer({ min: 2 * f + 1, max: 2 * f + 3 }).chain((n) =>
    fc
      .tuple(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: n, maxLength: n }),
        choices,
        scripts(n, f),
      )
      .map(([inputs, choice, script]) => {
        // A receive set names nodes that must live.
        const isUsed = script.some((line) => line.startsWith('use'));
        return [
          `f ${f}`,
          `algorithm ${choice.algorithm}`,
          `stop ${choice.stop}`,
          `order ${choice.order}`,
          `crash-mode ${choice.mode}`,
          choice.delay,
          isUsed ? 'crash 0' : choice.crash,
          `seed ${choice.seed}`,
          'time-limit 1000000 s',
          'patience 900000 s',
          ...script,
          // So many times no delay is no delay, and refused.
          ...choice.network.filter((line) => line !== FACTOR || choice.delay !== 'delay 0 0'),
          nodeLines(choice.isEqual && !isUsed ? inputs.map(() => inputs[0] ?? 0) : spread(inputs)),
        ].join('\n');
      }),
  ),
);

/** Wide enough that three rounds are needed at least. */
const spread = (inputs: readonly number[]): number[] => [-9, 9, ...inputs.slice(2)];

test('every oracle is proved or has nothing to look at, and each is proved sometimes', () => {
  const proved = new Map<string, number>();
  const ledger = new Map<string, number>([
    ['crash', 0],
    ['hold', 0],
    ['use', 0],
    ['partition', 0],
    ['slow', 0],
    ['loss', 0],
    ['duplicate', 0],
    ['clog', 0],
  ]);
  fc.assert(
    fc.property(scenario, (text) => {
      const { oracles, verdict, ledger: entries } = judge(asVirtual(simulated(parse(text)).record));
      const open = oracles.filter(({ state }) => state !== 'proved' && state !== 'not applicable');
      expect({ text, open }).toEqual({ text, open: [] });
      expect(verdict).not.toBe('violated');
      for (const { id, state } of oracles) {
        if (state === 'proved') proved.set(id, (proved.get(id) ?? 0) + 1);
      }
      for (const { fault, status } of entries) {
        if (status === 'fired') ledger.set(fault, (ledger.get(fault) ?? 0) + 1);
      }
    }),
    { numRuns: 120 },
  );
  const ids = Array.from({ length: 30 }, (_, i) => i + 1)
    // These compare several runs, or belong to other algorithms.
    .filter((number) => ![14, 15, 17, 18, 19].includes(number))
    .map((number) => `O${number}`);
  expect(ids.filter((id) => (proved.get(id) ?? 0) === 0)).toEqual([]);
  for (const [fault, fired] of ledger) {
    expect({ fault, isSeen: fired > 5 }).toEqual({ fault, isSeen: true });
  }
});

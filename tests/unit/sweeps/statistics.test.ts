import { describe, expect, test } from '@jest/globals';
import { uniform } from '../../../faults/draw.ts';
import type { Row } from '../../../sweeps/row.ts';
import { bootstrap, mean, median } from '../../../sweeps/bootstrap.ts';
import { cellResult, exitCodeOf, lowerBound } from '../../../sweeps/cell-results.ts';
import { differencesOf } from '../../../sweeps/differences.ts';
import { spreadOf } from '../../../sweeps/simulated.ts';
import type { SweepRequest } from '../../../sweeps/resolve-sweep.ts';
import { sweepResult } from '../../../sweeps/sweep-result.ts';
import { makeRun } from '../../../sweeps/make-run.ts';
import { prepared, rowsOf } from '../../fixtures/sweeps.ts';

const draws = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => uniform(seed, 'delay', 1, 2, i));

describe('bootstrap', () => {
  test('95 of 100 intervals of the mean hold the true mean', () => {
    const held = Array.from({ length: 100 }, (_, seed) => {
      const { low, high } = bootstrap(draws(40, seed), `${seed}`, mean)!;
      return low <= 0.5 && 0.5 <= high;
    }).filter(Boolean).length;
    // Binomial with 100 and about 0.94: four standard deviations below, and never all.
    expect(held).toBeGreaterThan(84);
    expect(held).toBeLessThan(100);
  });

  test('the same sample and key give the same interval, another key another one', () => {
    const sample = draws(30, 3);
    expect(bootstrap(sample, 'a', mean)).toEqual(bootstrap(sample, 'a', mean));
    expect(bootstrap(sample, 'b', mean)).not.toEqual(bootstrap(sample, 'a', mean));
  });

  test('of equal values it is a point, of a single one nothing', () => {
    expect(bootstrap([2, 2, 2], 'k', median, true)).toEqual({ low: 2, high: 2 });
    expect(bootstrap([2], 'k', mean)).toBeNull();
  });

  test('the median of an ordered resample lies between those of the halves', () => {
    const sample = draws(101, 9).sort((a, b) => a - b);
    const { low, high } = bootstrap(sample, 'k', median, true)!;
    expect(low).toBeLessThan(median(sample));
    expect(high).toBeGreaterThan(median(sample));
  });
});

describe('a cell', () => {
  const sweep = prepared(['n=5'], { repeat: 40 });
  const rows = rowsOf(sweep);
  const [cell] = sweep.cells;
  const { config } = makeRun(sweep.source, cell!, 1);

  test('has quantiles, counts and the theory of its own runs', () => {
    const { measures, endings, theory, runs } = cellResult(cell!, rows, config);
    const rounds = rows.map(({ measured }) => measured.rounds!).sort((a, b) => a - b);
    expect(runs).toBe(40);
    expect(endings).toEqual({ pass: 40, violated: 0, inconclusive: 0, failed: 0 });
    expect(measures.rounds).toMatchObject({ count: 40, min: rounds[0], max: rounds[39] });
    expect(measures.rounds!.median).toBe((rounds[19]! + rounds[20]!) / 2);
    expect(measures.rounds!.meanInterval!.low).toBeLessThan(measures.rounds!.mean);
    expect(theory).toMatchObject({ worstCase: 18, timeMostMs: 18 * 20, messagesMost: 20 * 21 });
    const { faults } = config;
    const slow = [{ node: 1, by: { factor: 3 } }];
    const slowed = { ...config, faults: { ...faults, slow } };
    expect(cellResult(cell!, rows, slowed).theory.timeMostMs).toBe(18 * 60);
    const partitions = [{ sets: [[1], [2]], fromMs: 0, untilMs: 5000 }];
    const parted = { ...config, faults: { ...faults, partitions } };
    expect(cellResult(cell!, rows, parted).theory.timeMostMs).toBeNull();
    expect(Math.max(...rounds)).toBeLessThanOrEqual(18);
    expect(measures.cpuMs).toBeNull();
  });

  test('runs that came to no end are counted, and in no quantile', () => {
    const cut: Row = {
      ...rows[0]!,
      ending: 'failed',
      measured: { ...rows[0]!.measured, rounds: null },
    };
    const { measures, endings } = cellResult(cell!, [cut, ...rows.slice(1)], config);
    expect(endings).toEqual({ pass: 39, violated: 0, inconclusive: 0, failed: 1 });
    expect(measures.rounds!.count).toBe(39);
  });
});

describe('no run is above what the theory of its cell says', () => {
  const cellsOf = (vary: readonly string[], set: SweepRequest['set']) => {
    const sweep = prepared(vary, { repeat: 12, inputs: 'uniform 0 1', set });
    const rows = rowsOf(sweep);
    const { cells } = sweepResult({ prepared: sweep, rows, sessions: [] });
    return cells.map((cell) => ({ ...cell, rows: rows.filter((row) => row.cell === cell.cell) }));
  };

  test.each([
    [['stop=rounds']],
    [['stop=rounds', 'rounds=25,40']],
    [['stop=frozen', 'rounds=1,3,40']],
    [['n=3,8', 'f=1', 'delay=0 20,20 20', 'slow=2 factor 3']],
  ])('%j', (vary) => {
    for (const { rows, theory } of cellsOf(vary, {})) {
      for (const { measured } of rows) {
        const { rounds, messages, timeMs } = measured;
        expect(messages).toBeLessThanOrEqual(theory.messagesMost!);
        if (rounds === null) continue;
        expect(rounds).toBeLessThanOrEqual(theory.roundsMost!);
        expect(timeMs).toBeLessThanOrEqual(theory.timeMostMs!);
      }
      expect(rows.some(({ measured }) => measured.rounds !== null)).toBe(true);
    }
  });

  test('and under stop rounds, with the same wait for all and no crash, each is exactly there', () => {
    const set = { crash: ['0'], delay: ['20 20'], stop: ['rounds'], rounds: ['25'] };
    const [cell] = cellsOf(['f=2'], set);
    const { roundsMost, messagesMost, timeMostMs } = cell!.theory;
    expect([roundsMost, messagesMost, timeMostMs]).toEqual([25, 5 * 4 * 26, 25 * 20]);
    for (const { measured } of cell!.rows) {
      const { rounds, messages, timeMs } = measured;
      expect([rounds, messages, timeMs]).toEqual([roundsMost, messagesMost, timeMostMs]);
    }
  });

  test('fast nodes run ahead of slow ones to the last round, and no further', () => {
    const set = {
      crash: ['0'],
      delay: ['1 1'],
      slow: ['1 plus 500 500', '2 plus 500 500'],
      rounds: ['40'],
    };
    const [cell] = cellsOf(['f=2'], set);
    // 0 to 41 of three nodes, and of two some.
    expect(cell!.measures.messages!.min).toBeGreaterThan(3 * 4 * 42);
    expect(cell!.theory.messagesMost).toBe(5 * 4 * 42);
  });
});

describe('the exit code', () => {
  test.each([
    [{ pass: 3, violated: 0, inconclusive: 0, failed: 0 }, 0],
    [{ pass: 3, violated: 1, inconclusive: 2, failed: 1 }, 1],
    [{ pass: 3, violated: 0, inconclusive: 1, failed: 0 }, 2],
    [{ pass: 3, violated: 0, inconclusive: 0, failed: 1 }, 2],
  ])('%j is %d', (counts, code) => {
    expect(exitCodeOf(counts)).toBe(code);
  });
});

describe('the lower bound', () => {
  test.each([
    // 1/(⌈n/f⌉ + 1) a round: 1/4 at n = 3, f = 1; 1/11 at n = 10, f = 1.
    [3, 1, 1, 0.001, 5],
    [10, 1, 1, 0.001, 3],
    [10, 4, 1, 0.001, 5],
    [10, 0, 1, 0.001, 1],
    [10, 1, 0.0005, 0.001, 0],
  ])('n = %d, f = %d, spread %d, ε = %d: %d', (n, f, width, epsilon, rounds) => {
    expect(lowerBound(n, f, width, epsilon)).toBe(rounds);
  });

  test('is never above what the best rule needs at worst', () => {
    const { source, cells } = prepared(['n=3..14', 'f=1..max', 'algorithm=select']);
    for (const cell of cells) {
      const { config } = makeRun(source, cell, 1);
      const width = spreadOf(config.nodes.map(({ input }) => input));
      const bound = lowerBound(cell.n, cell.f!, width, config.epsilon);
      expect(bound).toBeLessThanOrEqual(config.worstCase!);
    }
  });
});

describe('paired differences', () => {
  const sweep = prepared(['n=5,9', 'algorithm=mean,midpoint'], {
    repeat: 30,
    set: { crash: ['0'] },
  });
  const rows = rowsOf(sweep);
  const differences = differencesOf(sweep.source.sweep, sweep.cells, rows);
  const rounds = differences.filter(({ measure }) => measure === 'rounds');

  test('first over all cells, then in each; pairs by repetition', () => {
    expect(rounds.map(({ at, pairs }) => [at, pairs])).toEqual([
      [null, 60],
      [{ n: '5' }, 30],
      [{ n: '9' }, 30],
    ]);
    const numbers = (cell: number): number[] =>
      rows
        .filter((row) => row.cell === cell)
        .sort((a, b) => a.repetition - b.repetition)
        .map(({ measured }) => measured.rounds!);
    const [one, two] = [numbers(1), numbers(2)];
    const expected = two.map((value, index) => value - one[index]!);
    expect(rounds[1]).toMatchObject({
      base: 'mean',
      other: 'midpoint',
      mean: mean(expected),
      below: expected.filter((x) => x < 0).length,
      equal: expected.filter((x) => x === 0).length,
      above: expected.filter((x) => x > 0).length,
    });
  });

  test('an interval around the mean, narrower than without pairs would be possible', () => {
    for (const { mean: centre, interval } of rounds) {
      expect(interval!.low).toBeLessThanOrEqual(centre);
      expect(interval!.high).toBeGreaterThanOrEqual(centre);
    }
    expect(rounds[0]!.mean).toBeLessThan(0);
  });

  test('the interval over all cells is that of the mean shown, also when seeds lack some runs', () => {
    // Of the second half of the seeds only n = 5 ends, and there midpoint needs 20 rounds more.
    const odd = rows.map((row) => {
      const { n, params } = sweep.byId.get(row.cell)!;
      const isLate = row.repetition > 15;
      const late = n === 9 ? null : params['algorithm'] === 'mean' ? 10 : 30;
      return { ...row, measured: { ...row.measured, rounds: isLate ? late : 10 } };
    });
    const [all] = differencesOf(sweep.source.sweep, sweep.cells, odd).filter(
      ({ measure, at }) => measure === 'rounds' && at === null,
    );
    expect(all).toMatchObject({ pairs: 45, mean: 20 / 3 });
    expect(all!.interval!.low).toBeLessThan(20 / 3);
    expect(all!.interval!.high).toBeGreaterThan(20 / 3);
    expect(all!.interval!.high).toBeLessThan(12);
  });

  test('a run without the number leaves its pair out', () => {
    const lacking = rows.map((row) =>
      row.cell === 1 && row.repetition === 4
        ? { ...row, measured: { ...row.measured, rounds: null } }
        : row,
    );
    const [all] = differencesOf(sweep.source.sweep, sweep.cells, lacking);
    expect(all!.pairs).toBe(59);
  });

  test('many values are compared with the first one only', () => {
    const many = prepared(['n=3,4,5,6,7,8', 'f=1'], { repeat: 2, compare: 'n' });
    const found = differencesOf(many.source.sweep, many.cells, rowsOf(many));
    expect(new Set(found.map(({ base }) => base))).toEqual(new Set(['3']));
    expect(new Set(found.map(({ other }) => other)).size).toBe(5);
  });
});

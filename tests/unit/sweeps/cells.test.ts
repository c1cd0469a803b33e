import { describe, expect, test } from '@jest/globals';
import { parseVary } from '../../../sweeps/axis.ts';
import { makeRun } from '../../../sweeps/make-run.ts';
import { planOf } from '../../../simulator/run-summary.ts';
import { prepared } from '../../fixtures/sweeps.ts';

describe('cells', () => {
  test('are the product, in order, the last name fastest', () => {
    const { cells } = prepared(['n=5,7', 'algorithm=mean,select']);
    expect(cells.map(({ id, params }) => [id, params['n'], params['algorithm']])).toEqual([
      [1, '5', 'mean'],
      [2, '5', 'select'],
      [3, '7', 'mean'],
      [4, '7', 'select'],
    ]);
  });

  test('that are not legal are skipped with the reason, and have no runs', () => {
    const { cells, tasks } = prepared(['n=3..6', 'f=1,2'], { repeat: 2 });
    const skipped = cells.filter((cell) => cell.skipped !== null);
    expect(skipped.map(({ params, skipped: why }) => [params['n'], params['f'], why])).toEqual([
      ['3', '2', 'n = 3 is too small for f = 2 (asynchronous crash faults: n > 2f)'],
      ['4', '2', 'n = 4 is too small for f = 2 (asynchronous crash faults: n > 2f)'],
    ]);
    expect(tasks).toHaveLength(6 * 2);
    expect(tasks.map(({ cell }) => cell)).not.toContain(skipped[0]!.id);
  });

  test('max is the largest f of each n; a cell that is there already is skipped', () => {
    const { cells } = prepared(['n=3,5,8', 'f=1,max']);
    expect(cells.map(({ n, f, skipped }) => [n, f, skipped])).toEqual([
      [3, 1, null],
      [3, 1, 'the same as cell 1'],
      [5, 1, null],
      [5, 2, null],
      [8, 1, null],
      [8, 3, null],
    ]);
  });

  test('1..max is every legal f', () => {
    const { cells } = prepared(['n=3..12', 'f=1..max']);
    expect(cells).toHaveLength(30);
    for (const { n, f, skipped } of cells) {
      expect(skipped).toBeNull();
      expect(n).toBeGreaterThan(2 * f!);
    }
  });

  test('f max may also be set for all cells', () => {
    const { cells } = prepared(['n=3,7'], { set: { f: ['max'] } });
    expect(cells.map(({ n, f }) => [n, f])).toEqual([
      [3, 1],
      [7, 3],
    ]);
  });

  test('blocks are products of their own', () => {
    const blocks = [
      ['n=3,4', 'f=1'],
      ['n=10', 'f=2,3'],
    ].map((axes) => axes.map(parseVary));
    expect(prepared([], { blocks }).cells.map(({ n, f }) => [n, f])).toEqual([
      [3, 1],
      [4, 1],
      [10, 2],
      [10, 3],
    ]);
    const uneven = [['n=3,4'], ['n=10', 'f=2']].map((axes) => axes.map(parseVary));
    expect(() => prepared([], { blocks: uneven })).toThrow('block 2 of vary has f, n');
  });

  test('a sweep of which no cell can be run is refused with the reason', () => {
    expect(() => prepared(['n=3,4'])).toThrow('n = 3 is too small for f = 2');
    expect(() =>
      prepared([
        'n=3..200',
        'epsilon=' +
          Array(600)
            .fill(0)
            .map((_, i) => i + 1)
            .join(','),
      ]),
    ).toThrow('118800 cells are too many');
  });

  test('repetitions go over all cells before the next one begins', () => {
    const { tasks } = prepared(['f=1,2'], { repeat: 2 });
    expect(tasks.map(({ cell, repetition }) => [repetition, cell])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
  });
});

describe('the same faults for all that is compared', () => {
  test('same seed, plan and inputs under every algorithm, however long the plan reaches', () => {
    const { source, cells } = prepared(['algorithm=mean,midpoint,select', 'n=5,9'], {
      inputs: 'uniform 0 1',
      set: { crash: ['0.1'] },
    });
    let crashes = 0;
    for (let repetition = 1; repetition <= 40; repetition += 1) {
      for (const n of [5, 9]) {
        const runs = cells
          .filter((cell) => cell.n === n)
          .map((cell) => makeRun(source, cell, repetition).config);
        expect(new Set(runs.map(({ seed }) => seed))).toEqual(new Set([repetition]));
        expect(new Set(runs.map(({ nodes }) => JSON.stringify(nodes))).size).toBe(1);
        const common = Math.min(...runs.map(({ lastRound }) => lastRound));
        const plans = runs.map((config) =>
          planOf(config).crashes.filter(({ round }) => round <= common),
        );
        expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(1);
        crashes += plans[0]!.length;
      }
    }
    expect(crashes).toBeGreaterThan(40);
  });

  test('another repetition meets other faults and has other inputs', () => {
    const { source, cells } = prepared([], { inputs: 'uniform' });
    const [one, two] = [1, 2].map((repetition) => makeRun(source, cells[0]!, repetition).config);
    expect(one!.nodes).not.toEqual(two!.nodes);
    expect(planOf(one!)).not.toEqual(planOf(two!));
  });
});

import { describe, expect, test } from '@jest/globals';
import { dimensionsOf, defaultLayout, groupsOf, layoutFor } from '../../../report/sweep-view.ts';
import { sweepResult } from '../../../sweeps/sweep-result.ts';
import { prepared } from '../../fixtures/sweeps.ts';

const result = (vary: readonly string[]) =>
  sweepResult({ prepared: prepared(vary, { repeat: 1 }), rows: [], sessions: [] });

describe('the layout of a sweep', () => {
  test('n along the axis, colours for what is compared, the rest as small multiples', () => {
    const sweep = result(['f=1,2', 'algorithm=mean,select', 'n=9,5,10']);
    expect(defaultLayout(sweep)).toEqual({ x: 'n', colour: 'algorithm', facet: 'f', fixed: {} });
    expect(dimensionsOf(sweep).find(({ name }) => name === 'n')?.values).toEqual(['5', '9', '10']);
  });

  test('what takes one value only has no place', () => {
    expect(defaultLayout(result(['n=5', 'algorithm=mean,select']))).toEqual({
      x: 'algorithm',
      colour: null,
      facet: null,
      fixed: {},
    });
    expect(defaultLayout(result([]))).toEqual({ x: null, colour: null, facet: null, fixed: {} });
  });

  test('a fourth name is looked at one value at a time', () => {
    const sweep = result(['n=5,7', 'f=1,2', 'algorithm=mean,select', 'delay=0 20,0 5']);
    const layout = defaultLayout(sweep);
    expect(layout.fixed).toEqual({ delay: '0 20' });
    const groups = groupsOf(sweep, layout);
    expect(groups).toHaveLength(4);
    const cells = groups.flatMap((group) => group.cells.map(({ result: cell }) => cell));
    expect(cells).toHaveLength(8);
    expect(new Set(cells.map(({ params }) => params['delay']))).toEqual(new Set(['0 20']));
  });

  test('every name has one place, whatever is wished', () => {
    const dimensions = dimensionsOf(result(['n=5,7', 'f=1,2', 'algorithm=mean,select']));
    const wished = layoutFor(dimensions, { x: 'f', colour: 'f', facet: 'nothing' });
    expect([wished.x, wished.colour, wished.facet].sort()).toEqual(['algorithm', 'f', 'n']);
  });

  test('skipped cells are in no group', () => {
    const sweep = result(['n=3,5', 'f=1,2']);
    const cells = groupsOf(sweep, defaultLayout(sweep)).flatMap((group) => group.cells);
    expect(cells.map(({ result: cell }) => [cell.n, cell.f])).toEqual([
      [3, 1],
      [5, 1],
      [5, 2],
    ]);
  });
});

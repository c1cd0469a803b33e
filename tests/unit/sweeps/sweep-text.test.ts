import { describe, expect, test } from '@jest/globals';
import { parseVary } from '../../../sweeps/axis.ts';
import { sweepResult } from '../../../sweeps/sweep-result.ts';
import { sweepText } from '../../../sweeps/sweep-text.ts';
import { prepared, rowsOf } from '../../fixtures/sweeps.ts';

function textOf(...blocks: readonly (readonly string[])[]): string {
  const asked = {
    repeat: 4,
    set: { crash: ['0'] },
    blocks: blocks.map((axes) => axes.map(parseVary)),
  };
  const sweep = prepared([], asked);
  const result = sweepResult({ prepared: sweep, rows: rowsOf(sweep), sessions: [] });
  return sweepText(result, (text) => text);
}

/** Of the rounds, a line for each pair of values. */
const pairs = (text: string): string[] =>
  text.split('\n').flatMap((line) => /(\S+ − \S+( \(.*\))?) +rounds /.exec(line)?.[1] ?? []);

describe('paired differences in the summary', () => {
  test.each([
    ['over several cells', ['n=5,7'], ''],
    ['of nothing but what is compared', [], ''],
    ['of the only value of something else', ['n=5'], ' (n = 5)'],
    ['of the only cells that can be run', ['n=4,5', 'f=2'], ' (n = 5, f = 2)'],
  ])('%s', (_, others, where) => {
    const text = textOf([...others, 'algorithm=mean,midpoint']);
    expect(text).toContain('paired differences: same seed, same faults');
    expect(pairs(text)).toEqual([`midpoint − mean${where}`]);
  });

  test('are over all cells where a pair met in several, and say where if it was in one', () => {
    const text = textOf(
      ['n=5', 'algorithm=mean,midpoint'],
      ['n=7', 'algorithm=mean,midpoint,select'],
    );
    expect(pairs(text)).toEqual([
      'midpoint − mean',
      'select − mean (n = 7)',
      'select − midpoint (n = 7)',
    ]);
  });

  test('are none where nothing is compared', () => {
    expect(textOf([])).not.toContain('paired');
  });
});

import { describe, expect, test } from '@jest/globals';
import { userCode } from '../../../agreement/algorithm-error.ts';
import { asAlgorithm } from '../../../agreement/user-algorithm.ts';
import { parseConfig } from '../../../configs/load.ts';
import { runSeed } from '../../../simulator/run-summary.ts';

const text = ['algorithm ./my.ts', 'f 1', 'crash 0', 'delay 0 5', 'rounds 40']
  .concat([0, 0.5, 1].map((input, i) => `node ${i + 1} ${input} 127.0.0.1 0`))
  .join('\n');

/** As a config that names a file of the user's is resolved; what the file holds is given here. */
function summaryOf(rule: object) {
  const code = userCode('my.ts', () => null);
  const algorithm = asAlgorithm({ rule }, code);
  const own = { algorithm, hash: 'a'.repeat(64) };
  return runSeed(parseConfig({ name: 'test.txt', text, drawSeed: () => 1, own }), algorithm, 1);
}

const between = (sorted: Float64Array, part: number): number => {
  const [low = 0, high = low] = [sorted[0], sorted.at(-1)];
  return low + (high - low) * part;
};

describe('one run of many, of an algorithm of the user', () => {
  test('passes when it keeps what it promises', () => {
    const half = (sorted: Float64Array): number => between(sorted, 0.5);
    expect(summaryOf({ name: 'half', update: half })).toMatchObject({ verdict: 'pass' });
  });

  test('is judged by the checker: one that draws its values cannot be replayed', () => {
    const drawn = (sorted: Float64Array): number => between(sorted, Math.random());
    const { verdict, reason } = summaryOf({ name: 'chance', update: drawn });
    expect(verdict).toBe('inconclusive');
    expect(reason).toMatch(/replay|effects|again/);
  });

  test('… and so is one that claims to contract faster than it does', () => {
    const half = (sorted: Float64Array): number => between(sorted, 0.5);
    const contraction = (): object => ({ numerator: 1, denominator: 100 });
    const { verdict } = summaryOf({ name: 'boast', update: half, contraction });
    expect(verdict).toBe('inconclusive');
  });
});

import { describe, expect, test } from '@jest/globals';
import { AlgorithmError, userCode } from '../../../agreement/algorithm-error.ts';
import { asAlgorithm } from '../../../agreement/user-algorithm.ts';
import { configDigest } from '../../../record/config-digest.ts';
import { ownAlgorithmIn } from '../../../configs/own-algorithm.ts';
import type { OwnAlgorithm } from '../../../configs/own-algorithm.ts';
import { legalText, parseWith, problemsWith } from './config.fixture.ts';

const code = userCode('./my.ts', () => null);

const own = (exported: object, hash = 'a1'): OwnAlgorithm => ({
  algorithm: asAlgorithm({ rule: { update: (s: number[]) => s[0], ...exported } }, code),
  hash,
});

const half = { contraction: () => ({ numerator: 1, denominator: 2 }) };

describe('the file that a config names', () => {
  const named = (text: string, flags = {}) => ownAlgorithmIn('x.txt', text, flags);

  test.each(['./my.ts', '../rules/my.js', '/rules/my.mts', 'my.ts', 'rules/my'])(
    'is %s',
    (path) => {
      expect(named(`algorithm ${path}`)).toEqual({ path, from: 'config' });
    },
  );

  test.each(['mean', 'midpoint', 'median', ''])('is none for "algorithm %s"', (name) => {
    expect(named(`algorithm ${name}`)).toBeNull();
  });

  test('is that of the flag when there is one', () => {
    const flag = { algorithm: './other.ts' };
    expect(named('algorithm ./my.ts', flag)).toEqual({ path: './other.ts', from: 'flag' });
    expect(named(legalText, flag)).toEqual({ path: './other.ts', from: 'flag' });
    expect(named('algorithm ./my.ts', { algorithm: 'mean' })).toBeNull();
  });

  test('is none in a text that cannot be read', () => {
    expect(named('algorithm\nalgorithm ./my.ts ./other.ts')).toBeNull();
    expect(named('1 2 3\nrubbish')).toBeNull();
  });
});

describe('a config with an algorithm of the user', () => {
  test('says its path and its hash; a built-in one has none', () => {
    const config = parseWith('algorithm ./my.ts', { own: own(half) });
    expect(config).toMatchObject({ algorithm: './my.ts', algorithmHash: 'a1', worstCase: 10 });
    expect(parseWith('').algorithmHash).toBeNull();
  });

  test('has the digest of its content, wherever the file lies', () => {
    const digest = (path: string, hash: string): string =>
      configDigest(parseWith(`algorithm ${path}`, { own: own(half, hash) }));
    expect(digest('./my.ts', 'a1')).toBe(digest('../there/mine.ts', 'a1'));
    expect(digest('./my.ts', 'a1')).not.toBe(digest('./my.ts', 'b2'));
    const builtIn = (name: string): string => configDigest(parseWith(`algorithm ${name}`));
    expect(builtIn('mean')).not.toBe(builtIn('midpoint'));
  });

  test('needs rounds when nothing is proven', () => {
    expect(problemsWith('algorithm ./my.ts', { own: own({}) })).toEqual([
      'x.txt: nothing is proven about ./my.ts with n = 5, f = 2; expected a number of rounds; ' +
        'add a line like "rounds 40", or a contraction to your file',
    ]);
    const config = parseWith('algorithm ./my.ts\nrounds 40', { own: own({}) });
    expect(config).toMatchObject({ worstCase: null, rounds: 40, lastRound: 41 });
  });

  test('needs as many nodes as its resilience says', () => {
    const resilience = { model: 'lying', factor: 3 };
    const [problem] = problemsWith('algorithm ./my.ts', { own: own({ ...half, resilience }) });
    expect(problem).toMatch(
      'n = 5 is too small for f = 2 (lying faults: n > 3f); expected at least 7',
    );
  });

  test('tells what is wrong with the file at the line that names it, beside all other problems', () => {
    const trouble = new AlgorithmError('./my.ts', 'exports nothing', 'a rule', 'write one');
    expect(problemsWith('algorithm ./my.ts\ndelay 9 1', { own: trouble })).toEqual([
      'x.txt:8: algorithm ./my.ts: exports nothing; expected a rule; write one',
      expect.stringMatching(/^x\.txt:9: the delay goes from 9 ms to 1 ms/),
    ]);
    const byFlag = problemsWith('', { own: trouble, flags: { algorithm: './my.ts' } });
    expect(byFlag[0]).toMatch(/^--algorithm: algorithm \.\/my\.ts: exports nothing/);
  });

  test('tells when its contraction fails', () => {
    const broken = own({
      contraction() {
        throw new Error('oops');
      },
    });
    expect(problemsWith('algorithm ./my.ts', { own: broken })).toEqual([
      'x.txt:8: algorithm ./my.ts: contraction(5, 2) threw Error: oops; expected that it never throws; correct the file',
    ]);
  });

  test('is not run by somebody who has not loaded it', () => {
    expect(problemsWith('algorithm ./my.ts')).toEqual([
      'x.txt:8: algorithm ./my.ts has not been loaded; expected mean, midpoint, select; only a command that runs it can load a file',
    ]);
  });

  test('is not confused with a mistyped name', () => {
    const [problem] = problemsWith('algorithm bubblesort');
    expect(problem).toMatch('use one of these, or a file of your own like ./my-rule.ts');
  });
});

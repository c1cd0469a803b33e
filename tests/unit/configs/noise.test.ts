/** Property tests: what must not matter does not, and no text breaks the parser. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError } from '../../../configs/config-error.ts';
import type { Problem } from '../../../configs/config-error.ts';
import { keywords } from '../../../configs/grammar.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import { parse } from './config.fixture.ts';

const lines = [
  'f 2',
  'seed 7',
  'algorithm select',
  'delay lognormal 5 0.5 cap 100 ms',
  'crash 0.1 per-round',
  'crash 3 round 1 reaching 1 2',
  'crash 2 round 0 after 1',
  'hold 4 1 rounds 0-5 until 300',
  'hold 4 2 rounds 1 until never',
  'candidates 1 2 3',
  'master 127.0.0.1 9000',
  ...[1, 2, 3, 4, 5].map((id) => `node ${id} 0.${id} 127.0.0.1 ${9000 + id}`),
];

const space = fc.stringMatching(/^[ \t]{1,3}$/);
const margin = fc.stringMatching(/^[ \t]{0,2}$/);
const comment = fc.oneof(fc.constant(''), fc.string().map(asComment));
const lineEnd = fc.constantFrom('\n', '\r\n');
const emptyLines = fc.array(
  fc.tuple(margin, comment, lineEnd).map((parts) => parts.join('')),
  {
    maxLength: 2,
  },
);

function asComment(text: string): string {
  return `#${text.replace(/[\r\n]/g, ' ')}`;
}

const noisyLine = (line: string) =>
  fc
    .tuple(emptyLines, margin, space, margin, comment, lineEnd)
    .map(([before, left, gap, right, said, end]) =>
      [...before, left, line.split(' ').join(gap), right, said, end].join(''),
    );

const noisyText = fc
  .shuffledSubarray(lines, { minLength: lines.length })
  .chain((shuffled) => fc.tuple(...shuffled.map(noisyLine)))
  .map((noisy) => noisy.join(''));

const outcome = (text: string): RunConfig | readonly Problem[] => {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('properties', () => {
  test('spaces, line ends, comments, blank lines and the order of lines change nothing', () => {
    const expected = parse(lines.join('\n'));
    fc.assert(
      fc.property(noisyText, (text) => {
        expect(parse(text)).toEqual(expected);
      }),
    );
  });

  test('a random text gives a config or a ConfigError, nothing else', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string());
    fc.assert(
      fc.property(text, (garbage) => {
        const result = outcome(garbage);
        expect(Array.isArray(result) && result.length > 0).toBe(true);
      }),
    );
  });

  const word = fc.oneof(
    fc.constantFrom(...keywords, ...lines.join(' ').split(' ')),
    fc.constantFrom('-1', '0', '1e999', '1e-320', '9007199254740993', '0-5', 's', '…', '__proto__'),
    fc.double().map(String),
  );
  const sentence = fc
    .tuple(fc.constantFrom(...keywords, '1', '0'), fc.array(word, { maxLength: 7 }))
    .map(([keyword, rest]) => [keyword, ...rest].join(' '));

  test('random words of the grammar give a config or problems that are whole', () => {
    const text = fc.tuple(
      fc.subarray(lines),
      fc.array(fc.oneof(sentence, fc.constantFrom('0 0 0', 'localhost 5')), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(text, ([legal, random]) => {
        const result = outcome([...random, ...legal].join('\n'));
        for (const problem of 'version' in result ? [] : result) {
          expect(problem.file).toBe('x.txt');
          expect(problem.what).not.toBe('');
          expect(problem.expected).not.toBe('');
          expect(problem.remedy).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('sometimes random words on top of legal lines are still a config', () => {
    const results = fc
      .sample(sentence, { numRuns: 300, seed: 1 })
      .map((line) => outcome(`${lines.join('\n')}\n${line}`));
    expect(results.some((result) => !Array.isArray(result))).toBe(true);
    expect(results.some((result) => Array.isArray(result))).toBe(true);
  });
});

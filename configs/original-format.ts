/**
 * The format of the project that this one grew from. It is recognised by its first line:
 *
 *     minDelayMs maxDelayMs f
 *     IP port                      the master's
 *     ID input IP port             one line per node
 *
 * Each of these lines says the same as a line of ours and is translated to it. Comments and our
 * keyword lines may stand among them.
 */
import type { Place } from './config-error.ts';
import { keywords } from './grammar.ts';
import { isNumber } from './match-form.ts';
import { readLine } from './read-line.ts';
import type { Parsed } from './read-line.ts';

/** `words`: of the first line that is not empty. */
export const isOriginalFormat = (words: readonly string[]): boolean =>
  words.length === 3 && words.every(isNumber);

export function readOriginalLine(words: readonly string[], index: number, place: Place): Parsed {
  const [first = '', ...rest] = words;
  if (index === 0) return readHeader(words, place);
  if (isNumber(first)) {
    return readLine('node', words, place, 'file', () => 'ID input IP port');
  }
  if (index === 1 && !keywords.includes(first)) {
    return readLine('master', words, place, 'file', () => 'IP port');
  }
  return readLine(first, rest, place, 'file');
}

function readHeader([min = '', max = '', f = '']: readonly string[], place: Place): Parsed {
  const header = () => 'minDelayMs maxDelayMs f';
  const delay = readLine('delay', [min, max], place, 'file', header);
  const faults = readLine('f', [f], place, 'file', header);
  return {
    statements: [...delay.statements, ...faults.statements],
    problems: [...delay.problems, ...faults.problems],
  };
}

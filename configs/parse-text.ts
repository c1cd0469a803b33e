/** The text of a config → its statements with their lines. Nothing stops at the first problem. */
import type { Problem } from './config-error.ts';
import { isOriginalFormat, readOriginalLine } from './original-format.ts';
import { readLine } from './read-line.ts';
import type { Parsed, Statement } from './read-line.ts';

/** `file`: as problems should name it. Throws nothing: any text gives statements and problems. */
export function parseText(file: string, text: string): Parsed {
  const lines = wordsByLine(text);
  const original = isOriginalFormat(lines[0]?.words ?? []);
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  for (const [index, { words, line }] of lines.entries()) {
    const [keyword = '', ...rest] = words;
    const place = { file, line };
    const parsed = original
      ? readOriginalLine(words, index, place)
      : readLine(keyword, rest, place, 'file');
    statements.push(...parsed.statements);
    problems.push(...parsed.problems);
  }
  return { statements, problems };
}

/** Words are split at any white space; a # starts a comment wherever it stands. */
export const wordsOf = (line: string): string[] =>
  line
    .replace(/#.*$/s, '')
    .split(/\s+/)
    .filter((word) => word !== '');

/** Lines that say something. A byte order mark is white space to `\s`. */
function wordsByLine(text: string): { words: string[]; line: number }[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ words: wordsOf(line), line: index + 1 }))
    .filter(({ words }) => words.length > 0);
}

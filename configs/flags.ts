/** Flags say what lines say, and replace them. */
import { entriesOf } from './grammar.ts';
import type { StatementName } from './grammar.ts';
import { wordsOf } from './parse-text.ts';
import { readLine } from './read-line.ts';
import type { Parsed, Statement } from './read-line.ts';

/**
 * Keyword → the rest of its line, or one text per line for keywords that repeat. An empty array
 * takes the file's lines away.
 */
export type Flags = Readonly<Record<string, string | readonly string[]>>;

/** Problems are located at the flag, for example `--f`. */
export function parseFlags(flags: Flags): Parsed {
  const parsed = Object.entries(flags).flatMap(([keyword, texts]) =>
    [texts].flat().map((text) => readLine(keyword, wordsOf(text), flagPlace(keyword), 'flag')),
  );
  return {
    statements: parsed.flatMap(({ statements }) => statements),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

const flagPlace = (keyword: string) => ({ file: `--${keyword}`, line: null });

/** A scripted fault on the command line adds to those of the file: it is one more experiment. */
const adding: readonly StatementName[] = [
  'crash-script',
  'hold-by-time',
  'partition',
  'kill',
  'pause',
];

/** The file's statements without those that a flag replaces, then the flags'. */
export function applyFlags(
  ofFile: readonly Statement[],
  ofFlags: readonly Statement[],
  flags: Flags,
): Statement[] {
  const replaced = new Set<StatementName>(ofFlags.map(({ name }) => name));
  for (const name of adding) replaced.delete(name);
  for (const [keyword, texts] of Object.entries(flags)) {
    if (Array.isArray(texts) && texts.length === 0) {
      for (const { statement } of entriesOf(keyword)) replaced.add(statement);
    }
  }
  return [...ofFile.filter(({ name }) => !replaced.has(name)), ...ofFlags];
}

/** As words of a command line. */
export const flagWords = (flags: Flags): string[] =>
  Object.entries(flags).flatMap(([keyword, texts]) =>
    [texts].flat().flatMap((text) => [`--${keyword}`, text]),
  );

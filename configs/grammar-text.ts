/** The grammar as people read it: the help of a flag, and the table of docs/config.md. */
import { entries, entriesOf } from './grammar.ts';
import type { Entry } from './entry.ts';

/** One line for `--help`; `keyword` is also the flag's name. */
export function flagHelp(keyword: string): string {
  return entriesOf(keyword)
    .map((entry) => `${entry.forms.join(' or ')}: ${entry.meaning} [${withoutLine(entry)}]`)
    .join(' Or ');
}

/** Markdown. One row per entry. */
export function grammarTable(): string {
  const rows = entries.map((entry: Entry) => [
    `\`${entry.keyword}\`${entry.use === 'list' ? ' (any number)' : ''}`,
    entry.forms.map((form) => `\`${form}\``).join('<br>'),
    entry.meaning,
    withoutLine(entry),
    entry.unit,
    `\`${entry.example}\``,
  ]);
  const head = ['keyword', 'forms', 'meaning', 'without it', 'unit', 'example'];
  return [head, head.map(() => '---'), ...rows].map(tableRow).join('\n');
}

const withoutLine = (entry: Entry): string => entry.default ?? entry.otherwise;

/** A bar inside a cell would end it, even inside code. */
const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

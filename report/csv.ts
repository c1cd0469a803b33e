/** Comma-separated values as in RFC 4180, with \n for line ends. */

export type Cell = string | number | boolean | null;

export interface Table {
  /** For file names: lower case, hyphens. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** Lines with their line ends. An unknown cell is empty. */
export function* csvLines({ columns, rows }: Table): Generator<string> {
  yield `${columns.map(quoted).join(',')}\n`;
  for (const row of rows) yield `${row.map(quoted).join(',')}\n`;
}

export const csvOf = (table: Table): string => [...csvLines(table)].join('');

function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values as in RFC 4180, with \n for line ends. */

export type Cell = string | number | boolean | null;

export interface Table {
  /** For file names: lower case, hyphens. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** An unknown cell is empty. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns.map(quoted).join(',')];
  for (const row of rows) lines.push(row.map(quoted).join(','));
  return `${lines.join('\n')}\n`;
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

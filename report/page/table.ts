/** Tables for the eye and for screen readers: the first rows here, all of them as CSV. */
import type { Cell, Table } from '../csv.ts';
import { element } from './element.ts';

const ROWS_SHOWN_MAX = 200;

export function tableElement(table: Table, caption: string): HTMLElement {
  const head = element(
    'tr',
    {},
    ...table.columns.map((name) => element('th', { scope: 'col' }, name)),
  );
  const body = element('tbody');
  let count = 0;
  for (const row of table.rows) {
    count += 1;
    if (count <= ROWS_SHOWN_MAX) body.append(element('tr', {}, ...row.map(cell)));
  }
  const rest = count - ROWS_SHOWN_MAX;
  const text =
    rest > 0
      ? `${caption} The first ${ROWS_SHOWN_MAX} of ${count} rows; the CSV has all.`
      : caption;
  const made = element('table', {}, element('caption', {}, text), element('thead', {}, head), body);
  return element(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    made,
  );
}

function cell(value: Cell): HTMLElement {
  if (typeof value === 'number') return element('td', { class: 'number' }, String(value));
  return element('td', {}, value === null ? '' : String(value));
}

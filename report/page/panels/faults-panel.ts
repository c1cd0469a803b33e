/** What was planned to go wrong and what did: the ledger of result.json. */
import type { LedgerEntry, LedgerStatus } from '../../../record/result.ts';
import { faultsTable } from '../../tables/faults.ts';
import { element } from '../element.ts';
import { createFrame } from '../panel.ts';
import type { Panel } from '../panel.ts';
import type { View } from '../../view.ts';

const SIGNS: Readonly<Record<LedgerStatus, string>> = {
  fired: '✓',
  'not reached': '·',
  skipped: '–',
  missed: '!',
  unplanned: '!',
};

/** `tag` tells two of them on one page apart. */
export function createFaultsPanel(tag = ''): Panel {
  let view: View | null = null;
  const frame = createFrame({
    id: `faults${tag}`,
    title: 'Faults: planned against observed',
    what:
      'Fired: it happened as planned, which the peers’ records confirm. Not reached: the run was over ' +
      'before. Skipped: drawn, but over the budget of f. Missed: it should have happened and did not. ' +
      'Unplanned: a death that nobody had planned.',
    table: () => view && faultsTable(view),
  });
  return {
    element: frame.element,
    show(next) {
      view = next;
      const { result } = next.data;
      frame.after.replaceChildren(result === null ? waiting() : ledger(result.ledger));
      frame.refresh();
    },
  };
}

const waiting = (): HTMLElement =>
  element('p', { class: 'note' }, 'Plan and reality are compared when the run has ended.');

function ledger(entries: readonly LedgerEntry[]): HTMLElement {
  if (entries.length === 0) return element('p', {}, 'None planned, none happened.');
  const rows = entries.map(({ fault, origin, status, sentence }) =>
    element(
      'tr',
      { class: status.replace(' ', '-') },
      element(
        'td',
        { class: 'status' },
        element('span', { 'aria-hidden': 'true' }, SIGNS[status]),
        status,
      ),
      element('td', {}, fault),
      element('td', {}, origin === 'none' ? '' : origin),
      element('td', {}, sentence),
    ),
  );
  const names = ['status', 'fault', 'origin', 'what happened'];
  const head = element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)));
  const table = element(
    'table',
    { class: 'ledger' },
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
  const label = 'Ledger of faults';
  return element(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': label },
    table,
  );
}

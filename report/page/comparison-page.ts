/** Two runs beside each other, and the first step in which they part. */
import type { Table } from '../csv.ts';
import type { ComparedRun, Comparison, PageDocument } from '../page-data.ts';
import { element } from './element.ts';
import { bar } from './header.ts';
import { createFrame, setRunName } from './panel.ts';
import { createFaultsPanel } from './panels/faults-panel.ts';
import { createHeardPanel } from './panels/heard-panel.ts';
import { createSpreadPanel } from './panels/spread-panel.ts';
import { createValuesPanel } from './panels/values-panel.ts';
import { createVerdictPanel } from './panels/verdict-panel.ts';
import { tableElement } from './table.ts';
import { viewOf } from '../view.ts';

type ComparisonDocument = Extract<PageDocument, { kind: 'comparison' }>;

export function createComparisonPage({ left, right, comparison }: ComparisonDocument): HTMLElement {
  document.title = 'Two runs compared · Within';
  setRunName('comparison');
  const head = bar(
    element('h1', {}, 'Two runs compared'),
    element('span', { class: 'brief' }, `A: ${left.name} · B: ${right.name}`),
  );
  const sides = element('div', { class: 'sides' }, sideOf('A', left), sideOf('B', right));
  return element('div', {}, head, element('main', {}, firstDifference(comparison), sides));
}

function firstDifference({ first, settings, rounds }: Comparison): HTMLElement {
  const sentence =
    first === null
      ? 'Step by step the two runs are the same: every node used the same quorums and got the same values.'
      : first.sentence;
  const frame = createFrame({
    id: 'difference',
    title: 'First logical difference',
    what:
      'By round, then by node: the first step in which a node used the values of other nodes, or got ' +
      'another value. What comes after it may follow from it.',
    isWide: true,
  });
  const counts = tableElement(roundTable(rounds), 'How many nodes differ, by round.');
  frame.after.append(
    element('p', { class: 'difference', 'data-kind': first?.kind ?? 'none' }, sentence),
    element('div', { class: 'row' }, counts, otherSettings(settings)),
  );
  return frame.element;
}

function otherSettings(settings: Comparison['settings']): HTMLElement {
  if (settings.length === 0) {
    const same = 'Both runs have the same settings and seed: the same plan, the same delays.';
    return element('p', { class: 'note' }, same);
  }
  const rows = settings.map(({ name, left, right }) => [name, left, right]);
  const table = { name: 'settings', columns: ['setting', 'A', 'B'], rows };
  return tableElement(table, 'Settings that differ.');
}

const roundTable = (rounds: Comparison['rounds']): Table => ({
  name: 'differences',
  columns: ['round', 'nodes in both', 'in one run only', 'other quorum', 'other value'],
  rows: rounds.map((step) => [
    step.round,
    step.inBoth,
    step.inOne,
    step.otherQuorum,
    step.otherValue,
  ]),
});

function sideOf(name: 'A' | 'B', { name: place, data }: ComparedRun): HTMLElement {
  const verdict = createVerdictPanel();
  const panels = [createValuesPanel, createSpreadPanel, createHeardPanel, createFaultsPanel].map(
    (create) => create(`-${name.toLowerCase()}`),
  );
  const view = viewOf(data);
  verdict.show(view);
  for (const panel of panels) panel.show(view);
  return element(
    'section',
    { class: 'side', 'aria-label': `Run ${name}` },
    element('h2', { class: 'side-name' }, `${name}: ${place}`),
    verdict.element,
    ...panels.map((panel) => panel.element),
  );
}

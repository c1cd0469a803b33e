/** The frame of every panel: a title, the sentence that defines what is seen, and how to take it away. */
import { csvOf } from '../csv.ts';
import type { Table } from '../csv.ts';
import type { Chart } from './charts.ts';
import { download, plainName } from './download.ts';
import { button, element } from './element.ts';
import { tableElement } from './table.ts';
import type { View } from '../view.ts';

/** `show` may be called again with newer data: a live page does so. */
export interface Panel {
  readonly element: HTMLElement;
  show(view: View): void;
}

export interface FrameOptions {
  readonly id: string;
  readonly title: string;
  /** One sentence: what exactly is shown. */
  readonly what: string;
  readonly chart?: Chart;
  /** The same numbers as a table; made when somebody asks for it. */
  readonly table?: () => Table | null;
  readonly isWide?: boolean;
}

export interface Frame {
  readonly element: HTMLElement;
  /** Between definition and plot. */
  readonly controls: HTMLElement;
  /** Below the plot. */
  readonly after: HTMLElement;
  /** After new data: an open table is made again. */
  refresh(): void;
}

/** Files are named after the run. */
let runName = 'run';

export function setRunName(name: string): void {
  runName = plainName(name);
}

export function createFrame(options: FrameOptions): Frame {
  const { id, title, what, chart, table, isWide = false } = options;
  const actions = element('div', { class: 'actions' });
  const controls = element('div', { class: 'controls' });
  const after = element('div', { class: 'after' });
  const titleId = `${id}-title`;
  const made = element(
    'section',
    { class: isWide ? 'panel wide' : 'panel', id, 'aria-labelledby': titleId },
    element('div', { class: 'panel-head' }, element('h2', { id: titleId }, title), actions),
    element('p', { class: 'what' }, what),
    controls,
  );
  if (chart !== undefined) {
    made.append(chart.element);
    addChartActions(actions, title, chart);
  }
  made.append(after);
  const shown = table === undefined ? null : addTable(made, actions, title, table);
  return {
    element: made,
    controls,
    after,
    refresh() {
      shown?.();
    },
  };
}

function addChartActions(actions: HTMLElement, title: string, chart: Chart): void {
  const name = (ending: string): string => `${runName}-${chart.name}.${ending}`;
  actions.append(
    button('SVG', { 'aria-label': `Download “${title}” as SVG`, 'data-save': 'svg' }, () => {
      download(name('svg'), chart.svg(), 'image/svg+xml');
    }),
    button('PNG', { 'aria-label': `Download “${title}” as PNG`, 'data-save': 'png' }, () => {
      void chart.png().then((picture) => download(name('png'), picture));
    }),
  );
}

/** Returns what makes an open table again. */
function addTable(
  panel: HTMLElement,
  actions: HTMLElement,
  title: string,
  table: () => Table | null,
): () => void {
  actions.append(
    button('CSV', { 'aria-label': `Download “${title}” as CSV`, 'data-save': 'csv' }, () => {
      const made = table();
      if (made === null) return;
      download(`${runName}-${made.name}.csv`, csvOf(made), 'text/csv');
    }),
  );
  const details = element('details', {}, element('summary', {}, 'Show as a table'));
  const fill = (): void => {
    details.querySelector('.table-scroll')?.remove();
    const made = details.open ? table() : null;
    if (made !== null) details.append(tableElement(made, `${title}.`));
  };
  details.addEventListener('toggle', fill);
  panel.append(details);
  return fill;
}

/** Coloured marks with their names. */
export function legend(
  entries: readonly { readonly name: string; readonly color: string; readonly mark: string }[],
): HTMLElement {
  return element(
    'div',
    { class: 'legend' },
    ...entries.map(({ name, color, mark }) => {
      const sign = element('span', { class: 'mark', 'aria-hidden': 'true' }, mark);
      sign.style.color = color;
      return element('span', { class: 'legend-entry' }, sign, name);
    }),
  );
}

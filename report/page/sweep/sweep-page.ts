/** The page of a sweep: all measures against what is varied, pairs, phases, and how it was done. */
import type { PageDocument } from '../../page-data.ts';
import { measures, phases } from '../../sweep-measures.ts';
import type { MeasureName } from '../../sweep-measures.ts';
import { element } from '../element.ts';
import { bar } from '../header.ts';
import { setRunName } from '../panel.ts';
import { createDifferencesPanel } from './differences-panel.ts';
import { layoutControls } from './layout-controls.ts';
import { createMeasurePanel } from './measure-panel.ts';
import type { MeasurePanel } from './measure-panel.ts';
import { createPhasesPanel } from './phases-panel.ts';
import { sweepHead } from './sweep-head.ts';
import { exceptionsPanel, methodPanel, skippedPanel } from './sweep-tables.ts';

type SweepDocument = Extract<PageDocument, { kind: 'sweep' }>;

/** Each a panel of its own, if any run has it. */
const PLOTTED: readonly MeasureName[] = [
  'rounds',
  'timeMs',
  'messages',
  'bytes',
  'cpuMs',
  'wholeMs',
  'crashes',
];

export function createSweepPage(page: SweepDocument): HTMLElement {
  const { sweep, runs } = page;
  document.title = `${sweep.name}: sweep · Within`;
  setRunName(sweep.name);
  const has = (name: MeasureName): boolean => runs.measured[name] !== undefined;
  const plots: MeasurePanel[] = measures
    .filter(({ name }) => PLOTTED.includes(name) && has(name) && !isAllZero(page, name))
    .map((measure) => createMeasurePanel(page, measure));
  const all = phases.every(has) ? [...plots, createPhasesPanel(page)] : plots;
  const controls = layoutControls(sweep, (chosen) => {
    for (const plot of all) plot.show(chosen);
  });
  for (const plot of all) plot.show(controls.chosen);
  const differences = sweep.differences.length > 0 ? [createDifferencesPanel(page)] : [];
  const [rounds, ...others] = all.map((plot) => plot.element);
  const panels = [
    ...(rounds === undefined ? [] : [rounds]),
    ...differences,
    ...others,
    ...exceptionsPanel(sweep),
    ...skippedPanel(sweep),
    methodPanel(sweep),
  ];
  const head = bar(
    element('h1', {}, sweep.name),
    element('span', { class: 'brief' }, briefOf(page)),
    navigation(panels),
  );
  const main = element(
    'main',
    {},
    sweepHead(sweep),
    controls.element,
    element('div', { class: 'panels' }, ...panels),
  );
  return element('div', {}, head, main);
}

/** Crashes where nobody crashes, say. */
const isAllZero = ({ runs }: SweepDocument, name: MeasureName): boolean =>
  runs.measured[name]?.every((value) => value === null || value === 0) ?? true;

function briefOf({ sweep }: SweepDocument): string {
  const run = sweep.cells.filter(({ skipped }) => skipped === null).length;
  return `${sweep.varied.join(' × ') || 'one cell'} · ${run} cells × ${sweep.repeat} · ${sweep.engine}`;
}

function navigation(panels: readonly HTMLElement[]): HTMLElement {
  const links = panels.map((panel) =>
    element(
      'a',
      { href: `#${panel.id}` },
      panel.querySelector('h2')?.textContent.split(' ')[0] ?? '',
    ),
  );
  return element('nav', { 'aria-label': 'Panels' }, ...links);
}

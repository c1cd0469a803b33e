/** All panels of one run. `show` may be called again with newer data: a live page does so. */
import type { PageData } from '../page-data.ts';
import { element } from './element.ts';
import { setRunName } from './panel.ts';
import type { Panel } from './panel.ts';
import { createDelaysPanel } from './panels/delays-panel.ts';
import { createFaultsPanel } from './panels/faults-panel.ts';
import { createHeardPanel } from './panels/heard-panel.ts';
import { createLinksPanel } from './panels/links-panel.ts';
import { createMethodPanel } from './panels/method-panel.ts';
import { createResourcesPanel } from './panels/resources-panel.ts';
import { createSpaceTimePanel } from './panels/space-time-panel.ts';
import { createSpreadPanel } from './panels/spread-panel.ts';
import { createTrafficPanel } from './panels/traffic-panel.ts';
import { createValuesPanel } from './panels/values-panel.ts';
import { createVerdictPanel } from './panels/verdict-panel.ts';
import { viewOf } from '../view.ts';
import { pageHeader } from './header.ts';

export interface RunPage {
  readonly element: HTMLElement;
  show(data: PageData): void;
}

/** `controls`: what a live page has between the verdict and the panels. */
export function createRunPage(...controls: readonly HTMLElement[]): RunPage {
  const verdict = createVerdictPanel();
  const panels: readonly Panel[] = [
    createValuesPanel(),
    createSpreadPanel(),
    createSpaceTimePanel(),
    createHeardPanel(),
    createFaultsPanel(),
    createDelaysPanel(),
    createTrafficPanel(),
    createLinksPanel(),
    createResourcesPanel(),
    createMethodPanel(),
  ];
  const header = element('div');
  const missing = element('div');
  const grid = element('div', { class: 'panels' }, ...panels.map((panel) => panel.element));
  return {
    element: element(
      'div',
      {},
      header,
      element('main', {}, verdict.element, ...controls, missing, grid),
    ),
    show(data) {
      const { config, result } = data;
      setRunName(`${config?.name ?? 'run'}-${config?.seed ?? ''}`);
      header.replaceChildren(pageHeader(config, result?.verdict ?? null));
      const view = viewOf(data);
      missing.replaceChildren(...leftOut(data));
      verdict.show(view);
      for (const panel of panels) panel.show(view);
    },
  };
}

/** What the page does not have is said where everybody sees it. */
function leftOut({ messages, nodes }: PageData): HTMLElement[] {
  if (messages.leftOut === 0) return [];
  const kept = Math.max(-1, ...messages.round);
  const shown = kept < 0 ? 'no messages' : `the messages of rounds 0 to ${kept}`;
  const sentence =
    `With ${nodes.length} nodes there are too many messages for one page: it has ${shown}; ` +
    `${messages.leftOut.toLocaleString('en')} more are in the record. Values, spread, faults and the ` +
    'numbers above are complete. All messages: npm run report -- RUN --export csv.';
  return [element('p', { class: 'left-out', role: 'note' }, sentence)];
}

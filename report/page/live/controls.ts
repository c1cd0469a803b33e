/** What a person can do to a run, node by node and link by link, and what was done so far. */
import type { View } from '../../view.ts';
import { element } from '../element.ts';
import type { Connection, LineState, PageActionRequest } from './connection.ts';
import { createLinkControls } from './link-controls.ts';
import { createNodeTable } from './node-table.ts';

export interface Controls {
  readonly element: HTMLElement;
  show(view: View): void;
  readonly say: (state: LineState) => void;
}

export function createControls(act: Connection['act']): Controls {
  const line = element('span', { class: 'line', role: 'status' });
  const trouble = element('p', { class: 'trouble', role: 'alert' });
  const perform = (request: PageActionRequest): void => {
    void act(request).then((problem) => {
      trouble.textContent = problem ?? '';
    });
  };
  const nodes = createNodeTable(perform);
  const links = createLinkControls(perform);
  const done = element('pre', { class: 'done', 'aria-label': 'Actions as lines of a config' });
  const made = element(
    'section',
    { class: 'panel wide live', id: 'live', 'aria-label': 'Controls' },
    element('div', { class: 'panel-head' }, element('h2', {}, 'Live'), line, ...nodes.buttons),
    trouble,
    nodes.element,
    links.element,
    element('h3', {}, 'What was done, as lines of a config that do it again'),
    done,
  );
  return {
    element: made,
    show(view) {
      const { actions } = view.data.master;
      nodes.show(view);
      links.show(view.n, actions);
      done.textContent = actions.map((action) => action.line).join('\n') || 'nothing yet';
    },
    say(state) {
      line.textContent = inWords(state);
      made.inert = state.kind !== 'watching' || !state.mayAct;
    },
  };
}

function inWords(state: LineState): string {
  switch (state.kind) {
    case 'watching':
      return state.mayAct
        ? 'Signals go to real OS processes; every action is recorded.'
        : 'To act, open the link that the terminal shows: it has a token.';
    case 'over':
      return `The run is over. This page is kept in ${state.report}.`;
    case 'lost':
      return 'Nobody answers: the process that served this page has ended.';
  }
}

/** A link to choose and hold; those that are held, to let go. */
import type { PageAction } from '../../page-data.ts';
import { button, element, select } from '../element.ts';
import type { PageActionRequest } from './connection.ts';

export interface LinkControls {
  readonly element: HTMLElement;
  show(n: number, actions: readonly PageAction[]): void;
}

export function createLinkControls(perform: (request: PageActionRequest) => void): LinkControls {
  const from = select('Hold the link from', [], () => undefined);
  const to = select('to', [], () => undefined);
  const held = element('span', { class: 'held' });
  const hold = button('Hold', { 'data-act': 'hold' }, () => {
    perform({ kind: 'hold', from: Number(from.input.value), to: Number(to.input.value) });
  });
  return {
    element: element('div', { class: 'controls' }, from.element, to.element, hold, held),
    show(n, actions) {
      fill(from.input, n, 1);
      fill(to.input, n, 2);
      const open = actions.filter(({ kind, until }) => kind === 'hold' && until === null);
      const shown = open.map(({ from: sender, node }) => `${sender} ${node}`).join();
      // A button under somebody's finger must not be replaced.
      if (held.dataset['shown'] === shown) return;
      held.dataset['shown'] = shown;
      held.replaceChildren(...open.map((action) => releaseButton(action, perform)));
    },
  };
}

function fill(input: HTMLSelectElement, n: number, first: number): void {
  if (input.options.length === n) return;
  const ids = Array.from({ length: n }, (_, index) => `${index + 1}`);
  input.replaceChildren(...ids.map((value) => element('option', { value }, `node ${value}`)));
  input.value = `${first}`;
}

function releaseButton(
  { from, node }: PageAction,
  perform: (request: PageActionRequest) => void,
): HTMLButtonElement {
  return button(`Release ${from} → ${node}`, { 'data-act': `release-${from}-${node}` }, () => {
    perform({ kind: 'release', from: from ?? 0, to: node });
  });
}

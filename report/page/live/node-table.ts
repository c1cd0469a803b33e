/** All nodes of the live page, a row each, and the buttons for all of them. */
import type { NodeId } from '../../../agreement/algorithm.ts';
import type { View } from '../../view.ts';
import { button, element } from '../element.ts';
import type { PageActionRequest } from './connection.ts';
import { createNodeRow } from './node-row.ts';
import type { NodeRow } from './node-row.ts';

export interface NodeTable {
  readonly element: HTMLElement;
  readonly buttons: readonly HTMLElement[];
  show(view: View): void;
}

export function createNodeTable(perform: (request: PageActionRequest) => void): NodeTable {
  const rows = new Map<NodeId, NodeRow>();
  const body = element('tbody');
  const forAll = (label: string, kind: 'pause' | 'resume'): HTMLElement =>
    button(label, { 'data-act': `${kind}-all` }, () => {
      for (const [node, row] of rows) if (row.can(kind)) perform({ kind, node });
    });
  return {
    element: element('div', { class: 'nodes' }, element('table', {}, body)),
    buttons: [forAll('Pause all', 'pause'), forAll('Resume all', 'resume')],
    show(view) {
      for (const node of view.nodes) {
        const row = rows.get(node.id) ?? createNodeRow(node.id, perform);
        if (!rows.has(node.id)) body.append(row.element);
        rows.set(node.id, row);
        row.show(node, view);
      }
    },
  };
}

/** One node on the live page: where it is, and what can be done to it. */
import type { NodeId } from '../../../agreement/algorithm.ts';
import type { PageNode } from '../../page-data.ts';
import { short } from '../../numbers.ts';
import { isFaulty, lastRoundOf } from '../../view.ts';
import type { View } from '../../view.ts';
import { button, element } from '../element.ts';
import type { PageActionRequest } from './connection.ts';

export interface NodeRow {
  readonly element: HTMLElement;
  show(node: PageNode, view: View): void;
  can(kind: 'pause' | 'resume'): boolean;
}

type State = 'starting' | 'running' | 'paused' | 'dead' | 'output' | 'over';

/** Rows stay and change: a button under somebody's finger must not be replaced. */
export function createNodeRow(id: NodeId, perform: (request: PageActionRequest) => void): NodeRow {
  let state: State = 'starting';
  const facts = createFacts();
  const pause = button('Pause', { 'data-act': `pause-${id}` }, () => {
    perform({ kind: state === 'paused' ? 'resume' : 'pause', node: id });
  });
  const kill = button('Kill', { 'data-act': `kill-${id}` }, () => {
    perform({ kind: 'kill', node: id });
  });
  const name = element('th', { scope: 'row' }, `node ${id}`);
  const buttons = element('td', {}, pause, kill);
  const made = element('tr', { 'data-node': id }, name, ...facts.cells, buttons);
  return {
    element: made,
    show(node, view) {
      state = stateOf(node, view);
      made.dataset['state'] = state;
      facts.show(node, view, state);
      pause.textContent = state === 'paused' ? 'Resume' : 'Pause';
      pause.disabled = !isOpen(state);
      kill.disabled = !isOpen(state);
      kill.title = killInWords(view);
    },
    can: (kind) => isOpen(state) && (state === 'paused') === (kind === 'resume'),
  };
}

const isOpen = (state: State): boolean =>
  state === 'running' || state === 'paused' || state === 'output';

/** State, round, value, and where the value lies. */
function createFacts(): {
  readonly cells: readonly HTMLElement[];
  show(node: PageNode, view: View, state: State): void;
} {
  const inState = element('td', { class: 'state' });
  const inRound = element('td', { class: 'number' });
  const hasValue = element('td', { class: 'number' });
  const dot = element('i');
  return {
    cells: [inState, inRound, hasValue, element('td', { class: 'place' }, dot)],
    show(node, view, state) {
      const round = lastRoundOf(node);
      const value = node.values[round] ?? null;
      inState.textContent = state;
      inRound.textContent = round < 0 ? '' : `round ${round}`;
      hasValue.textContent = value === null ? '' : short(value);
      dot.style.left = `${100 * shareOf(value, view)}%`;
    },
  };
}

function stateOf(node: PageNode, { data: { master } }: View): State {
  if (isFaulty(node)) return 'dead';
  if (master.finish !== null) return 'over';
  const isPaused = master.actions.some(
    ({ kind, node: acted, until }) => kind === 'pause' && acted === node.id && until === null,
  );
  if (isPaused) return 'paused';
  if (node.output !== null) return 'output';
  return master.originToStartUs === null ? 'starting' : 'running';
}

/** Where a value lies in the hull of the inputs, from 0 to 1. */
function shareOf(value: number | null, { rounds }: View): number {
  const hull = rounds[0];
  if (value === null || hull === undefined || hull.spread === 0) return 0.5;
  return Math.min(1, Math.max(0, (value - hull.low) / hull.spread));
}

function killInWords({ nodes, data }: View): string {
  const f = data.config?.f ?? 0;
  const dead = nodes.filter(isFaulty).length;
  return dead < f
    ? `SIGKILL: ${dead} of at most f = ${f} nodes are dead`
    : `SIGKILL: more than f = ${f} deaths make the run inconclusive`;
}

/** By round or by time, which node, which fates. */
import { fateMeanings, fateNames, fateOrder } from '../../fates.ts';
import { countFates } from '../../messages.ts';
import type { Fate } from '../../page-data.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { checkbox, element, select } from '../element.ts';
import { WHOLE } from '../space-time-state.ts';
import type { SpaceTimeState } from '../space-time-state.ts';

export interface SpaceTimeControls {
  readonly elements: readonly HTMLElement[];
  show(view: View): void;
}

export function createSpaceTimeControls(
  state: SpaceTimeState,
  onChange: () => void,
): SpaceTimeControls {
  const axis = axisChoice(state, onChange);
  const node = select('messages of', [], (value) => {
    state.filter = { ...state.filter, node: Number(value) || null };
    onChange();
  });
  const fates = element('div', {
    class: 'fates',
    role: 'group',
    'aria-label': 'Fates of messages',
  });
  return {
    elements: [axis, node.element, fates],
    show(view) {
      const all = element('option', { value: '' }, 'all nodes');
      const single = view.nodes.map(({ id }) =>
        element('option', { value: id, selected: id === state.filter.node }, nodeName(id)),
      );
      node.input.replaceChildren(all, ...single);
      fates.replaceChildren(...fateToggles(view, state, onChange));
    },
  };
}

function axisChoice(state: SpaceTimeState, onChange: () => void): HTMLElement {
  const choices = [
    { value: 'round', label: 'by round' },
    { value: 'time', label: 'by time' },
  ];
  return select('axis', choices, (value) => {
    state.axis = value === 'time' ? 'time' : 'round';
    state.zoom = { ...state.zoom, x: WHOLE };
    onChange();
  }).element;
}

function fateToggles(
  { messages }: View,
  state: SpaceTimeState,
  onChange: () => void,
): HTMLElement[] {
  const counts = countFates(messages);
  const toggle = (fate: Fate, isShown: boolean): void => {
    const shown = new Set(state.filter.fates);
    if (isShown) shown.add(fate);
    else shown.delete(fate);
    state.filter = { ...state.filter, fates: shown };
    onChange();
  };
  return fateOrder
    .filter((fate) => counts[fate] > 0)
    .map((fate) => {
      const mark = element('span', { class: `line-mark ${fate}`, 'aria-hidden': 'true' });
      const label = element('span', { title: fateMeanings[fate] }, mark, `${fateNames[fate]} `);
      label.append(element('small', {}, counts[fate].toLocaleString('en')));
      return checkbox(label, state.filter.fates.has(fate), (isShown) => {
        toggle(fate, isShown);
      });
    });
}

/** Which varied name is the axis, which has the colours, which the small multiples; for all plots at once. */
import type { SweepResult } from '../../sweep-data.ts';
import { defaultLayout, dimensionsOf, layoutFor } from '../../sweep-view.ts';
import type { Layout, Statistic } from '../../sweep-view.ts';
import { element, select } from '../element.ts';

export interface Chosen {
  readonly layout: Layout;
  readonly statistic: Statistic;
}

type Role = 'x' | 'colour' | 'facet';

const ROLES: readonly (readonly [Role, string])[] = [
  ['x', 'along the axis'],
  ['colour', 'colours'],
  ['facet', 'small multiples'],
];

const STATISTICS: readonly Statistic[] = ['mean', 'median', 'p95'];

/** Calls `onChange` whenever somebody has chosen otherwise. */
export function layoutControls(
  sweep: SweepResult,
  onChange: (chosen: Chosen) => void,
): { readonly element: HTMLElement; readonly chosen: Chosen } {
  const made = element('div', { class: 'controls sweep-controls', id: 'layout' });
  let chosen: Chosen = { layout: defaultLayout(sweep), statistic: 'mean' };
  const change = (next: Chosen): void => {
    chosen = next;
    fill();
    onChange(chosen);
  };
  const fill = (): void => made.replaceChildren(...controlsFor(sweep, chosen, change));
  fill();
  return { element: made, chosen };
}

function controlsFor(
  sweep: SweepResult,
  chosen: Chosen,
  change: (next: Chosen) => void,
): HTMLElement[] {
  const dimensions = dimensionsOf(sweep);
  const { layout, statistic } = chosen;
  const toLayout = (wish: Layout): void => {
    change({ ...chosen, layout: layoutFor(dimensions, wish, wish.fixed) });
  };
  const roles = ROLES.flatMap(([role, label]) => {
    const current = layout[role];
    if (current === null) return [];
    const choices = dimensions.map(({ name }) => ({ value: name, label: name }));
    return [choiceOf(label, choices, current, (name) => toLayout(swapped(layout, role, name)))];
  });
  const fixed = Object.entries(layout.fixed).map(([name, current]) => {
    const values = dimensions.find((dimension) => dimension.name === name)?.values ?? [];
    const choices = values.map((value) => ({ value, label: value }));
    return choiceOf(name, choices, current, (value) =>
      toLayout({ ...layout, fixed: { ...layout.fixed, [name]: value } }),
    );
  });
  const statistics = STATISTICS.map((value) => ({ value, label: value }));
  const line = choiceOf('line through', statistics, statistic, (value) => {
    change({ ...chosen, statistic: STATISTICS.find((known) => known === value) ?? 'mean' });
  });
  return [...roles, ...fixed, line];
}

function choiceOf(
  label: string,
  choices: readonly { readonly value: string; readonly label: string }[],
  current: string,
  onChange: (value: string) => void,
): HTMLElement {
  const { element: made, input } = select(label, choices, onChange);
  input.value = current;
  return made;
}

/** Who had the place before gets the one that its successor leaves. */
function swapped(layout: Layout, role: Role, name: string): Layout {
  const before = layout[role];
  const places = ROLES.map(([each]) => {
    if (each === role) return [each, name];
    return [each, layout[each] === name ? before : layout[each]];
  });
  return { ...layout, ...(Object.fromEntries(places) as Pick<Layout, Role>) };
}

/** The bar at the top: which run this is, where to go on the page, light or dark. */
import type { Verdict } from '../../record/result.ts';
import type { PageConfig } from '../page-data.ts';
import { button, element } from './element.ts';
import { switchTheme } from './theme.ts';

const PLACES: readonly (readonly [string, string])[] = [
  ['values', 'Convergence'],
  ['space-time', 'Messages'],
  ['heard', 'Quorums'],
  ['faults', 'Faults'],
  ['delays', 'Delays'],
  ['resources', 'Cost'],
  ['method', 'Method'],
];

export function pageHeader(config: PageConfig | null, verdict: Verdict | null): HTMLElement {
  document.title = `${config?.name ?? 'run'}: ${verdict ?? 'running'} · Within`;
  return bar(
    element('h1', {}, config?.name ?? 'A run without its config'),
    config === null ? element('span') : element('span', { class: 'brief' }, brief(config)),
    element(
      'nav',
      { 'aria-label': 'Panels' },
      ...PLACES.map(([id, name]) => element('a', { href: `#${id}` }, name)),
    ),
  );
}

/** The same bar for every kind of page. */
export function bar(...content: readonly HTMLElement[]): HTMLElement {
  const theme = button(
    '◐',
    { class: 'theme', 'aria-label': 'Switch between light and dark' },
    switchTheme,
  );
  return element(
    'header',
    { class: 'bar' },
    element('span', { class: 'brand' }, 'Within'),
    ...content,
    theme,
  );
}

const brief = ({ algorithm, n, f, epsilon, seed }: PageConfig): string =>
  `${algorithm} · n = ${n} · f = ${f} · ε = ${epsilon} · seed ${seed}`;

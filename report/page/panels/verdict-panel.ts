/** The first thing to see: was the run right, why, and the five numbers that people ask for. */
import type { PropertyState, Result, Verdict } from '../../../record/result.ts';
import { duration, short } from '../../numbers.ts';
import type { PageConfig } from '../../page-data.ts';
import { element } from '../element.ts';
import type { Panel } from '../panel.ts';
import { isFaulty } from '../../view.ts';
import type { View } from '../../view.ts';

const verdictSigns: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  violated: '✕',
  inconclusive: '?',
};

const stateSigns: Readonly<Record<PropertyState, string>> = {
  proved: '✓',
  violated: '✕',
  unverifiable: '?',
};

export function createVerdictPanel(): Panel {
  const made = element('section', {
    class: 'verdict',
    id: 'verdict',
    'aria-label': 'Verdict and properties',
  });
  return {
    element: made,
    show(view) {
      const { result } = view.data;
      made.replaceChildren(
        result === null ? runningHead(view) : verdictHead(result),
        element('ul', { class: 'properties' }, ...(result === null ? [] : propertyCards(result))),
        element('dl', { class: 'figures' }, ...figures(view)),
      );
    },
  };
}

function runningHead({ rounds }: View): HTMLElement {
  const last = rounds.at(-1)?.round ?? 0;
  return head('running', '…', 'RUNNING', `in round ${last}; nothing is judged before the end`);
}

function verdictHead({ verdict, reason, reasons }: Result): HTMLElement {
  const made = head(verdict, verdictSigns[verdict], verdict.toUpperCase(), reason);
  const further = reasons.slice(1).map((sentence) => element('li', {}, sentence));
  if (further.length > 0) made.append(element('ul', { class: 'reasons' }, ...further));
  return made;
}

const head = (kind: string, sign: string, word: string, sentence: string): HTMLElement =>
  element(
    'div',
    { class: `verdict-head ${kind}`, role: 'status' },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    element('strong', { class: 'word' }, word),
    element('span', { class: 'reason' }, sentence),
  );

function propertyCards({ properties }: Result): HTMLElement[] {
  const { validity, agreement, termination, faultBound } = properties;
  return [
    ['validity', validity] as const,
    ['ε-agreement', agreement] as const,
    ['termination', termination] as const,
    ['at most f faults', faultBound] as const,
  ].map(([name, { state, sentence }]) =>
    element(
      'li',
      { class: `property ${state}`, 'data-property': name },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, stateSigns[state]),
      element('strong', {}, name),
      element('span', { class: 'state' }, state),
      element('p', {}, sentence),
    ),
  );
}

function figures(view: View): HTMLElement[] {
  const { data, rounds, deciding, epsilon } = view;
  const { config, result } = data;
  const spread =
    result === null ? (rounds.at(-1)?.spread ?? null) : result.properties.agreement.spread;
  const crashes = result?.properties.faultBound.count ?? view.nodes.filter(isFaulty).length;
  return [
    figure('rounds used', deciding === null ? 'none' : String(deciding), limitInWords(config)),
    figure(
      result === null ? 'spread' : 'final spread',
      spread === null ? 'unknown' : short(spread),
      epsilon === null ? '' : `ε is ${epsilon}`,
    ),
    figure(
      'nodes that failed',
      String(crashes),
      config === null ? '' : `f is ${config.f}, n is ${config.n}`,
    ),
    figure('messages', ...messageFigure(view)),
    figure('agreement', ...timeFigure(result)),
  ];
}

function limitInWords(config: PageConfig | null): string {
  if (config?.stop === 'rounds') return 'fixed by the config';
  const worstCase = config?.worstCase ?? null;
  return worstCase === null ? 'no worst case proven' : `of at most ${worstCase}`;
}

/** From the result: the page may have only the first rounds. */
function messageFigure({ data, messages }: View): [string, string] {
  const { sent, delivered, pending, unused } = data.result?.statistics.messages ?? {
    sent: messages.fate.filter((fate) => fate !== 'c').length,
    delivered: messages.fate.filter((fate) => fate === 'u').length,
    pending: 0,
    unused: 0,
  };
  const share = sent === 0 ? 0 : Math.round((100 * (delivered + pending - unused)) / sent);
  return [sent.toLocaleString('en'), `${share} % of them used`];
}

function timeFigure(result: Result | null): [string, string] {
  const { startMs = null, lastOutputMs = null } = result?.statistics.timing ?? {};
  if (startMs === null || lastOutputMs === null) return ['–', 'no output'];
  return [duration(lastOutputMs - startMs), 'from start to last output'];
}

const figure = (name: string, value: string, note: string): HTMLElement =>
  element(
    'div',
    { class: 'figure' },
    element('dt', {}, name),
    element('dd', {}, element('b', {}, value), element('span', {}, note)),
  );

/** The story of one message. */
import { element } from '../element.ts';
import { fateMeanings, fateNames } from '../../fates.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';

export function messageDetails(view: View, row: number): HTMLElement {
  const { messages } = view;
  const fate = messages.fate[row] ?? 'n';
  const from = messages.from[row] ?? 0;
  const to = messages.to[row] ?? 0;
  const sent = messages.sent[row] ?? NaN;
  const arrived = messages.arrived[row] ?? NaN;
  const asked = messages.asked[row] ?? NaN;
  const handed = messages.handed[row] ?? NaN;
  const facts: readonly (readonly [string, string])[] = [
    ['message', `${nodeName(from)} to ${nodeName(to)}, round ${messages.round[row] ?? '?'}`],
    ['value', String(messages.value[row] ?? '?')],
    ['fate', `${fateNames[fate]}: ${fateMeanings[fate]}`],
    [fate === 'c' ? 'would have been sent' : 'sent', moment(sent)],
    ['arrived', moment(arrived)],
    ['delay asked for', asked === Infinity ? 'for ever' : lapse(asked)],
    ['handed over', Number.isNaN(handed) ? 'never' : moment(handed)],
    ['later than asked by', lapse(handed - arrived - asked)],
  ];
  const shown = facts.filter(([, text]) => text !== '');
  return element(
    'dl',
    { class: 'facts' },
    ...shown.flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]),
  );
}

/** Since the start barrier. */
const moment = (us: number): string =>
  Number.isNaN(us) ? '' : `${(us / 1000).toFixed(3)} ms after the start`;

const lapse = (us: number): string => (Number.isFinite(us) ? `${(us / 1000).toFixed(3)} ms` : '');

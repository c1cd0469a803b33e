/** What comes first: how many runs ended how, and what a reader must know before the numbers. */
import type { SweepResult } from '../../sweep-data.ts';
import { element } from '../element.ts';

export function sweepHead(sweep: SweepResult): HTMLElement {
  const { kind, sign, word } = judgement(sweep);
  const head = element(
    'div',
    { class: `verdict-head ${kind}`, role: 'status' },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
    element('strong', { class: 'word' }, word),
    element('span', { class: 'reason' }, reasonOf(sweep)),
  );
  return element(
    'div',
    {},
    element(
      'section',
      { class: 'verdict sweep-verdict', id: 'verdict', 'aria-label': 'How the runs ended' },
      head,
      element('dl', { class: 'figures' }, ...figures(sweep)),
    ),
    ...sweep.warnings.map((warning) =>
      element('p', { class: 'left-out warning', role: 'note' }, warning),
    ),
  );
}

function judgement(sweep: SweepResult): { kind: string; sign: string; word: string } {
  const { endings, missing } = sweep;
  if (endings.violated > 0) return { kind: 'violated', sign: '✕', word: 'VIOLATED' };
  const isDoubtful = endings.inconclusive + endings.failed > 0;
  if (isDoubtful) return { kind: 'inconclusive', sign: '?', word: 'INCONCLUSIVE' };
  if (missing > 0) return { kind: 'inconclusive', sign: '?', word: 'INCOMPLETE' };
  return { kind: 'pass', sign: '✓', word: 'PASS' };
}

function reasonOf({ endings, missing }: SweepResult): string {
  const { pass, violated, inconclusive, failed } = endings;
  const still = missing > 0 ? `; ${missing} runs are still to be made` : '';
  return `${pass} runs pass, ${violated} violated, ${inconclusive} inconclusive, ${failed} failed${still}`;
}

function figures({ cells, repeat, seedFrom, engine, varied }: SweepResult): HTMLElement[] {
  const skipped = cells.filter((cell) => cell.skipped !== null).length;
  return [
    figure('cells', String(cells.length - skipped), `${skipped} skipped`),
    figure('repetitions', String(repeat), `seeds ${seedFrom} to ${seedFrom + repeat - 1}`),
    figure('varied', varied.join(', ') || 'nothing', 'the same seeds in every cell'),
    figure(
      'engine',
      engine,
      engine === 'simulate' ? 'virtual time' : 'OS processes, one run at a time',
    ),
  ];
}

const figure = (name: string, value: string, note: string): HTMLElement =>
  element(
    'div',
    { class: 'figure' },
    element('dt', {}, name),
    element('dd', {}, element('b', {}, value), element('span', {}, note)),
  );

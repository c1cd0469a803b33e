/** How the spread fell, against what is proven. */
import type { Round } from '../../../agreement/algorithm.ts';
import { short } from '../../numbers.ts';
import { spreadTable } from '../../tables/convergence.ts';
import type { View } from '../../view.ts';
import { createChart } from '../charts.ts';
import { checkbox } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { spreadOption } from './spread-option.ts';

/** `tag` tells two of them on one page apart. */
export function createSpreadPanel(tag = ''): Panel {
  let view: View | null = null;
  let toWorstCase = false;
  const chart = createChart(`spread${tag}`, 24);
  const frame = createFrame({
    id: `spread${tag}`,
    title: 'Spread per round',
    what:
      'Spread: largest minus smallest value known of a round. Contraction: divided by the spread before. ' +
      'Bound: K^round times the spread of the inputs, K the proven worst contraction.',
    chart,
    table: () => view && spreadTable(view),
  });
  const draw = (): void => {
    const drawn = view;
    if (drawn === null) return;
    const last = lastRound(drawn, toWorstCase);
    chart.show((look) => spreadOption(drawn, last, look));
  };
  frame.after.append(
    legend(entries),
    checkbox('show up to the proven worst case', toWorstCase, (isChecked) => {
      toWorstCase = isChecked;
      draw();
    }),
  );
  return {
    element: frame.element,
    show(next) {
      view = next;
      draw();
      chart.describe(inWords(next));
      frame.refresh();
    },
  };
}

const entries = [
  { name: 'measured', color: 'var(--accent)', mark: '●' },
  { name: 'not all correct nodes are there yet', color: 'var(--accent)', mark: '○' },
  { name: 'exactly 0', color: 'var(--accent)', mark: '▼' },
  { name: 'proven bound', color: 'var(--bound)', mark: '╍' },
  { name: 'ε', color: 'var(--epsilon)', mark: '╍' },
];

const lastRound = ({ rounds, data }: View, toWorstCase: boolean): Round =>
  Math.max(1, rounds.at(-1)?.round ?? 1, toWorstCase ? (data.config?.worstCase ?? 0) : 0);

function inWords({ rounds, epsilon, data }: View): string {
  const spreads = rounds.map(({ spread }) => short(spread)).join(', ');
  const { mean = null, worst = null } = data.result?.statistics.contraction ?? {};
  const factors =
    mean === null || worst === null
      ? ''
      : ` Contraction ${short(mean)} in the mean, ${short(worst)} at worst.`;
  return `Spread by round: ${spreads}. ε is ${epsilon ?? 'unknown'}.${factors}`;
}

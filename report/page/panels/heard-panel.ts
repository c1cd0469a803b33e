/** Who heard whom in one round: why two nodes came to different values. */
import type { Round } from '../../../agreement/algorithm.ts';
import { fateGlyphs, fateNames, fateOrder } from '../../fates.ts';
import { quorumTable } from '../../tables/convergence.ts';
import type { View } from '../../view.ts';
import { createChart } from '../charts.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { OWN_SIGN, heardOption } from './heard-option.ts';
import { matrixHeight } from './matrix.ts';
import { createRoundSlider } from './round-slider.ts';

/** `tag` tells two of them on one page apart. */
export function createHeardPanel(tag = ''): Panel {
  let view: View | null = null;
  const chart = createChart(`heard${tag}`, 28);
  const frame = createFrame({
    id: `heard${tag}`,
    title: 'Who heard whom',
    what:
      'Row: receiver. Column: sender. A cell is what became of the sender’s message of the round at ' +
      'the receiver; the values that a row used, its own among them, made its next value.',
    chart,
    table: () => view && quorumTable(view),
  });
  const draw = (): void => {
    const [drawn, round] = [view, slider.round()];
    if (drawn === null) return;
    chart.show((look) => heardOption(drawn, round, look));
    chart.describe(inWords(drawn, round));
  };
  const slider = createRoundSlider(draw);
  frame.controls.append(...slider.elements);
  frame.after.append(legend(entries()));
  return {
    element: frame.element,
    show(next) {
      view = next;
      slider.setLast(lastSentRound(next));
      chart.setHeight(matrixHeight(next.n));
      draw();
      frame.refresh();
    },
  };
}

const entries = () => [
  ...fateOrder.map((fate) => ({
    name: fateNames[fate],
    color: `var(--fate-${fate})`,
    mark: fateGlyphs[fate],
  })),
  { name: 'own value', color: 'var(--muted)', mark: OWN_SIGN },
];

const lastSentRound = ({ messages }: View): Round =>
  messages.round.reduce((most, round) => Math.max(most, round), 0);

/** More receivers than these are in the table only. */
const SPOKEN_MAX = 12;

function inWords({ nodes, n }: View, round: Round): string {
  const heard = nodes
    .filter(({ used }) => (used[round + 1] ?? null) !== null)
    .slice(0, SPOKEN_MAX)
    .map(({ id, used }) => `node ${id} used ${(used[round + 1] ?? []).join(', ')}`);
  const all = heard.length === 0 ? 'nobody ended the round' : heard.join('; ');
  return `Who heard whom in round ${round}, ${n} nodes: ${all}.`;
}

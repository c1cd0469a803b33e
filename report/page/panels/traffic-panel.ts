/** How much was sent, round by round and by type of record, and what became of it. */
import { countsByRound, trafficTable, typeTable } from '../../tables/messages.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { element } from '../element.ts';
import { fateNames, fateOrder } from '../../fates.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { tableElement } from '../table.ts';
import type { View } from '../../view.ts';

export function createTrafficPanel(): Panel {
  let view: View | null = null;
  const chart = createChart('traffic', 20);
  const frame = createFrame({
    id: 'traffic',
    title: 'Traffic by round and type',
    what:
      'Copies of values between nodes, by the round that they carry and by what became of them. By ' +
      'type: every record that the processes which ended in order counted, bytes as framed on the wire.',
    chart,
    table: () => view && trafficTable(view),
  });
  const types = element('div');
  frame.after.append(
    legend(
      fateOrder.map((fate) => ({ name: fateNames[fate], color: `var(--fate-${fate})`, mark: '▆' })),
    ),
    types,
  );
  return {
    element: frame.element,
    show(next) {
      view = next;
      chart.show((look) => trafficOption(next, look));
      chart.describe(`${next.messages.count} copies of values by round: ${countsInWords(next)}`);
      const traffic = next.data.result?.statistics.messages.traffic ?? {};
      types.replaceChildren(tableElement(typeTable(traffic), 'Records sent, by type.'));
      frame.refresh();
    },
  };
}

const countsInWords = (view: View): string =>
  [...countsByRound(view)]
    .map(([round, counts]) => `round ${round}: ${[...counts.values()].reduce((a, b) => a + b, 0)}`)
    .join(', ');

function trafficOption(view: View, look: Look): Option {
  const { palette, em } = look;
  const counts = countsByRound(view);
  const rounds = [...counts.keys()];
  return {
    grid: { left: 4.2 * em, right: 1 * em, top: 0.8 * em, bottom: 3.2 * em },
    tooltip: tooltip(look),
    xAxis: axis(look, 'round', {
      type: 'category',
      data: rounds.map(String),
      splitLine: { show: false },
      nameGap: 1.9 * em,
    }),
    yAxis: axis(look, 'messages', { nameGap: 3 * em }),
    series: fateOrder.map((fate) => ({
      id: fate,
      name: fateNames[fate],
      type: 'bar',
      stack: 'all',
      barMaxWidth: 3 * em,
      itemStyle: { color: palette.fates[fate], borderColor: palette.surface, borderWidth: 0.5 },
      data: rounds.map((round) => counts.get(round)?.get(fate) ?? 0),
      tooltip: {
        formatter: ({ name, value }: { name: string; value: number }) =>
          escaped(`round ${name}: ${value} ${fateNames[fate]}`),
      },
    })),
  };
}

/** The matrix of all links over the whole run. */
import { linkTable, linksOf } from '../../tables/messages.ts';
import type { Link } from '../../tables/messages.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { escaped, tooltip } from '../chart-style.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { select } from '../element.ts';
import { createFrame } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { cellBorder, matrixAxes, matrixHeight } from './matrix.ts';

const MEASURES = {
  used: 'used',
  delivered: 'handed over',
  wait: 'mean wait, ms',
} as const;

type Measure = keyof typeof MEASURES;

/** Up to so many nodes a cell has room for its number. */
const NUMBERS_MAX = 12;

export function createLinksPanel(): Panel {
  let view: View | null = null;
  let measure: Measure = 'used';
  const chart = createChart('links', 28);
  const frame = createFrame({
    id: 'links',
    title: 'Traffic by link',
    what:
      'Row: receiver. Column: sender. Over the whole run: how many of the sender’s values the receiver ' +
      'used, how many it was handed, or how long these waited there on average.',
    chart,
    table: () => view && linkTable(view),
  });
  const draw = (): void => {
    const [drawn, shown] = [view, measure];
    if (drawn === null) return;
    chart.show((look) => linksOption(drawn, shown, look));
    chart.describe(`Matrix of ${drawn.n} by ${drawn.n} links: ${MEASURES[shown]}.`);
  };
  const choices = Object.entries(MEASURES).map(([value, label]) => ({ value, label }));
  const choice = select('show', choices, (value) => {
    measure = value as Measure;
    draw();
  });
  frame.controls.append(choice.element);
  return {
    element: frame.element,
    show(next) {
      view = next;
      chart.setHeight(matrixHeight(next.n));
      draw();
      frame.refresh();
    },
  };
}

/** Where nothing was handed over nothing has waited. */
const isKnown = ({ delivered }: Link, measure: Measure): boolean =>
  measure !== 'wait' || delivered > 0;

function measured({ used, delivered, waitMs }: Link, measure: Measure): number {
  if (measure === 'used') return used;
  return measure === 'delivered' ? delivered : waitMs / delivered;
}

const rounded = (x: number): string => String(Number(x.toPrecision(3)));

function linksOption(view: View, measure: Measure, look: Look): Option {
  const { palette, em } = look;
  const links = linksOf(view).filter((link) => isKnown(link, measure));
  const most = links.reduce((sofar, link) => Math.max(sofar, measured(link, measure)), 1e-9);
  return {
    grid: { left: 3.6 * em, right: 5.5 * em, top: 0.5 * em, bottom: 3.2 * em },
    tooltip: tooltip(look),
    ...matrixAxes(view.n, look),
    visualMap: {
      min: 0,
      max: most,
      orient: 'vertical',
      right: 0,
      top: 'middle',
      itemHeight: 8 * em,
      itemWidth: 0.9 * em,
      text: [rounded(most), '0'],
      textStyle: { color: palette.muted, fontSize: 0.75 * em },
      inRange: { color: [...palette.scale] },
    },
    series: [
      {
        id: 'links',
        type: 'heatmap',
        data: links.map((link) => [link.from - 1, link.to - 1, measured(link, measure)]),
        itemStyle: cellBorder(view.n, look),
        label: {
          show: view.n <= NUMBERS_MAX,
          fontSize: 0.75 * em,
          formatter: ({ value }: { value: readonly number[] }) => rounded(value[2] ?? 0),
        },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => inWords(links[dataIndex], measure),
        },
      },
    ],
  };
}

function inWords(link: Link | undefined, measure: Measure): string {
  if (link === undefined) return '';
  const { from, to } = link;
  const value = rounded(measured(link, measure));
  return escaped(`${nodeName(from)} to ${nodeName(to)}: ${value} (${MEASURES[measure]})`);
}

/** Delays that were asked for against those that happened. */
import type { NodeId } from '../../../agreement/algorithm.ts';
import { delayInWords } from '../../delay-words.ts';
import { binsFor, histogram } from '../../quantiles.ts';
import type { Bin } from '../../quantiles.ts';
import { nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { element, select } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { tableElement } from '../table.ts';
import { histogramTable, quantileTable, samplesInWords, samplesOf } from './delay-samples.ts';
import type { Links, Samples } from './delay-samples.ts';

export function createDelaysPanel(): Panel {
  let view: View | null = null;
  const chart = createChart('delays', 20);
  const frame = createFrame({
    id: 'delays',
    title: 'Delays: asked against actual',
    what:
      'Asked: what draws, holds, partitions, clogs and the order of the link make a message wait at ' +
      'its receiver. Actual: from its arrival to its hand-over to the algorithm. The difference is ' +
      'the receiver’s lag, or its pause.',
    chart,
    table: () => view && histogramTable(samplesOf(view, links.chosen())),
  });
  const quantiles = element('div');
  const draw = (): void => {
    if (view === null) return;
    const drawn = samplesOf(view, links.chosen());
    chart.show((look) => delaysOption(drawn, look));
    chart.describe(`Histogram of ${drawn.asked.length} delays. ${samplesInWords(drawn)}`);
    const caption = 'Quantiles of delays, in milliseconds.';
    quantiles.replaceChildren(tableElement(quantileTable(drawn), caption));
    frame.refresh();
  };
  const links = linkChoice(draw);
  const configured = element('span', { class: 'note' });
  frame.controls.append(...links.elements, configured);
  frame.after.append(legend(marks), quantiles);
  return {
    element: frame.element,
    show(next) {
      view = next;
      links.show(next);
      const { config } = next.data;
      const words = config === null ? [] : [delayInWords(config), ...config.faults];
      configured.textContent = words.length === 0 ? '' : `configured: ${words.join('; ')}`;
      draw();
    },
  };
}

const marks = [
  { name: 'asked', color: 'var(--bound)', mark: '▆' },
  { name: 'actual', color: 'var(--accent)', mark: '▆' },
];

/** Both ends of the links whose delays are shown. */
function linkChoice(onChange: () => void) {
  const ends = ['from', 'to'].map((label) => select(label, [], onChange));
  const chosen = (end: number): NodeId | null => Number(ends[end]?.input.value ?? 0) || null;
  return {
    elements: ends.map((end) => end.element),
    chosen: (): Links => ({ from: chosen(0), to: chosen(1) }),
    show({ nodes }: View): void {
      ends.forEach(({ input }, end) => {
        const before = chosen(end);
        const all = element('option', { value: '' }, 'all nodes');
        const single = nodes.map(({ id }) =>
          element('option', { value: id, selected: id === before }, nodeName(id)),
        );
        input.replaceChildren(all, ...single);
      });
    },
  };
}

function delaysOption({ asked, actual }: Samples, look: Look): Option {
  const { palette, em } = look;
  const { bins, isLog } = binsFor([asked, actual]);
  const unit = isLog ? 'milliseconds (every bar a constant ratio wide)' : 'milliseconds';
  return {
    grid: { left: 4 * em, right: em, top: 0.8 * em, bottom: 3.4 * em },
    tooltip: tooltip(look),
    xAxis: axis(look, unit, {
      type: 'category',
      data: bins.map(({ from, to }) => `${rounded(from)}–${rounded(to)}`),
      splitLine: { show: false },
    }),
    yAxis: axis(look, 'messages', { minInterval: 1, nameGap: 2.9 * em }),
    series: [
      bars('asked', asked, bins, palette.bound),
      bars('actual', actual, bins, palette.accent),
    ],
  };
}

const bars = (id: string, sample: Float64Array, bins: readonly Bin[], color: string): Option => ({
  id,
  name: id,
  type: 'bar',
  data: histogram(sample, bins),
  itemStyle: { color },
  barGap: '0%',
  barCategoryGap: '15%',
  tooltip: {
    formatter: ({ dataIndex, value }: { dataIndex: number; value: number }) => {
      const { from = 0, to = 0 } = bins[dataIndex] ?? {};
      return escaped(`${id}: ${value} messages from ${rounded(from)} to ${rounded(to)} ms`);
    },
  },
});

const rounded = (x: number): string => String(Number(x.toPrecision(3)));

/** Every node's value, round by round, inside the hull of its round. */
import type { PageNode } from '../../page-data.ts';
import { short } from '../../numbers.ts';
import { axis, escaped, markLine, tooltip } from '../chart-style.ts';
import { valuesTable } from '../../tables/convergence.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { element } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { endOf, isFaulty, nodeName } from '../../view.ts';
import type { View } from '../../view.ts';
import { CROSS } from './cross.ts';
import { hullBand } from './hull-band.ts';
import { pauseMarks, pausesOf } from './pause-marks.ts';

/** Up to so many nodes have a colour and a symbol of their own. */
const NAMED_MAX = 8;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow', 'pin', 'circle'];

/** `tag` tells two of them on one page apart. */
export function createValuesPanel(tag = ''): Panel {
  let view: View | null = null;
  const chart = createChart(`values${tag}`, 24);
  const frame = createFrame({
    id: `values${tag}`,
    title: 'Values per round',
    what:
      'A line is one node’s value after each of its updates; the band is the hull, from the smallest ' +
      'to the largest value known of a round.',
    chart,
    table: () => view && valuesTable(view),
  });
  const marks = element('div');
  frame.after.append(marks);
  return {
    element: frame.element,
    show(next) {
      view = next;
      chart.show((look) => valuesOption(next, look));
      chart.describe(inWords(next));
      marks.replaceChildren(valuesLegend(next));
      frame.refresh();
    },
  };
}

function valuesLegend(view: View): HTMLElement {
  const { nodes } = view;
  const paused =
    pausesOf(view).length > 0
      ? [{ name: 'a node that was paused', color: 'var(--ink)', mark: '⏸' }]
      : [];
  const crashed = nodes.some(isFaulty)
    ? [{ name: 'a node’s last value before it crashed', color: 'var(--crash)', mark: '✕' }]
    : [];
  return legend([
    { name: 'output', color: 'var(--epsilon)', mark: '◆' },
    ...crashed,
    ...paused,
    { name: 'hull of the round', color: 'var(--accent)', mark: '▆' },
  ]);
}

function inWords({ rounds, nodes, n }: View): string {
  const last = rounds.at(-1);
  const first = rounds[0];
  if (first === undefined || last === undefined) return 'Values per round: none are known.';
  const crashed = nodes.filter(isFaulty).length;
  return (
    `Values of ${n} nodes over rounds 0 to ${last.round}: from ${short(first.low)} to ` +
    `${short(first.high)} in round 0, from ${short(last.low)} to ${short(last.high)} at the end; ` +
    `${crashed} crashed.`
  );
}

function valuesOption(view: View, look: Look): Option {
  const { nodes, rounds } = view;
  const { palette, em } = look;
  const isNamed = nodes.length <= NAMED_MAX;
  return {
    grid: { left: 4 * em, right: 1.5 * em, top: 1.6 * em, bottom: 3.4 * em },
    tooltip: tooltip(look),
    xAxis: roundAxis(Math.max(1, rounds.at(-1)?.round ?? 1), isNamed, look),
    yAxis: axis(look, 'value', { ...padded, nameGap: 2.9 * em, axisLine: { onZero: false } }),
    dataZoom: [{ type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl' }],
    series: [
      hullBand(rounds, palette),
      ...nodes.map((node, index) => lineOf(node, index, isNamed, look)),
      crashMarks(nodes, look),
      outputMarks(view, look),
      pauseMarks(view, look),
    ],
  };
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The outermost lines stay clear of the frame; its odd numbers are not written. */
const padded: Option = {
  min: ({ min, max }: Extent) => min - 0.04 * (max - min || 1),
  max: ({ min, max }: Extent) => max + 0.04 * (max - min || 1),
  axisLabel: { showMinLabel: false, showMaxLabel: false },
};

/** With names there is room for them before round 0, where the lines are furthest apart. */
function roundAxis(last: number, isNamed: boolean, look: Look): Option {
  const step = Math.ceil((last + 1) / 16);
  const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  return axis(look, 'round', {
    min: isNamed ? -0.13 * last : 0,
    max: last,
    splitLine: { show: false },
    axisLine: { onZero: false },
    axisLabel: { customValues: ticks },
    axisTick: { customValues: ticks },
  });
}

function lineOf(node: PageNode, index: number, isNamed: boolean, look: Look): Option {
  const { palette, em } = look;
  const own = palette.nodes[index % palette.nodes.length];
  const isLost = isFaulty(node);
  const color = isNamed ? own : isLost ? palette.crash : palette.crowd;
  const points = node.values.map((value, round) => ({ value: [round, value] }));
  return {
    id: `node-${node.id}`,
    name: nodeName(node.id),
    type: 'line',
    data: isNamed
      ? points.map((point, round) => ({ ...point, label: { show: round === 0 } }))
      : points,
    showAllSymbol: true,
    symbol: isNamed ? SYMBOLS[index % SYMBOLS.length] : 'circle',
    symbolSize: (isNamed ? 0.5 : 0.3) * em,
    itemStyle: { color },
    lineStyle: { color, ...strokeOf(isNamed, isLost) },
    emphasis: { focus: 'series', lineStyle: { width: 3, opacity: 1 } },
    label: {
      show: false,
      position: 'left',
      formatter: nodeName(node.id),
      color,
      fontSize: 0.78 * em,
    },
    labelLayout: { moveOverlap: 'shiftY' },
    tooltip: { formatter: pointInWords },
    z: isLost ? 3 : 4,
  };
}

const strokeOf = (isNamed: boolean, isLost: boolean): Option => ({
  width: isNamed ? 2 : 1,
  type: isLost ? 'dashed' : 'solid',
  opacity: isNamed ? 1 : 0.6,
});

function pointInWords(point: { seriesName: string; value: readonly [number, number] }): string {
  const [round, value] = point.value;
  return escaped(`${point.seriesName}, round ${round}: ${value}`);
}

function crashMarks(nodes: readonly PageNode[], { palette, em }: Look): Option {
  const ends = nodes.flatMap((node) => {
    const end = endOf(node);
    return end === null ? [] : [{ value: [end.round, end.value], name: `node ${node.id}` }];
  });
  return {
    id: 'crashes',
    type: 'scatter',
    symbol: CROSS,
    symbolSize: 0.85 * em,
    itemStyle: { color: palette.crash },
    data: ends,
    z: 6,
    tooltip: {
      formatter: ({ name, value: [round, value] }: Mark) =>
        `${name} crashed in round ${round}, at ${value}`,
    },
  };
}

interface Mark {
  readonly name: string;
  readonly value: readonly [number, number];
}

function outputMarks({ nodes, deciding }: View, look: Look): Option {
  const { palette, em } = look;
  const label = `round ${deciding ?? ''} is output`;
  const color = palette.epsilon;
  return {
    id: 'outputs',
    type: 'scatter',
    symbol: 'diamond',
    symbolSize: 0.95 * em,
    itemStyle: { color, borderColor: palette.surface, borderWidth: 1 },
    data: nodes.flatMap(({ id, output }) =>
      output === null ? [] : [{ value: [output.round, output.value], name: `node ${id}` }],
    ),
    z: 7,
    markLine: markLine(look, deciding === null ? [] : [{ at: { xAxis: deciding }, label, color }]),
    tooltip: {
      formatter: ({ name, value: [round, value] }: Mark) =>
        `${name} output its value of round ${round}: ${value}`,
    },
  };
}

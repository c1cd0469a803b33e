/** Where the time of a run on OS processes goes. */
import type { PageDocument } from '../../page-data.ts';
import { duration } from '../../numbers.ts';
import type { CellResult } from '../../sweep-data.ts';
import { measures, phases } from '../../sweep-measures.ts';
import { cellsShown, dimensionsOf } from '../../sweep-view.ts';
import type { Table } from '../../csv.ts';
import { axis, escaped, tooltip } from '../chart-style.ts';
import { createChart } from '../charts.ts';
import type { Look, Option } from '../charts.ts';
import { element } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import { paletteOf } from '../palette.ts';
import { isDark, onThemeChange } from '../theme.ts';
import type { Chosen } from './layout-controls.ts';
import type { MeasurePanel } from './measure-panel.ts';

type SweepDocument = Extract<PageDocument, { kind: 'sweep' }>;

/** The runs of one value of the axis. */
interface Bar {
  readonly x: string;
  readonly runs: number;
  /** Means in milliseconds, in the order of `phases`. */
  readonly ms: readonly number[];
}

export function createPhasesPanel({ sweep }: SweepDocument): MeasurePanel {
  const chart = createChart('sweep-phases', 20);
  let bars: readonly Bar[] = [];
  let name = '';
  const frame = createFrame({
    id: 'phases',
    title: 'Phases of a run',
    what: 'The mean time of each phase over all runs of a value, from the making of the run directory until the last OS process has ended. Judging the record comes after it.',
    chart,
    table: () => tableOf(name, bars),
    isWide: true,
  });
  const marks = element('div');
  const fill = (): void => marks.replaceChildren(legend(legendOf()));
  fill();
  onThemeChange(fill);
  frame.after.append(marks);
  return {
    element: frame.element,
    show({ layout }: Chosen) {
      name = layout.x ?? '';
      const values = dimensionsOf(sweep).find((one) => one.name === layout.x)?.values ?? [''];
      const cells = cellsShown(sweep, layout);
      bars = values.map((x) =>
        barOf(x, layout.x === null ? cells : cells.filter(({ params }) => params[name] === x)),
      );
      const drawn = bars;
      chart.setHeight(6 + 2.6 * drawn.length);
      chart.show((look) => phasesOption(name, drawn, look));
      chart.describe(inWords(drawn));
      frame.refresh();
    },
  };
}

function barOf(x: string, cells: readonly CellResult[]): Bar {
  const ms = phases.map((phase) => {
    const found = cells.flatMap((cell) => cell.measures[phase] ?? []);
    const count = found.reduce((total, one) => total + one.count, 0);
    return found.reduce((total, one) => total + one.mean * one.count, 0) / Math.max(1, count);
  });
  return { x, runs: cells.reduce((total, { runs }) => total + runs, 0), ms };
}

const labelOf = (phase: string): string =>
  measures.find(({ name }) => name === phase)?.label ?? phase;

function phasesOption(name: string, bars: readonly Bar[], look: Look): Option {
  const { palette, em } = look;
  return {
    grid: { left: 6 * em, right: 3 * em, top: 0.5 * em, bottom: 3.4 * em },
    tooltip: tooltip(look),
    xAxis: axis(look, 'ms', { min: 0 }),
    yAxis: axis(look, '', {
      type: 'category',
      inverse: true,
      data: bars.map(({ x }) => (name === '' ? 'all runs' : `${name} = ${x}`)),
      splitLine: { show: false },
    }),
    series: phases.map((phase, index) => ({
      id: phase,
      type: 'bar',
      stack: 'phases',
      data: bars.map(({ ms }) => ms[index] ?? 0),
      itemStyle: { color: palette.nodes[index], borderColor: palette.surface, borderWidth: 1 },
      label: {
        show: true,
        color: palette.isDark ? '#10151a' : '#ffffff',
        fontSize: 0.75 * em,
        // A piece that is too small for its number has it in the table.
        formatter: ({ value, dataIndex }: { value: number; dataIndex: number }) =>
          value < 0.07 * longest(bars) ? '' : duration(bars[dataIndex]?.ms[index] ?? value),
      },
      tooltip: {
        formatter: ({ value, dataIndex }: { value: number; dataIndex: number }) =>
          escaped(
            `${labelOf(phase)}: ${duration(value)}, mean of ${bars[dataIndex]?.runs ?? 0} runs`,
          ),
      },
    })),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const longest = (bars: readonly Bar[]): number => Math.max(1, ...bars.map(({ ms }) => sum(ms)));

function legendOf() {
  const { nodes } = paletteOf(isDark());
  return phases.map((phase, index) => ({
    name: labelOf(phase),
    color: nodes[index] ?? '',
    mark: '■',
  }));
}

const tableOf = (name: string, bars: readonly Bar[]): Table => ({
  name: 'phases',
  columns: [name === '' ? 'runs' : name, 'runs', ...phases.map(labelOf), 'whole run'],
  rows: bars.map(({ x, runs, ms }) => [
    x,
    runs,
    ...[...ms, sum(ms)].map((one) => Number(one.toFixed(1))),
  ]),
});

const inWords = (bars: readonly Bar[]): string =>
  bars
    .map(
      ({ x, ms }) =>
        `${x}: ${phases.map((phase, i) => `${labelOf(phase)} ${duration(ms[i] ?? 0)}`).join(', ')}`,
    )
    .join('; ');

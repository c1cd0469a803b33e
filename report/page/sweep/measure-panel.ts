/** The panel of one measure. */
import type { PageDocument } from '../../page-data.ts';
import { short } from '../../numbers.ts';
import type { Measure, MeasureName } from '../../sweep-measures.ts';
import { dimensionsOf, groupsOf, theoryLines } from '../../sweep-view.ts';
import type { Table } from '../../csv.ts';
import { createChart } from '../charts.ts';
import { checkbox, element } from '../element.ts';
import { createFrame, legend } from '../panel.ts';
import { paletteOf } from '../palette.ts';
import { isDark, onThemeChange } from '../theme.ts';
import { markOf } from './colours.ts';
import type { Chosen } from './layout-controls.ts';
import { FACET_HEIGHT, measureOption, rowsAndColumns } from './measure-option.ts';
import type { Drawn } from './drawn.ts';
import { positionsOf } from './positions.ts';

type SweepDocument = Extract<PageDocument, { kind: 'sweep' }>;

export interface MeasurePanel {
  readonly element: HTMLElement;
  show(chosen: Chosen): void;
}

export function createMeasurePanel(
  page: SweepDocument,
  measure: Measure & { readonly name: MeasureName },
): MeasurePanel {
  const chart = createChart(`sweep-${measure.name}`, FACET_HEIGHT);
  let drawn: Drawn | null = null;
  let isLog: boolean | null = null;
  const frame = createFrame({
    id: measure.name,
    title: measure.label,
    what: whatIsShown(page, measure),
    chart,
    table: () => drawn && cellsOf(drawn),
  });
  const redraw = (chosen: Chosen): void => {
    const plain = drawnOf(page, measure, chosen);
    const next = { ...plain, isLog: isLog ?? isBetterOnLog(plain) };
    drawn = next;
    frame.element.classList.toggle('wide', next.facets.length > 1);
    chart.setHeight(FACET_HEIGHT * rowsAndColumns(next.facets.length).rows);
    chart.show((look) => measureOption(next, look));
    chart.describe(inWords(next));
    const logarithmic = checkbox('logarithmic', next.isLog, (isChecked) => {
      isLog = isChecked;
      redraw(chosen);
    });
    const marks = element('div');
    const fill = (): void => marks.replaceChildren(legend(legendOf(next)));
    fill();
    onThemeChange(fill);
    frame.controls.replaceChildren(logarithmic);
    frame.after.replaceChildren(marks);
    frame.refresh();
  };
  return { element: frame.element, show: redraw };
}

function drawnOf(
  { sweep, runs }: SweepDocument,
  measure: Drawn['measure'],
  { layout, statistic }: Chosen,
): Drawn {
  const dimensions = dimensionsOf(sweep);
  const groups = groupsOf(sweep, layout);
  const present = (name: string | null, of: 'colour' | 'facet'): string[] => {
    const values = dimensions.find((dimension) => dimension.name === name)?.values ?? [''];
    return values.filter((value) => groups.some((group) => group[of] === value));
  };
  const colours = present(layout.colour, 'colour');
  const x = dimensions.find(({ name }) => name === layout.x) ?? null;
  return {
    measure,
    layout,
    groups,
    colours,
    facets: present(layout.facet, 'facet'),
    positions: positionsOf(x, colours),
    runs,
    rowsOf: rowsByCell(runs.cell),
    statistic,
    isLog: false,
    engine: sweep.engine,
  };
}

function rowsByCell(cells: readonly number[]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, cell] of cells.entries()) {
    const known = rows.get(cell);
    if (known === undefined) rows.set(cell, [row]);
    else known.push(row);
  }
  return rows;
}

/** Where what is drawn spans more than a decade, the low end would be a smear. */
function isBetterOnLog({ measure, groups, engine }: Drawn): boolean {
  const lines = theoryLines(measure.name, engine);
  const cells = groups.flatMap((group) => group.cells.map(({ result }) => result));
  const all = cells.flatMap((cell) => [
    cell.measures[measure.name]?.min ?? 1,
    cell.measures[measure.name]?.max ?? 1,
    ...lines.flatMap(({ at }) => at(cell) ?? []),
  ]);
  const least = Math.min(...all);
  return least > 0 && Math.max(...all) > 8 * least;
}

function whatIsShown({ sweep, runs }: SweepDocument, { name, meaning }: Drawn['measure']): string {
  const lines = theoryLines(name, sweep.engine);
  const theory = {
    rounds:
      ' Dashed: the rounds that the algorithm may need at worst, whatever the schedule; with stop rounds, the round ' +
      'that all output. Dotted: the lower bound, what no algorithm that goes by rounds can promise to undercut; single runs may.',
    messages: ' Dashed: if every node multicasts up to the last round that it may.',
    timeMs: ' Dashed: the worst case of rounds, each with the longest delay.',
  }[name as string];
  const left =
    runs.leftOut === 0
      ? ''
      : ` ${runs.leftOut} runs have no point here; lines and intervals are over all.`;
  const said = lines.length === 0 ? '' : (theory ?? '');
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}. A point is a run; the line joins the cells, with 95 % intervals.${said}${left}`;
}

function legendOf({ colours, layout, measure, engine }: Drawn) {
  const { nodes, bound } = paletteOf(isDark());
  const marks = colours.map((colour, index) => ({
    name: layout.colour === null ? measure.label : colour,
    color: nodes[index % nodes.length] ?? bound,
    mark: markOf(index),
  }));
  const lines = theoryLines(measure.name, engine).map(({ name }) => ({
    name,
    color: bound,
    mark: name === 'worst case' ? '╍' : '┈',
  }));
  return [...marks, ...lines];
}

function cellsOf({ groups, measure, layout, engine }: Drawn): Table {
  const lines = theoryLines(measure.name, engine);
  const cells = groups.flatMap((group) => group.cells.map(({ result }) => result));
  const names = Object.keys(cells[0]?.params ?? {});
  const statistics = ['count', 'min', 'q1', 'median', 'q3', 'p95', 'max', 'mean'] as const;
  return {
    name: `${measure.name}-${layout.x ?? 'all'}`,
    columns: [
      ...names,
      ...statistics,
      ...['95 % from', 'to', 'of median from', 'to'],
      ...lines.map(({ name }) => name),
    ],
    rows: cells.map((cell) => {
      const found = cell.measures[measure.name];
      return [
        ...names.map((name) => cell.params[name] ?? ''),
        ...statistics.map((name) => (found === null ? null : rounded(found[name]))),
        ...[found?.meanInterval?.low ?? null, found?.meanInterval?.high ?? null].map(rounded),
        ...[found?.medianInterval?.low ?? null, found?.medianInterval?.high ?? null].map(rounded),
        ...lines.map(({ at }) => at(cell)),
      ];
    }),
  };
}

const rounded = (x: number | null): number | null => (x === null ? null : Number(x.toPrecision(6)));

function inWords({ groups, measure }: Drawn): string {
  const cells = groups.flatMap((group) => group.cells.map(({ result }) => result));
  const means = cells.flatMap(({ measures }) => measures[measure.name]?.mean ?? []);
  if (means.length === 0) return `${measure.label}: no run has any.`;
  return `${measure.label} in ${cells.length} cells: means from ${short(Math.min(...means))} to ${short(Math.max(...means))}.`;
}

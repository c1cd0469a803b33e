/**
 * How the cells of a sweep are laid out in a plot: which varied name runs along the axis, which one has
 * the colours, which one the small multiples, and at which value each other one is looked at.
 */
import type { CellResult, Distribution, SweepResult } from './sweep-data.ts';
import type { MeasureName } from './sweep-measures.ts';

export interface Dimension {
  readonly name: string;
  /** Of cells that were run, in ascending order if all are numbers. */
  readonly values: readonly string[];
  readonly isNumeric: boolean;
}

export interface Layout {
  readonly x: string | null;
  readonly colour: string | null;
  readonly facet: string | null;
  /** The other names. */
  readonly fixed: Readonly<Record<string, string>>;
}

export type Statistic = 'mean' | 'median' | 'p95';

/** The cells of one plot line: the same colour in the same small multiple. */
export interface Group {
  readonly colour: string;
  readonly facet: string;
  readonly cells: readonly { readonly x: string; readonly result: CellResult }[];
}

/** Those that take one value only are part of no layout. */
export function dimensionsOf({ cells, varied }: SweepResult): Dimension[] {
  const run = cells.filter(({ skipped }) => skipped === null);
  return varied
    .map((name) => {
      const values = [...new Set(run.map(({ params }) => params[name] ?? ''))];
      const isNumeric = values.every((value) => value !== '' && Number.isFinite(Number(value)));
      const ordered = isNumeric ? values.toSorted((a, b) => Number(a) - Number(b)) : values;
      return { name, values: ordered, isNumeric };
    })
    .filter(({ values }) => values.length > 1);
}

/** n along the axis if it varies, else the first number; colours for what is compared. */
export function defaultLayout(sweep: SweepResult): Layout {
  const dimensions = dimensionsOf(sweep);
  const comparable = dimensions.filter(({ name }) => name !== sweep.compare);
  const x =
    comparable.find(({ name }) => name === 'n') ??
    comparable.find(({ isNumeric }) => isNumeric) ??
    comparable[0] ??
    dimensions[0];
  return layoutFor(dimensions, { x: x?.name ?? null, colour: sweep.compare, facet: null });
}

/** Fills in what is open: a name has one place only, and every place that can have one gets one. */
export function layoutFor(
  dimensions: readonly Dimension[],
  wish: Pick<Layout, 'x' | 'colour' | 'facet'>,
  fixed: Layout['fixed'] = {},
): Layout {
  const names = dimensions.map(({ name }) => name);
  const taken = new Set<string>();
  const take = (name: string | null): string | null => {
    const isFree = name !== null && names.includes(name) && !taken.has(name);
    const found = isFree ? name : (names.find((free) => !taken.has(free)) ?? null);
    if (found !== null) taken.add(found);
    return found;
  };
  const x = take(wish.x);
  const colour = take(wish.colour);
  const facet = take(wish.facet);
  const others = dimensions.filter(({ name }) => !taken.has(name));
  const at = others.map(({ name, values }) => {
    const asked = fixed[name];
    return [name, asked !== undefined && values.includes(asked) ? asked : (values[0] ?? '')];
  });
  return { x, colour, facet, fixed: Object.fromEntries(at) as Record<string, string> };
}

/** In the order of the dimensions' values; groups without a cell are left out. */
export function groupsOf(sweep: SweepResult, layout: Layout): Group[] {
  const dimensions = new Map(dimensionsOf(sweep).map((one) => [one.name, one.values]));
  const valuesOf = (name: string | null): readonly string[] =>
    name === null ? [''] : (dimensions.get(name) ?? ['']);
  const shown = cellsShown(sweep, layout);
  const at = (cell: CellResult, name: string | null): string =>
    name === null ? '' : (cell.params[name] ?? '');
  return valuesOf(layout.facet).flatMap((facet) =>
    valuesOf(layout.colour).flatMap((colour) => {
      const alike = shown.filter(
        (cell) => at(cell, layout.facet) === facet && at(cell, layout.colour) === colour,
      );
      const cells = valuesOf(layout.x).flatMap((x) =>
        alike.filter((cell) => at(cell, layout.x) === x).map((result) => ({ x, result })),
      );
      return cells.length === 0 ? [] : [{ colour, facet, cells }];
    }),
  );
}

export const cellsShown = ({ cells }: SweepResult, { fixed }: Layout): CellResult[] =>
  cells.filter(
    ({ params, skipped }) =>
      skipped === null && Object.entries(fixed).every(([name, value]) => params[name] === value),
  );

export const statisticOf = (distribution: Distribution | null, statistic: Statistic) =>
  distribution === null ? null : distribution[statistic];

export function intervalOf(distribution: Distribution | null, statistic: Statistic) {
  if (distribution === null || statistic === 'p95') return null;
  return statistic === 'mean' ? distribution.meanInterval : distribution.medianInterval;
}

export interface Line {
  readonly name: 'worst case' | 'lower bound';
  readonly at: (cell: CellResult) => number | null;
}

/** What the theory says of a measure; nothing of most. */
export function theoryLines(measure: MeasureName, engine: SweepResult['engine']): Line[] {
  switch (measure) {
    case 'rounds':
      return [
        { name: 'worst case', at: ({ theory }) => theory.roundsMost },
        { name: 'lower bound', at: ({ theory }) => theory.lowerBound },
      ];
    case 'messages':
      return [{ name: 'worst case', at: ({ theory }) => theory.messagesMost }];
    case 'timeMs':
      // Only virtual time has nothing in it but delays.
      return engine === 'simulate'
        ? [{ name: 'worst case', at: ({ theory }) => theory.timeMostMs }]
        : [];
    default:
      return [];
  }
}

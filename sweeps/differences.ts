/**
 * Paired differences. Repetition k has the same seed in every cell, so two cells that differ only in
 * what is compared met the same crashes and delays: their difference, run by run, is free of what the
 * faults alone do, and far fewer runs tell two algorithms apart.
 */
import type { Difference } from '../report/sweep-data.ts';
import type { MeasureName } from '../report/sweep-measures.ts';
import { quantile } from '../report/quantiles.ts';
import { bootstrap, mean } from './bootstrap.ts';
import { groupBy } from './group-by.ts';
import type { Row } from './row.ts';
import type { Cell, Sweep } from './sweep.ts';
import { namesOf } from './sweep.ts';

const COMPARED: readonly MeasureName[] = ['rounds', 'timeMs', 'messages', 'cpuMs'];

/** With more values than these, each is compared with the first one only. */
const ALL_PAIRS_MAX = 4;

export function differencesOf(
  sweep: Sweep,
  cells: readonly Cell[],
  rows: readonly Row[],
): Difference[] {
  const { compare } = sweep;
  if (compare === null) return [];
  const groups = groupsOf(sweep, compare, cells, rows);
  const values = [...new Set(groups.flatMap(({ byValue }) => [...byValue.keys()]))];
  return pairsOf(values).flatMap(([base, other]) =>
    COMPARED.flatMap((measure) => compared({ base, other, measure }, groups)),
  );
}

/** Cells that differ in nothing but the compared value. */
interface Group {
  readonly at: Readonly<Record<string, string>>;
  readonly byValue: ReadonlyMap<string, readonly Row[]>;
}

function groupsOf(
  sweep: Sweep,
  compare: string,
  cells: readonly Cell[],
  rows: readonly Row[],
): Group[] {
  const rowsOf = groupBy(rows, ({ cell }) => cell);
  const run = cells.filter(({ skipped }) => skipped === null);
  const alike = groupBy(run, (cell) => groupOf(sweep, cell));
  return [...alike.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const byValue = new Map(
      members.map((cell) => [cell.params[compare] ?? '', rowsOf.get(cell.id) ?? []]),
    );
    return [{ at: shared(sweep, first), byValue }];
  });
}

const shared = (sweep: Sweep, { params }: Cell): Group['at'] =>
  Object.fromEntries(
    namesOf(sweep)
      .filter((name) => name !== sweep.compare)
      .map((name) => [name, params[name] ?? '']),
  );

const groupOf = (sweep: Sweep, cell: Cell): string => JSON.stringify(shared(sweep, cell));

/** By cell; the same for cells that are compared with each other. */
export const groupsByCell = (sweep: Sweep, cells: readonly Cell[]): Map<number, string> =>
  new Map(cells.map((cell) => [cell.id, groupOf(sweep, cell)]));

function pairsOf(values: readonly string[]): [string, string][] {
  const pairs = values.flatMap((base, index) =>
    values.slice(index + 1).map((other): [string, string] => [base, other]),
  );
  return values.length <= ALL_PAIRS_MAX ? pairs : pairs.slice(0, values.length - 1);
}

type Question = Pick<Difference, 'base' | 'other' | 'measure'>;

interface Pair {
  readonly repetition: number;
  readonly difference: number;
}

/** First over all groups, then each. Nothing when no pair has both numbers. */
function compared(question: Question, groups: readonly Group[]): Difference[] {
  const each = groups.map(({ at, byValue }) => ({ at, pairs: pair(question, byValue) }));
  const met = each.filter(({ pairs }) => pairs.length > 0);
  if (met.length === 0) return [];
  const single = met.map(({ at, pairs }) => summed(question, at, pairs));
  const all = met.flatMap(({ pairs }) => pairs);
  return met.length === 1 ? single : [summed(question, null, all), ...single];
}

function pair({ base, other, measure }: Question, byValue: Group['byValue']): Pair[] {
  const numbers = new Map(
    (byValue.get(base) ?? []).map(({ repetition, measured }) => [repetition, measured[measure]]),
  );
  const pairs = (byValue.get(other) ?? []).flatMap(({ repetition, measured }) => {
    const [one, two] = [numbers.get(repetition) ?? null, measured[measure]];
    return one === null || two === null ? [] : [{ repetition, difference: two - one }];
  });
  // Rows come as their runs have ended; what is drawn from them must not depend on that.
  return pairs.sort((one, other) => one.repetition - other.repetition);
}

function summed(question: Question, at: Difference['at'], pairs: readonly Pair[]): Difference {
  const differences = Float64Array.from(pairs, ({ difference }) => difference);
  const key = JSON.stringify([question, at]);
  const count = (is: (x: number) => boolean): number => differences.filter(is).length;
  return {
    ...question,
    at,
    pairs: pairs.length,
    mean: mean(differences),
    median: quantile(differences.toSorted(), 0.5),
    interval: at === null ? overSeeds(pairs, key) : bootstrap(differences, key, mean),
    below: count((x) => x < 0),
    equal: count((x) => x === 0),
    above: count((x) => x > 0),
  };
}

/**
 * Cells share their seeds, so their pairs are not independent: what is drawn again is the seed, with
 * all its pairs. A seed of which runs are missing has fewer.
 */
function overSeeds(pairs: readonly Pair[], key: string): Difference['interval'] {
  const bySeed = [...groupBy(pairs, ({ repetition }) => repetition).values()];
  return bootstrap([...bySeed.keys()], key, (seeds) => {
    let total = 0;
    let count = 0;
    for (const seed of seeds) {
      for (const { difference } of bySeed[seed] ?? []) total += difference;
      count += bySeed[seed]?.length ?? 0;
    }
    return total / count;
  });
}

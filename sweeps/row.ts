/** One finished run of a sweep: a line of runs.jsonl, a row of runs.csv. docs/sweep.md has the columns. */
import type { Verdict } from '../record/result.ts';
import { measures, nothingMeasured } from '../report/sweep-measures.ts';
import type { Measured } from '../report/sweep-measures.ts';
import type { Cell, Task } from './sweep.ts';
import type { Table } from '../report/csv.ts';

/** failed: the tool itself did not bring the run to its end; nothing can be said of the algorithm. */
export type Ending = Verdict | 'failed';

export const endings = [
  'pass',
  'violated',
  'inconclusive',
  'failed',
] as const satisfies readonly Ending[];

/** What an executor says of a run. */
export interface Outcome {
  readonly ending: Ending;
  /** What `cluster` or `simulate` would have ended with. */
  readonly exitCode: number;
  /** One sentence. */
  readonly reason: string;
  /** Proven worst case for the inputs of this run; null: nothing is proven. */
  readonly worstCase: number | null;
  /** Largest minus smallest input. */
  readonly inputSpread: number | null;
  readonly measured: Measured;
  /** Processes waiting for a processor when the run began, over the last minute; null: virtual time. */
  readonly load: number | null;
  /** The run directory, from the sweep's; null: not kept. */
  readonly record: string | null;
}

export interface Row extends Task, Outcome {
  readonly seed: number;
}

/** The tool did not bring it to its end. `exitCode`: what `cluster` would have ended with. */
export const failedRun = (
  why: { readonly exitCode: number; readonly reason: string },
  around: Pick<Outcome, 'load' | 'record'> = { load: null, record: null },
): Outcome => ({
  ending: 'failed',
  ...why,
  worstCase: null,
  inputSpread: null,
  measured: nothingMeasured,
  ...around,
});

/** By cell, then by repetition. */
export const inOrder = (rows: readonly Row[]): Row[] =>
  rows.toSorted((one, other) => one.cell - other.cell || one.repetition - other.repetition);

/** The object of a line in runs.jsonl: flat, under the names of the columns. */
export function rowDocument(row: Row, cell: Cell): Record<string, string | number | null> {
  const { ending, exitCode, reason, worstCase, inputSpread, measured, load, record } = row;
  const { n, f, algorithm, params } = cell;
  return {
    cell: row.cell,
    repetition: row.repetition,
    seed: row.seed,
    n,
    f,
    algorithm,
    ...othersOf(params),
    ending,
    exitCode,
    worstCase,
    inputSpread,
    ...measured,
    load,
    record,
    reason,
  };
}

/** n, f and algorithm have columns of their own, also when they are not varied. */
const othersOf = (params: Cell['params']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).filter(([name]) => !['n', 'f', 'algorithm'].includes(name)),
  );

/** Of a line in runs.jsonl; null: it is none. */
export function readRow(line: string): Row | null {
  try {
    const said = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const { cell, repetition, ending } = said;
    const isRow = Number.isInteger(cell) && Number.isInteger(repetition);
    if (!isRow || !endings.some((known) => known === ending)) return null;
    const measured = Object.fromEntries(measures.map(({ name }) => [name, said[name] ?? null]));
    const isMeasured = Object.values(measured).every(
      (value) => value === null || Number.isFinite(value),
    );
    if (!isMeasured) return null;
    return { ...said, measured } as unknown as Row;
  } catch {
    return null;
  }
}

/** `names`: what is varied. */
export function rowTable(
  rows: readonly Row[],
  cells: ReadonlyMap<number, Cell>,
  names: readonly string[],
): Table {
  const columns = rowColumns(names);
  const documents = inOrder(rows).flatMap((row) => {
    const cell = cells.get(row.cell);
    return cell === undefined ? [] : [rowDocument(row, cell)];
  });
  return {
    name: 'runs',
    columns,
    rows: documents.map((document) => columns.map((column) => document[column] ?? null)),
  };
}

export const rowColumns = (names: readonly string[]): string[] => [
  ...new Set([
    ...['cell', 'repetition', 'seed', 'n', 'f', 'algorithm', ...names],
    ...['ending', 'exitCode', 'worstCase', 'inputSpread'],
    ...measures.map(({ name }) => name),
    ...['load', 'record', 'reason'],
  ]),
];

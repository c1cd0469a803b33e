/** What the page of a sweep carries: the result, and the runs as columns. */
import { PAGE_SCHEMA } from '../report/page-data.ts';
import type { PageDocument } from '../report/page-data.ts';
import type { SweepResult, SweepRuns } from '../report/sweep-data.ts';
import { measures } from '../report/sweep-measures.ts';
import type { MeasureName } from '../report/sweep-measures.ts';
import { inOrder } from './row.ts';
import type { Row } from './row.ts';

/** A page with more points than these opens slowly and shows no more. */
const RUNS_SHOWN_MAX = 30_000;

export const sweepDocument = (
  sweep: SweepResult,
  rows: readonly Row[],
): Extract<PageDocument, { kind: 'sweep' }> => ({
  version: PAGE_SCHEMA,
  kind: 'sweep',
  sweep,
  runs: columnsOf(rows),
});

/** The first repetitions of all cells, as many as fit. */
export function columnsOf(rows: readonly Row[], most = RUNS_SHOWN_MAX): SweepRuns {
  const first = rows.toSorted((one, other) => one.repetition - other.repetition).slice(0, most);
  const shown = inOrder(first);
  const measured: Partial<Record<MeasureName, (number | null)[]>> = {};
  for (const { name } of measures) {
    const column = shown.map((row) => row.measured[name]);
    if (column.some((value) => value !== null)) measured[name] = column;
  }
  return {
    cell: shown.map(({ cell }) => cell),
    repetition: shown.map(({ repetition }) => repetition),
    ending: shown.map(({ ending }) => ending),
    measured,
    leftOut: rows.length - shown.length,
  };
}

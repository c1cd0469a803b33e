/** Writes what is made of a sweep's rows. Overwrites: the same rows give the same documents. */
import { replaceFile } from '../record/replace-file.ts';
import { csvOf } from '../report/csv.ts';
import type { SweepResult } from '../report/sweep-data.ts';
import type { PreparedSweep } from './prepare-sweep.ts';
import { cellTable, differenceTable } from './result-tables.ts';
import { asJson, sweepFiles } from './results-directory.ts';
import { rowTable } from './row.ts';
import type { Row } from './row.ts';
import { namesOf } from './sweep.ts';
import { sweepText } from './sweep-text.ts';

export function writeSweepDocuments(
  directory: string,
  { source, byId }: PreparedSweep,
  rows: readonly Row[],
  result: SweepResult,
): void {
  const runs = rowTable(rows, byId, namesOf(source.sweep));
  replaceFile(sweepFiles.rowsCsv(directory), csvOf(runs));
  replaceFile(sweepFiles.cellsCsv(directory), csvOf(cellTable(result)));
  replaceFile(sweepFiles.differencesCsv(directory), csvOf(differenceTable(result)));
  replaceFile(sweepFiles.result(directory), asJson(result));
  replaceFile(
    sweepFiles.summary(directory),
    sweepText(result, (text) => text),
  );
}

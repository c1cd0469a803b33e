/** The end of a run, and of every later look at it: read the record, judge it, write it down. */
import { judge } from '../checker/verdict.ts';
import { readRunWithAlgorithm } from '../record/read-run-with-algorithm.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { Result } from '../record/result.ts';
import { writeReportDocument, writeResultDocuments } from '../record/run-documents.ts';
import { pageDataOf } from './build-page-data.ts';
import { renderHtml } from './html-report.ts';
import type { PageAssets } from './html-report.ts';
import { PAGE_SCHEMA } from './page-data.ts';
import { renderSummary } from './summary.ts';

export interface JudgedRun {
  readonly record: RunRecord;
  readonly result: Result;
}

/**
 * Writes result.json and summary.txt into the run directory, over earlier ones. Every process of the
 * run must have ended or been told to: what is written later is not judged.
 * @throws RunNotFoundError without such a directory, and what the file system throws on writing.
 */
export async function writeResult(directory: string): Promise<Result> {
  return (await judgeRun(directory)).result;
}

/** As `writeResult`, for those who go on with the record. */
export async function judgeRun(directory: string): Promise<JudgedRun> {
  const record = await readRunWithAlgorithm(directory);
  const result = judge(record);
  writeResultDocuments(directory, result, renderSummary(result));
  return { record, result };
}

/** Writes report.html beside them. Throws what the file system throws. */
export function writeReport(run: JudgedRun, assets: PageAssets): void {
  writeReportDocument(run.record.directory, reportOf(run, assets));
}

/** The page of one run, as text. */
export const reportOf = ({ record, result }: JudgedRun, assets: PageAssets): string =>
  renderHtml(
    { version: PAGE_SCHEMA, kind: 'run', run: pageDataOf(record, result) },
    assets,
    renderSummary(result),
  );

/** The page of a sweep. */
import { relative } from 'node:path';
import { replaceFile } from '../../record/replace-file.ts';
import { renderHtml } from '../../report/html-report.ts';
import type { SweepResult } from '../../report/sweep-data.ts';
import { sweepDocument } from '../../sweeps/page-document.ts';
import { sweepFiles } from '../../sweeps/results-directory.ts';
import type { Row } from '../../sweeps/row.ts';
import { sweepText } from '../../sweeps/sweep-text.ts';
import { pageAssets } from '../page-assets.ts';

/**
 * Writes report.html of a sweep and returns where it is, for people. As with a run, a page that
 * cannot be drawn does not take the result away. `goOn`: the command that tries again.
 */
export function trySweepReport(
  directory: string,
  result: SweepResult,
  rows: readonly Row[],
  goOn: string,
): string {
  const path = sweepFiles.report(directory);
  try {
    const summary = sweepText(result, (text) => text);
    replaceFile(path, renderHtml(sweepDocument(result, rows), pageAssets(), summary));
    return relative(process.cwd(), path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `not written (${why}); try: ${goOn}`;
  }
}

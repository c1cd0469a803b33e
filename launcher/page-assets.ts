/** Script and style of report.html as they were bundled, and the page written with them. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { runFiles } from '../record/run-directory.ts';
import type { PageAssets } from '../report/html-report.ts';
import { writeReport } from '../report/write-result.ts';
import type { JudgedRun } from '../report/write-result.ts';

/** They lie beside the bundle that this code runs from (build.cjs). */
export const pageAssets = (): PageAssets => pageAssetsIn(new URL('./', import.meta.url));

export const pageAssetsIn = (folder: URL): PageAssets => ({
  style: readFileSync(new URL('page-style.css', folder), 'utf8'),
  script: readFileSync(new URL('page.js', folder), 'utf8'),
});

/**
 * Writes report.html and returns where it is, for people. A page that cannot be drawn does not take the
 * verdict away: then the sentence says why, and how to try again.
 */
export function tryReport(run: JudgedRun): string {
  const { directory } = run.record;
  try {
    writeReport(run, pageAssets());
    return relative(process.cwd(), runFiles.report(directory));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const here = relative(process.cwd(), directory) || '.';
    return `not written (${why}); try: npm run report -- ${here}`;
  }
}

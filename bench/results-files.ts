/** What a benchmark leaves: results.json, and from it a table and a plot. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../record/make-folder.ts';
import { drawPlot } from './plot.ts';
import type { Results } from './results.ts';
import { renderTable } from './table.ts';

const resultsFile = (folder: string): string => join(folder, 'results.json');

/** Of the parts that are not measured again. Null: there are none of this machine and kind. */
export function readResults(folder: string, isQuick: boolean): Results | null {
  try {
    const results = JSON.parse(readFileSync(resultsFile(folder), 'utf8')) as Results;
    return results.isQuick === isQuick ? results : null;
  } catch {
    return null;
  }
}

export async function writeResults(folder: string, results: Results): Promise<void> {
  makeFolder(folder);
  writeFileSync(resultsFile(folder), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'table.md'), renderTable(results));
  writeFileSync(join(folder, 'plot.svg'), await drawPlot(results));
}

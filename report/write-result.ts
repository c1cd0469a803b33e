/** The end of a run, and of every later look at it: read the record, judge it, write it down. */
import { judge } from '../checker/verdict.ts';
import { readRunWithAlgorithm } from '../record/load-algorithm.ts';
import type { Result } from '../record/result.ts';
import { writeResultDocuments } from '../record/run-documents.ts';
import { renderSummary } from './summary.ts';

/**
 * Writes result.json and summary.txt into the run directory, over earlier ones. Every process of the
 * run must have ended or been told to: what is written later is not judged.
 * @throws RunNotFoundError without such a directory, and what the file system throws on writing.
 */
export async function writeResult(directory: string): Promise<Result> {
  const result = judge(await readRunWithAlgorithm(directory));
  writeResultDocuments(directory, result, renderSummary(result));
  return result;
}

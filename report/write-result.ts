/** The end of a run, and of every later look at it: read the record, judge it, write it down. */
import { judge } from '../checker/verdict.ts';
import { readRun } from '../record/read-run.ts';
import type { Result } from '../record/result.ts';
import { writeResultDocuments } from '../record/run-documents.ts';
import { renderSummary } from './summary.ts';

/**
 * Writes result.json and summary.txt into the run directory, over earlier ones. Every process of the
 * run must have ended or been told to: what is written later is not judged.
 * @throws RunNotFoundError without such a directory, and what the file system throws on writing.
 */
export function writeResult(directory: string): Result {
  const result = judge(readRun(directory));
  writeResultDocuments(directory, result, renderSummary(result));
  return result;
}

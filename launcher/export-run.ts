/** Writes a run as other tools like it (report/exports/). */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../record/make-folder.ts';
import { judge } from '../checker/verdict.ts';
import type { RunRecord } from '../record/read-run.ts';
import { pageDataOf } from '../report/build-page-data.ts';
import { csvLines } from '../report/csv.ts';
import { jsonLines } from '../report/exports/jsonl.ts';
import { junitXml } from '../report/exports/junit.ts';
import { perfettoText } from '../report/exports/perfetto.ts';
import { shivizLines } from '../report/exports/shiviz.ts';
import { tablesOf } from '../report/exports/tables.ts';
import { UsageError } from './usage-error.ts';

interface Format {
  /** In the run directory, unless --out says otherwise. */
  readonly file: string;
  readonly pieces: (record: RunRecord) => Iterable<string>;
}

const formats: Readonly<Record<string, Format>> = {
  shiviz: { file: 'shiviz.log', pieces: shivizLines },
  perfetto: { file: 'trace.json', pieces: perfettoText },
  jsonl: { file: 'events.jsonl', pieces: jsonLines },
  junit: { file: 'junit.xml', pieces: (record) => [junitXml(judge(record))] },
};

export const exportFormats = ['shiviz', 'perfetto', 'csv', 'jsonl', 'junit'];

/** Pieces are gathered up to here before they are written. */
const CHUNK_CHARACTERS = 1 << 20;

/** Returns the files that were written: none for standard output. */
export function writeExport(format: string, record: RunRecord, out: string | null): string[] {
  if (format === 'csv') return writeTables(record, out ?? join(record.directory, 'csv'));
  const chosen = formats[format];
  if (chosen === undefined) throw new UsageError(`--export ${format}: no such format. See --help.`);
  const file = out ?? join(record.directory, chosen.file);
  writePieces(file, chosen.pieces(record));
  return file === '-' ? [] : [file];
}

function writeTables(record: RunRecord, folder: string): string[] {
  if (folder === '-') throw new UsageError('--export csv writes several files: give a folder.');
  makeFolder(folder);
  return tablesOf(pageDataOf(record, judge(record), Infinity)).map((table) => {
    const file = join(folder, `${table.name}.csv`);
    writePieces(file, csvLines(table));
    return file;
  });
}

/** A large run is never one string. */
function writePieces(file: string, pieces: Iterable<string>): void {
  const descriptor = file === '-' ? null : openSync(file, 'w');
  const write = (chunk: string): void => {
    if (descriptor === null) process.stdout.write(chunk);
    else writeSync(descriptor, chunk);
  };
  try {
    let chunk = '';
    for (const piece of pieces) {
      chunk += piece;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      write(chunk);
      chunk = '';
    }
    write(chunk);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

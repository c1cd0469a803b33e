/** A column of numbers from a CSV file: measured values as inputs. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { nearest } from '../configs/nearest.ts';
import { SweepError } from './sweep-error.ts';

/**
 * `column`: its name in the first line, or its number from 1. Any usual separator; empty cells are
 * passed over. Throws SweepError.
 */
export function readCsvColumn(file: string, column: string): number[] {
  const rows = rowsOf(file);
  const names = rows[0] ?? [];
  const named = names.findIndex((name) => name.trim() === column);
  const index = named >= 0 ? named : Number(column) - 1;
  const isNumbered = named < 0 && Number.isInteger(index) && index >= 0 && index < names.length;
  if (named < 0 && !isNumbered) throw noColumn(file, column, names);
  // A numbered column of a file without a header begins in the first line.
  const hasHeader = named >= 0 || !isNumber(names[index]);
  return rows.slice(hasHeader ? 1 : 0).flatMap((row, position) => {
    const text = row[index]?.trim() ?? '';
    if (text === '') return [];
    if (isNumber(text)) return [Number(text)];
    const line = position + (hasHeader ? 2 : 1);
    throw new SweepError(`${file}: row ${line}, column ${column} is "${text}"; expected a number.`);
  });
}

function rowsOf(file: string): string[][] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SweepError(
      `${file} cannot be read (${String(error)}). Check the path of csv inputs.`,
    );
  }
  return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' }).data;
}

const isNumber = (text: string | undefined): boolean =>
  text !== undefined && text.trim() !== '' && Number.isFinite(Number(text));

function noColumn(file: string, column: string, names: readonly string[]): SweepError {
  const close = nearest(column, names);
  const meant = close === null ? '' : ` Did you mean ${close}?`;
  const known = names.slice(0, 20).join(', ');
  return new SweepError(`${file} has no column "${column}"; it has ${known}.${meant}`);
}

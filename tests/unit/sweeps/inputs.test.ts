import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCsvColumn } from '../../../sweeps/csv-column.ts';
import { inputsFor, parseInputs } from '../../../sweeps/inputs.ts';

const inputs = (text: string, n: number, { f = 1, seed = 1, column = [] as number[] } = {}) =>
  inputsFor(parseInputs(text)!, { n, f, seed, column });

describe('inputs of a cell', () => {
  test('two camps: the last f against all others, at least one', () => {
    expect(inputs('two-camps', 5, { f: 2 })).toEqual([0, 0, 0, 1, 1]);
    expect(inputs('two-camps 3 7', 3, { f: 0 })).toEqual([3, 3, 7]);
  });

  test('one outlier is the last node', () => {
    expect(inputs('one-outlier -1 1', 4)).toEqual([-1, -1, -1, 1]);
  });

  test('given values begin anew when there are more nodes', () => {
    expect(inputs('values 0.3 0.4 0.5 0.9', 6)).toEqual([0.3, 0.4, 0.5, 0.9, 0.3, 0.4]);
  });

  test('uniform: in the range, by seed and node alone', () => {
    const eight = inputs('uniform 2 3', 8, { seed: 7 }) as number[];
    expect(Math.min(...eight)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...eight)).toBeLessThanOrEqual(3);
    expect(new Set(eight).size).toBe(8);
    expect(inputs('uniform 2 3', 4, { seed: 7, f: 0 })).toEqual(eight.slice(0, 4));
    expect(inputs('uniform 2 3', 8, { seed: 8 })).not.toEqual(eight);
  });

  test('spanning: reaches both ends exactly', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const values = inputs('spanning 0.3 0.9', 5, { seed }) as number[];
      expect(Math.min(...values)).toBe(0.3);
      expect(Math.max(...values)).toBe(0.9);
    }
    expect(inputs('spanning 0.3 0.9', 1)).toEqual([0.3]);
  });

  test('a column: the first n values, and too few are said to be', () => {
    const column = [5, 6, 7];
    expect(inputs('csv a.csv t', 2, { column })).toEqual([5, 6]);
    expect(inputs('csv a.csv t', 4, { column })).toBe(
      'column t of a.csv has 3 values, but there are 4 nodes',
    );
  });

  test.each([
    '',
    'normal',
    'uniform 1',
    'uniform 2 1',
    'uniform a b',
    'values',
    'values x',
    'csv f',
  ])('%j is no rule', (text) => {
    expect(parseInputs(text)).toBeNull();
  });
});

describe('a column of a CSV file', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'within-csv-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const file = (text: string): string => {
    const path = join(directory, 'data.csv');
    writeFileSync(path, text);
    return path;
  };

  test('by name, by number, with quotes, other separators, gaps and a byte order mark', () => {
    expect(readCsvColumn(file('t,v\n1,10\n2,20\n'), 'v')).toEqual([10, 20]);
    expect(readCsvColumn(file('t,v\n1,10\n2,20\n'), '2')).toEqual([10, 20]);
    expect(readCsvColumn(file('1,10\n2,20\n'), '2')).toEqual([10, 20]);
    expect(readCsvColumn(file('\uFEFF"a ""b""";c\r\n"1.5";2\r\n;3\r\n'), 'a "b"')).toEqual([1.5]);
  });

  test('what is no number, no column or no file is named', () => {
    const path = file('t,value\n1,10\n2,ten\n');
    expect(() => readCsvColumn(path, 'value')).toThrow('row 3, column value is "ten"');
    expect(() => readCsvColumn(path, 'valeu')).toThrow('it has t, value. Did you mean value?');
    expect(() => readCsvColumn(path, '3')).toThrow('has no column "3"');
    expect(() => readCsvColumn(join(directory, 'none.csv'), '1')).toThrow('cannot be read');
  });
});

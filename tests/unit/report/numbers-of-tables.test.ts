import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvOf } from '../../../report/csv.ts';
import type { Cell } from '../../../report/csv.ts';
import { binsFor, histogram, quantile } from '../../../report/quantiles.ts';

/** RFC 4180, read by other code than that which writes it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('CSV', () => {
  test('every cell comes back, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é') }),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const width = 3;
    const rows = fc.array(fc.array<Cell>(cell, { minLength: width, maxLength: width }));
    fc.assert(
      fc.property(rows, (given) => {
        const text = csvOf({ name: 't', columns: ['a', 'b', 'c'], rows: given });
        const texts = given.map((row) => row.map((one) => (one === null ? '' : String(one))));
        expect(parseCsv(text)).toEqual([['a', 'b', 'c'], ...texts]);
      }),
    );
  });
});

const sample = fc
  .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values).sort());

describe('quantiles and histograms', () => {
  test('quantiles lie between neighbours, the ends are the ends', () => {
    const ten = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([0, 0.5, 0.25, 1].map((q) => quantile(ten, q))).toEqual([1, 5.5, 3.25, 10]);
    expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
  });

  test('every number is in exactly one bin', () => {
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        const { bins } = binsFor([one, other]);
        for (const each of [one, other]) {
          const counts = histogram(each, bins);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(each.length);
          expect(bins.at(-1)?.to).toBeGreaterThanOrEqual((each.at(-1) ?? 0) * (1 - 1e-12));
        }
        bins.forEach(({ from, to }, index) => {
          expect(to).toBeGreaterThan(from);
          if (index > 0) expect(from).toBeCloseTo(bins[index - 1]?.to ?? NaN, 6);
        });
      }),
    );
  });

  test('bins have round widths, and equal ratios under a heavy tail', () => {
    const even = binsFor([Float64Array.from({ length: 100 }, (_, i) => i / 5)]);
    expect(even.isLog).toBe(false);
    expect(even.bins[1]).toEqual({ from: 1, to: 2 });
    const heavy = binsFor([
      Float64Array.from({ length: 100 }, (_, i) => (i === 99 ? 10_000 : 1 + i / 100)),
    ]);
    expect(heavy.isLog).toBe(true);
    const ratios = heavy.bins.slice(2).map(({ from, to }) => to / from);
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeCloseTo(1, 6);
  });
});

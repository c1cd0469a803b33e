/** The sweeps in configs/sweeps, and what docs/sweep.md says of rows and cells. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfigFile } from '../../../configs/load.ts';
import { prepareSweep } from '../../../sweeps/prepare-sweep.ts';
import type { PreparedSweep } from '../../../sweeps/prepare-sweep.ts';
import { requestOfFile, resolveSweep } from '../../../sweeps/resolve-sweep.ts';
import { cellTable } from '../../../sweeps/result-tables.ts';
import { rowColumns } from '../../../sweeps/row.ts';
import { runSourceOf } from '../../../sweeps/run-source.ts';
import { namesOf } from '../../../sweeps/sweep.ts';
import { sweepResult } from '../../../sweeps/sweep-result.ts';
import { prepared, rowsOf } from '../../fixtures/sweeps.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'configs', 'sweeps');

function load(name: string): PreparedSweep {
  const file = join(folder, name);
  const request = requestOfFile(file, readConfigFile(file), []);
  const text = readConfigFile(request.configFile);
  return prepareSweep(runSourceOf(resolveSweep(request, text, {}), text, new Map()));
}

describe('the sweeps of this release', () => {
  test.each([
    ['some-inputs-agree.yaml', 18, 'inputs'],
    ['delay-and-crash.yaml', 24, 'algorithm'],
    ['four-or-eight.yaml', 12, 'n'],
    ['student-table.yaml', 33, 'crash'],
    ['three-rules.yaml', 90, 'algorithm'],
    ['three-rules-processes.yaml', 21, 'algorithm'],
  ])('%s has %d cells that can be run', (name, count, compare) => {
    const { cells, source } = load(name);
    expect(cells.filter(({ skipped }) => skipped === null)).toHaveLength(count);
    expect(source.sweep.compare).toBe(compare);
  });

  test('are all of them', () => {
    expect(readdirSync(folder)).toHaveLength(6);
  });
});

describe('docs/sweep.md', () => {
  const page = readFileSync(join(root, 'docs', 'sweep.md'), 'utf8');
  const section = (from: string, to: string): string =>
    page.slice(page.indexOf(from), page.indexOf(to));

  test('names every column of runs.csv', () => {
    const rows = section('### Columns of `runs.csv`', '### Columns of `cells.csv`');
    for (const column of rowColumns([])) expect(rows).toContain(`\`${column}\``);
  });

  test('names every column of cells.csv', () => {
    const sweep = prepared(['n=5'], { repeat: 2 });
    const result = sweepResult({ prepared: sweep, rows: rowsOf(sweep), sessions: [] });
    const cells = section('### Columns of `cells.csv`', '## The page');
    const { columns } = cellTable(result);
    const endings = ['cell', 'pass', 'violated', 'inconclusive', 'failed'];
    const varied = new Set([...namesOf(sweep.source.sweep), 'f', 'algorithm', ...endings]);
    for (const column of columns.filter((name) => !varied.has(name))) {
      expect(cells).toContain(`\`${column.split('.').at(-1)}\``);
    }
  });
});

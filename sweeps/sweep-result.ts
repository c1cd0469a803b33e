/** Everything that a sweep has found, from its rows. */
import type { RunConfig } from '../configs/run-config.ts';
import { commandLine } from '../checker/repeat-command.ts';
import { flagWords } from '../configs/flags.ts';
import type { SweepException, SweepResult, SweepSession } from '../report/sweep-data.ts';
import { cellResult, countEndings, exitCodeOf } from './cell-results.ts';
import { differencesOf } from './differences.ts';
import { groupBy } from './group-by.ts';
import { flagsOf, makeRun } from './make-run.ts';
import type { PreparedSweep } from './prepare-sweep.ts';
import { inOrder } from './row.ts';
import type { Row } from './row.ts';
import { namesOf, seedOf } from './sweep.ts';
import { warningsOf } from './warnings.ts';

export interface Found {
  readonly prepared: PreparedSweep;
  readonly rows: readonly Row[];
  readonly sessions: readonly SweepSession[];
}

export function sweepResult({ prepared, rows, sessions }: Found): SweepResult {
  const { source, cells, tasks } = prepared;
  const { sweep } = source;
  const byCell = groupBy(rows, ({ cell }) => cell);
  const configs = configsOf(prepared, byCell);
  const results = cells.map((cell) =>
    cellResult(cell, byCell.get(cell.id) ?? [], configs.get(cell.id) ?? null),
  );
  const missing = tasks.length - rows.length;
  const endings = countEndings(rows);
  return {
    version: 1,
    name: sweep.name,
    engine: sweep.engine,
    config: sweep.config.file,
    repeat: sweep.repeat,
    seedFrom: sweep.seedFrom,
    set: flagWords(sweep.set),
    inputs: sweep.inputs,
    varied: namesOf(sweep),
    compare: sweep.compare,
    isComplete: missing === 0,
    exitCode: exitCodeOf(endings),
    endings,
    missing,
    warnings: warningsOf({
      sweep,
      cells: results.filter(({ skipped }) => skipped === null),
      hazards: new Map([...configs].map(([id, { faults }]) => [id, faults.crash])),
      sessions,
      missing,
    }),
    cells: results,
    differences: differencesOf(sweep, cells, rows),
    sessions,
    ...exceptionsOf(prepared, rows),
    repeatCommand: commandLine('sweep', sweep.words),
  };
}

/**
 * By cell, of the run with the largest worst case, of repetition 1 without one: what does not depend on the
 * seed is the same in all.
 */
function configsOf(
  { source, cells }: PreparedSweep,
  byCell: ReadonlyMap<number, readonly Row[]>,
): Map<number, RunConfig> {
  const run = cells.filter(({ skipped }) => skipped === null);
  return new Map(
    run.map((cell) => {
      const repetition = widestOf(byCell.get(cell.id) ?? []);
      return [cell.id, makeRun(source, cell, repetition).config];
    }),
  );
}

function widestOf(rows: readonly Row[]): number {
  let widest = { repetition: 1, worstCase: -1 };
  for (const { repetition, worstCase } of rows) {
    if (worstCase !== null && worstCase > widest.worstCase) widest = { repetition, worstCase };
  }
  return widest.repetition;
}

const EXCEPTIONS_MAX = 100;

function exceptionsOf(
  { source, byId }: PreparedSweep,
  rows: readonly Row[],
): Pick<SweepResult, 'exceptions' | 'exceptionsNotShown'> {
  const rank = ({ ending }: Row): number => ['violated', 'failed'].indexOf(ending) + 1 || 3;
  const found = inOrder(rows.filter(({ ending }) => ending !== 'pass')).toSorted(
    (one, other) => rank(one) - rank(other),
  );
  const exceptions = found.slice(0, EXCEPTIONS_MAX).flatMap((row): SweepException[] => {
    const cell = byId.get(row.cell);
    if (cell === undefined) return [];
    const { ending, reason, record, repetition } = row;
    const flags = flagsOf(source, cell, seedOf(source.sweep, repetition));
    const command = source.sweep.engine;
    const repeat = commandLine(command, [source.sweep.config.file, ...flagWords(flags)]);
    return [{ cell: cell.id, repetition, ending, reason, record, repeat }];
  });
  return { exceptions, exceptionsNotShown: found.length - exceptions.length };
}

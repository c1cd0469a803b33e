/** A sweep with its cells, ready to run. */
import { ConfigError } from '../configs/config-error.ts';
import { cellsOf, CELLS_MAX } from './cells.ts';
import type { RunSource } from './make-run.ts';
import { SweepError } from './sweep-error.ts';
import type { Cell, Task } from './sweep.ts';

export interface PreparedSweep {
  readonly source: RunSource;
  readonly cells: readonly Cell[];
  readonly byId: ReadonlyMap<number, Cell>;
  /** Repetition by repetition, each over all cells. */
  readonly tasks: readonly Task[];
}

/** Throws ConfigError when no cell can be run: then it is the sweep that is wrong. */
export function prepareSweep(source: RunSource): PreparedSweep {
  const { blocks, repeat } = source.sweep;
  const size = blocks.reduce(
    (total, axes) => total + axes.reduce((product, { values }) => product * values.length, 1),
    0,
  );
  if (size > CELLS_MAX) {
    throw new SweepError(`${size} cells are too many; expected at most ${CELLS_MAX}. Vary less.`);
  }
  const { cells, refused } = cellsOf(source);
  const run = cells.filter(({ skipped }) => skipped === null);
  if (run.length === 0) throw refused ?? new ConfigError([]);
  return {
    source,
    cells,
    byId: new Map(cells.map((cell) => [cell.id, cell])),
    tasks: tasksOf(run, repeat),
  };
}

/**
 * Not cell by cell: so an interrupted sweep has something of every cell, the time left can be told, and
 * what is compared runs in the same minutes of a machine that others use too.
 */
function tasksOf(cells: readonly Cell[], repeat: number): Task[] {
  return Array.from({ length: repeat }, (_, index) =>
    cells.map(({ id }) => ({ cell: id, repetition: index + 1 })),
  ).flat();
}

/** The cells of a sweep: every combination of values, those that cannot be run with the reason. */
import { algorithms } from '../agreement/algorithms.ts';
import { asynchronousCrash, largestF } from '../agreement/resilience.ts';
import { ConfigError } from '../configs/config-error.ts';
import { MAX_FROM } from './axis.ts';
import { makeRun } from './make-run.ts';
import type { RunSource } from './make-run.ts';
import type { Axis, Cell } from './sweep.ts';

/** More cells than these are a mistake in the sweep. */
export const CELLS_MAX = 100_000;

export interface Cells {
  readonly cells: readonly Cell[];
  /** Of the first cell that cannot be run; null: there is none. */
  readonly refused: ConfigError | null;
}

/** In the order of the blocks; in a block the last axis changes fastest. */
export function cellsOf(source: RunSource): Cells {
  const cells: Cell[] = [];
  const known = new Map<string, number>();
  let refused: ConfigError | null = null;
  for (const params of combinations(source)) {
    const { cell, problem } = judgeCell(source, { id: cells.length + 1, params });
    const key = JSON.stringify(cell.params);
    const same = known.get(key);
    refused ??= problem;
    if (same === undefined) known.set(key, cell.id);
    cells.push(same === undefined ? cell : { ...cell, skipped: `the same as cell ${same}` });
  }
  return { cells, refused };
}

type Params = Readonly<Record<string, string>>;

function combinations(source: RunSource): Params[] {
  return source.sweep.blocks.flatMap((axes) => {
    const product = axes.reduce<Params[]>(
      (found, { name, values }) =>
        found.flatMap((params) => values.map((value) => ({ ...params, [name]: value }))),
      [{}],
    );
    return product.flatMap((params) => expandF(source, params, axes));
  });
}

/** `1..max` is as many values as n allows; `max` is one. */
function expandF(source: RunSource, params: Params, axes: readonly Axis[]): Params[] {
  const [, from] = MAX_FROM.exec(params['f'] ?? '') ?? [];
  if (from === undefined && params['f'] !== 'max') return [params];
  const most = mostF(source, params);
  const least = from === undefined ? most : Number(from);
  const values = Array.from({ length: Math.max(0, most - least + 1) }, (_, i) => String(least + i));
  const explicit = axes.find(({ name }) => name === 'f')?.values ?? [];
  // In `1,2,1..max` the interval adds what is not there yet; a lone `max` is skipped with a reason.
  const fresh = from === undefined ? values : values.filter((value) => !explicit.includes(value));
  return fresh.map((f) => ({ ...params, f }));
}

function mostF(source: RunSource, params: Params): number {
  const name = params['algorithm'] ?? source.algorithm;
  const own = source.own.get(name)?.algorithm;
  const { resilience = asynchronousCrash } = own ?? algorithms.get(name) ?? {};
  return Math.max(0, largestF(resilience, Number(params['n'] ?? source.n)));
}

function fOf(source: RunSource, params: Params): number | null {
  const text = params['f'] ?? source.f;
  if (text === null) return null;
  return text === 'max' ? mostF(source, params) : Number(text);
}

function judgeCell(
  source: RunSource,
  { id, params }: Pick<Cell, 'id' | 'params'>,
): { cell: Cell; problem: ConfigError | null } {
  const n = Number(params['n'] ?? source.n);
  const said = { id, params, n, algorithm: params['algorithm'] ?? source.algorithm };
  const asked = { ...said, f: fOf(source, params), skipped: null };
  try {
    const { config } = makeRun(source, asked, 1);
    return { cell: { ...asked, n: config.nodes.length, f: config.f }, problem: null };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const skipped = [...new Set(error.problems.map(({ what }) => what))].join('; ');
    return { cell: { ...asked, skipped }, problem: error };
  }
}

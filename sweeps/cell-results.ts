/** What the runs of a cell have in common. */
import { ratio } from '../agreement/ratio.ts';
import { worstCaseRounds } from '../agreement/worst-case-rounds.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { maxWaitMs } from '../faults/message-wait.ts';
import { deathInRound } from '../report/forecast/crash-odds.ts';
import { quantile } from '../report/quantiles.ts';
import type { CellResult, CellTheory, Distribution, EndingCounts } from '../report/sweep-data.ts';
import { measures } from '../report/sweep-measures.ts';
import type { MeasureName } from '../report/sweep-measures.ts';
import { bootstrap, mean, median } from './bootstrap.ts';
import { endings } from './row.ts';
import type { Row } from './row.ts';
import type { Cell } from './sweep.ts';

/** `rows`: of this cell. `config`: of its run with the largest worst case; null: there is none. */
export function cellResult(cell: Cell, rows: readonly Row[], config: RunConfig | null): CellResult {
  const { id, params, n, f, algorithm, skipped } = cell;
  return {
    cell: id,
    params,
    n,
    f,
    algorithm,
    skipped,
    runs: rows.length,
    endings: countEndings(rows),
    measures: Object.fromEntries(
      measures.map(({ name }) => [name, distributionOf(rows, name, `${id} ${name}`)]),
    ) as CellResult['measures'],
    theory: config === null ? NOTHING_KNOWN : theoryOf(rows, config),
  };
}

export function countEndings(rows: readonly Row[]): EndingCounts {
  const counts = { pass: 0, violated: 0, inconclusive: 0, failed: 0 };
  for (const { ending } of rows) counts[ending] += 1;
  return counts;
}

/** 0 when all pass, 1 when one is violated, else 2. */
export function exitCodeOf(counts: EndingCounts): number {
  if (counts.violated > 0) return 1;
  return endings.some((ending) => ending !== 'pass' && counts[ending] > 0) ? 2 : 0;
}

function distributionOf(rows: readonly Row[], name: MeasureName, key: string): Distribution | null {
  const values = rows.flatMap(({ measured }) => measured[name] ?? []);
  if (values.length === 0) return null;
  const ascending = Float64Array.from(values).sort();
  const at = (share: number): number => quantile(ascending, share);
  return {
    count: ascending.length,
    min: at(0),
    q1: at(0.25),
    median: at(0.5),
    q3: at(0.75),
    p95: at(0.95),
    max: at(1),
    mean: mean(ascending),
    medianInterval: bootstrap(ascending, `median ${key}`, median, true),
    meanInterval: bootstrap(ascending, `mean ${key}`, mean),
  };
}

const NOTHING_KNOWN: CellTheory = {
  worstCase: null,
  lowerBound: null,
  roundsMost: null,
  messagesMost: null,
  timeMostMs: null,
  deathPerRound: null,
};

function theoryOf(rows: readonly Row[], config: RunConfig): CellTheory {
  const { faults, epsilon, worstCase, f } = config;
  const n = config.nodes.length;
  const width = Math.max(0, ...rows.map(({ inputSpread }) => inputSpread ?? 0));
  const roundsMost = roundsMostOf(config);
  const isTimed = worstCase !== null && roundsMost !== null && !isHeldUp(faults);
  return {
    worstCase,
    lowerBound: rows.length === 0 ? null : lowerBound(n, f, width, epsilon),
    roundsMost,
    messagesMost: n * (n - 1) * (config.lastRound + 1),
    timeMostMs: isTimed ? roundsMost * maxWaitMs(faults) : null,
    deathPerRound: deathInRound(faults.crash, n),
  };
}

/** Under `stop rounds` every node outputs its value of that round, however early they agree. */
function roundsMostOf({ stop, rounds, worstCase, lastRound }: RunConfig): number | null {
  if (stop === 'rounds') return rounds;
  return worstCase === null ? null : Math.min(worstCase, lastRound);
}

/** By the clock or by a script, so that no number of rounds bounds the time. */
const isHeldUp = (faults: RunConfig['faults']): boolean =>
  faults.holds.length > 0 ||
  [faults.timedHolds, faults.partitions, faults.uses, faults.clog, faults.pauses].some(
    (asked) => asked !== undefined,
  );

/**
 * For round-based algorithms under crash faults the spread cannot be promised to shrink by more than
 * 1/(⌈n/f⌉ + 1) a round (Függer, Nowak, Schwarz; quoted in docs/theory.md). Without faults one round
 * is enough, and none when the inputs are within ε.
 */
export function lowerBound(n: number, f: number, width: number, epsilon: number): number | null {
  if (width <= epsilon) return 0;
  return f === 0 ? 1 : worstCaseRounds(ratio(1, Math.ceil(n / f) + 1), [0, width], epsilon);
}

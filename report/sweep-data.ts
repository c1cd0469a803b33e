/**
 * What a sweep has found: result.json of its directory, and, with the runs as columns, what its page
 * shows. docs/sweep.md has every field.
 */
import type { MeasureName } from './sweep-measures.ts';

export interface SweepInterval {
  readonly low: number;
  readonly high: number;
}

/** Of one measure in one cell; quantiles lie between neighbours in proportion. */
export interface Distribution {
  /** Runs that have the number. */
  readonly count: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly p95: number;
  readonly max: number;
  readonly mean: number;
  /** Bootstrap, 95 %; null with fewer than two runs. */
  readonly medianInterval: SweepInterval | null;
  readonly meanInterval: SweepInterval | null;
}

export interface EndingCounts {
  readonly pass: number;
  readonly violated: number;
  readonly inconclusive: number;
  readonly failed: number;
}

export interface CellResult {
  readonly cell: number;
  /** What is varied, as text. */
  readonly params: Readonly<Record<string, string>>;
  readonly n: number;
  readonly f: number | null;
  readonly algorithm: string;
  /** Why it was not run; null: it was. */
  readonly skipped: string | null;
  readonly runs: number;
  readonly endings: EndingCounts;
  /** Null: no run has the number. */
  readonly measures: Readonly<Record<MeasureName, Distribution | null>>;
  readonly theory: CellTheory;
}

/** For the widest inputs of the cell's runs. Null: nothing is proven, or it is not known. */
export interface CellTheory {
  /** Rounds that this algorithm may need, and no schedule can make it need more. */
  readonly worstCase: number | null;
  /** No algorithm that goes by rounds can promise fewer (docs/theory.md). */
  readonly lowerBound: number | null;
  /** No run outputs a later round: `rounds` under `stop rounds`, else the worst case. */
  readonly roundsMost: number | null;
  /** Values sent if every node multicasts in every round that it may enter. */
  readonly messagesMost: number | null;
  /** Virtual time until all have output: roundsMost times the longest wait of a message. */
  readonly timeMostMs: number | null;
  /** Chance that a given node dies in a round. */
  readonly deathPerRound: number | null;
}

/** Of one measure: the runs with `other` minus the runs with `base`, same seed, otherwise same cell. */
export interface Difference {
  readonly measure: MeasureName;
  readonly base: string;
  readonly other: string;
  /** What both cells share; null: over all of them. */
  readonly at: Readonly<Record<string, string>> | null;
  readonly pairs: number;
  readonly mean: number;
  readonly median: number;
  /** Of the mean; bootstrap, 95 %, over pairs, or over seeds when it is over all cells. */
  readonly interval: SweepInterval | null;
  /** Pairs in which `other` is below, equal, above. */
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

export interface SweepMachine {
  readonly within: string;
  readonly node: string;
  readonly platform: string;
  readonly release: string;
  readonly cpus: number;
  readonly cpuModel: string;
  readonly memoryBytes: number;
}

/** One start of the command: a sweep that was interrupted has several. */
export interface SweepSession {
  readonly started: string;
  readonly ended: string | null;
  /** Runs that it has finished. */
  readonly runs: number;
  /** Load average of a minute, at its start and end. */
  readonly loadAtStart: number;
  readonly loadAtEnd: number | null;
  readonly machine: SweepMachine;
}

export interface SweepResult {
  readonly version: 1;
  readonly name: string;
  readonly engine: 'simulate' | 'cluster';
  readonly config: string;
  readonly repeat: number;
  readonly seedFrom: number;
  /** What holds in every cell, as flags. */
  readonly set: readonly string[];
  readonly inputs: string | null;
  readonly varied: readonly string[];
  readonly compare: string | null;
  readonly isComplete: boolean;
  readonly exitCode: number;
  readonly endings: EndingCounts;
  /** Runs that are still to be made. */
  readonly missing: number;
  readonly warnings: readonly string[];
  readonly cells: readonly CellResult[];
  readonly differences: readonly Difference[];
  readonly sessions: readonly SweepSession[];
  /** Every run that is no pass, with the command that repeats it; at most EXCEPTIONS_MAX. */
  readonly exceptions: readonly SweepException[];
  readonly exceptionsNotShown: number;
  /** The command that makes the same sweep. */
  readonly repeatCommand: string;
}

export interface SweepException {
  readonly cell: number;
  readonly repetition: number;
  readonly ending: string;
  readonly reason: string;
  readonly record: string | null;
  readonly repeat: string;
}

/** The runs as columns; measures that no run has are left out. */
export interface SweepRuns {
  readonly cell: readonly number[];
  readonly repetition: readonly number[];
  readonly ending: readonly string[];
  readonly measured: Readonly<Partial<Record<MeasureName, readonly (number | null)[]>>>;
  /** Runs that would make the page too large; statistics are over all of them. */
  readonly leftOut: number;
}

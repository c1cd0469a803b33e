/** A sweep, resolved: everything that its runs follow from. sweep.json in its directory is one. */
import type { Flags } from '../configs/flags.ts';

/** simulate: virtual time, on all cores. cluster: OS processes, one run at a time. */
export const engines = ['simulate', 'cluster'] as const;

export type Engine = (typeof engines)[number];

/** Whose run directories stay when OS processes have run: of every run, of those without a pass, of none. */
export const keepings = ['all', 'doubtful', 'none'] as const;

export type Keeping = (typeof keepings)[number];

/** What is varied, and the values it takes, as the rest of a config line each. */
export interface Axis {
  /** A config keyword, or `inputs`. */
  readonly name: string;
  /** Of f also `max` and `1..max`: as large as n allows. */
  readonly values: readonly string[];
}

export interface Sweep {
  readonly version: 1;
  /** Names the folder of the results. */
  readonly name: string;
  readonly engine: Engine;
  /** The config, as the user named it, and the SHA-256 of its text. */
  readonly config: { readonly file: string; readonly sha256: string };
  /** Runs per cell. */
  readonly repeat: number;
  /** The seed of repetition 1; the next ones follow. The same in all cells. */
  readonly seedFrom: number;
  /** What holds in every cell instead of the config's lines. */
  readonly set: Flags;
  /** The inputs of every cell that does not vary them; null: those of the config. */
  readonly inputs: string | null;
  /** Each block is a product; the cells are those of all blocks. All vary the same names. */
  readonly blocks: readonly (readonly Axis[])[];
  /** Whose values are compared run by run; null: nothing is varied. */
  readonly compare: string | null;
  readonly keep: Keeping;
  /** What `csv FILE COLUMN` stands for, as it was when the sweep began. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
  /** SHA-256 of the user's algorithms, by path. */
  readonly algorithms: Readonly<Record<string, string>>;
  /** The command line that it began with. */
  readonly words: readonly string[];
}

/** One combination of values. */
export interface Cell {
  /** From 1, in the order of the product; skipped cells count. */
  readonly id: number;
  /** By the names that are varied; `max` is a number here. */
  readonly params: Readonly<Record<string, string>>;
  readonly n: number;
  readonly f: number | null;
  readonly algorithm: string;
  /** Why it is not run; null: it is. */
  readonly skipped: string | null;
}

/** One run to be made. */
export interface Task {
  readonly cell: number;
  /** From 1. */
  readonly repetition: number;
}

/** What is varied, in the order given. */
export const namesOf = ({ blocks }: Pick<Sweep, 'blocks'>): string[] => [
  ...new Set(blocks.flatMap((axes) => axes.map(({ name }) => name))),
];

export const seedOf = ({ seedFrom }: Pick<Sweep, 'seedFrom'>, repetition: number): number =>
  seedFrom + repetition - 1;

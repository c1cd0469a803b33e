/** From a cell and a repetition to the config of one run, and to the flags that say the same. */
import { ConfigError, problemAt } from '../configs/config-error.ts';
import type { Flags } from '../configs/flags.ts';
import { parseConfig } from '../configs/load.ts';
import type { OwnAlgorithm } from '../configs/own-algorithm.ts';
import { isPath } from '../configs/own-algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { inputsFor, parseInputs } from './inputs.ts';
import { seedOf } from './sweep.ts';
import type { Cell, Sweep } from './sweep.ts';

type Loaded = Extract<OwnAlgorithm, { hash: string }>;

/** A sweep with all that it refers to. */
export interface RunSource {
  readonly sweep: Sweep;
  /** Of the config file. */
  readonly text: string;
  /** What the config and `set` say; cells may say otherwise. */
  readonly n: number;
  readonly f: string | null;
  readonly algorithm: string;
  /** The user's algorithms, by path as written. */
  readonly own: ReadonlyMap<string, Loaded>;
}

export interface MadeRun {
  readonly config: RunConfig;
  /** On top of the config file: they make the same run with `cluster` or `simulate`. */
  readonly flags: Flags;
}

/** Throws ConfigError when there is no such run. */
export function makeRun(source: RunSource, cell: Cell, repetition: number): MadeRun {
  const { sweep, text, own } = source;
  const flags = flagsOf(source, cell, seedOf(sweep, repetition));
  const config = parseConfig({
    name: sweep.config.file,
    text,
    flags,
    drawSeed: () => 0,
    own: isPath(cell.algorithm) ? (own.get(cell.algorithm) ?? null) : null,
  });
  return { config, flags };
}

/** Also of a run that is illegal as drawn. Throws ConfigError when its inputs cannot be drawn at all. */
export function flagsOf({ sweep }: RunSource, cell: Cell, seed: number): Flags {
  const { inputs = sweep.inputs, n, ...params } = cell.params;
  const { n: setN, ...set } = sweep.set;
  const f = cell.f === null ? {} : { f: String(cell.f) };
  const flags = { ...set, ...params, ...f, seed: String(seed) };
  if (inputs !== null) return { ...flags, node: nodeLines(sweep, cell, inputs, seed) };
  const size = n ?? setN;
  return size === undefined ? flags : { ...flags, n: size };
}

/** Any free port: thousands of runs must not depend on who else listens. */
function nodeLines(sweep: Sweep, { n, f }: Cell, text: string, seed: number): string[] {
  const rule = parseInputs(text);
  const column = sweep.columns[text] ?? [];
  const values =
    rule === null
      ? `inputs "${text}" cannot be read`
      : inputsFor(rule, { n, f: f ?? 0, seed, column });
  if (typeof values === 'string') {
    const place = { file: 'inputs', line: null };
    throw new ConfigError([problemAt(place, values, 'an input per node', 'use a smaller n')]);
  }
  return values.map((value, index) => `${index + 1} ${value} 127.0.0.1 0`);
}

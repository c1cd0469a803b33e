/** From what the user asked for to a sweep: every value read, every problem of them at once. */
import { dirname, isAbsolute, join } from 'node:path';
import { ConfigError, problemAt, quoted } from '../configs/config-error.ts';
import type { Place, Problem } from '../configs/config-error.ts';
import type { Flags } from '../configs/flags.ts';
import { isPath } from '../configs/own-algorithm.ts';
import { runName } from '../configs/resolve.ts';
import { parseSweepFile } from '../configs/sweep-file.ts';
import { SEED_MAX } from '../faults/draw.ts';
import { MAX_FROM, parseAxis, valueProblems } from './axis.ts';
import { readCsvColumn } from './csv-column.ts';
import { inputProblem, parseInputs } from './inputs.ts';
import { sha256 } from './run-source.ts';
import type { Axis, Engine, Keeping, Sweep } from './sweep.ts';
import { namesOf } from './sweep.ts';

/** What a command line or a sweep file asks for. */
export interface SweepRequest {
  readonly name: string;
  readonly configFile: string;
  readonly engine: Engine;
  readonly repeat: number;
  readonly seedFrom: number;
  readonly set: Flags;
  readonly inputs: string | null;
  readonly blocks: readonly (readonly Axis[])[];
  readonly compare: string | null;
  readonly keep: Keeping;
  readonly words: readonly string[];
}

export const REPEAT_DEFAULT = 30;

export const defaultRequest = (configFile: string, words: readonly string[]): SweepRequest => ({
  name: runName(configFile),
  configFile,
  engine: 'simulate',
  repeat: REPEAT_DEFAULT,
  seedFrom: 1,
  set: {},
  inputs: null,
  blocks: [[]],
  compare: null,
  keep: 'doubtful',
  words,
});

/** Throws ConfigError. */
export function requestOfFile(file: string, text: string, words: readonly string[]): SweepRequest {
  const { content, placeOf } = parseSweepFile(file, text);
  const problems: Problem[] = [];
  const blocks = (content.vary ?? [{}]).map((block, index) =>
    Object.entries(block).map(([name, values]) => {
      const place = deeper(placeOf('vary', name), placeOf('vary', index, name));
      const { axis, problems: found } = parseAxis(
        name,
        values.flatMap(split).map((value) => fromHere(file, name, value)),
        place,
      );
      problems.push(...found);
      return axis;
    }),
  );
  const set: Record<string, string | readonly string[]> = {};
  for (const [name, values] of Object.entries(content.set ?? {})) {
    set[name] = values.map((value) => fromHere(file, name, value));
    problems.push(...setProblems(name, values, placeOf('set', name)));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const { engine, repeat, inputs, compare, keep } = content;
  const base = defaultRequest(besides(file, content.config), words);
  return {
    ...base,
    name: runName(content.name ?? file),
    engine: engine ?? base.engine,
    repeat: repeat ?? base.repeat,
    seedFrom: content['seed-from'] ?? base.seedFrom,
    set,
    inputs: inputs === undefined ? null : fromHere(file, 'inputs', inputs),
    blocks,
    compare: compare ?? null,
    keep: keep ?? base.keep,
  };
}

const besides = (file: string, path: string): string =>
  isAbsolute(path) ? path : join(dirname(file), path);

/** Paths in a sweep file start from where it is: algorithms of the user's own, CSV files. */
function fromHere(file: string, name: string, value: string): string {
  const from = (path: string): string => besides(file, path);
  if (name === 'algorithm' && isPath(value.trim())) return from(value.trim());
  const rule = name === 'inputs' ? parseInputs(value) : null;
  return rule?.kind === 'csv' ? `csv ${from(rule.file)} ${rule.column}` : value;
}

const split = (text: string): string[] => text.split(',');

/** A path that is not there is placed at the nearest thing around it, which stands above. */
const deeper = (one: Place, other: Place): Place =>
  (one.line ?? 0) > (other.line ?? 0) ? one : other;

function setProblems(name: string, values: readonly string[], place: Place): Problem[] {
  if (name === 'seed') {
    const remedy = 'say seed-from, outside of set';
    return [problemAt(place, 'seed cannot be set', 'no seed: repetitions have theirs', remedy)];
  }
  if (name === 'f' && values.length === 1 && MAX_FROM.test(values[0] ?? '')) return [];
  const found = values.flatMap((value) => valueProblems(name, value));
  return found.map((problem) => ({ ...problem, ...place }));
}

/** `configText`: of `configFile`. `algorithms`: hashes of the user's own ones, by path. */
export function resolveSweep(
  request: SweepRequest,
  configText: string,
  algorithms: Sweep['algorithms'],
): Sweep {
  const { name, configFile, engine, repeat, seedFrom, set, inputs, blocks, keep } = request;
  const problems = [
    ...(inputs === null ? [] : inputProblem(inputs, { file: 'inputs', line: null })),
    ...blockProblems(blocks),
    ...compareProblems(request),
    ...seedProblems(request),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    version: 1,
    name,
    engine,
    config: { file: configFile, sha256: sha256(configText) },
    repeat,
    seedFrom,
    set,
    inputs,
    blocks,
    compare: request.compare ?? defaultCompare(blocks),
    keep,
    columns: columnsOf(request),
    algorithms,
    words: request.words,
  };
}

/** A table needs the same columns in all rows. */
function blockProblems(blocks: SweepRequest['blocks']): Problem[] {
  const [first = []] = blocks;
  const names = (axes: readonly Axis[]): string =>
    axes
      .map(({ name }) => name)
      .toSorted()
      .join(', ');
  return blocks.slice(1).flatMap((axes, index) => {
    if (names(axes) === names(first)) return [];
    const what = `block ${index + 2} of vary has ${names(axes)}, the first one ${names(first)}`;
    const remedy = 'name in each block what any of them varies; one value is enough';
    return [problemAt({ file: 'vary', line: null }, what, 'the same names', remedy)];
  });
}

function compareProblems({ compare, blocks }: SweepRequest): Problem[] {
  const names = namesOf({ blocks });
  if (compare === null || names.includes(compare)) return [];
  const what = `${quoted(compare)} is not varied, so it cannot be compared`;
  const expected = names.length === 0 ? 'something to vary' : names.join(', ');
  return [problemAt({ file: 'compare', line: null }, what, expected, 'vary it, or leave it out')];
}

function seedProblems({ seedFrom, repeat }: SweepRequest): Problem[] {
  if (seedFrom + repeat - 1 <= SEED_MAX) return [];
  const what = `${repeat} seeds from ${seedFrom} on go beyond the largest one`;
  const remedy = 'begin with a smaller seed, or repeat less';
  const place = { file: 'seed-from', line: null };
  return [problemAt(place, what, `seeds of at most ${SEED_MAX}`, remedy)];
}

/** The algorithm, else the inputs, else what is named first; only what has two values or more. */
function defaultCompare(blocks: SweepRequest['blocks']): string | null {
  const several = namesOf({ blocks }).filter((name) => {
    const values = blocks.flatMap((axes) => axes.find((axis) => axis.name === name)?.values ?? []);
    return new Set(values).size > 1 || values.some((value) => value.includes('..'));
  });
  const rank = (name: string): number => ['algorithm', 'inputs'].indexOf(name) + 1 || 3;
  return several.toSorted((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** Read once: a file that changes later changes no run. */
function columnsOf({ inputs, blocks }: SweepRequest): Sweep['columns'] {
  const varied = blocks.flatMap((axes) =>
    axes.flatMap(({ name, values }) => (name === 'inputs' ? values : [])),
  );
  const columns: Record<string, readonly number[]> = {};
  for (const text of [...(inputs === null ? [] : [inputs]), ...varied]) {
    const rule = parseInputs(text);
    if (rule?.kind === 'csv') columns[text] = readCsvColumn(rule.file, rule.column);
  }
  return columns;
}

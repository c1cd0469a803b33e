/**
 * Where the inputs of a cell come from, when not from the config. What is drawn depends on the seed
 * and the node's id alone: repetition k starts node i with the same value under every algorithm, every
 * f and, if it is there, every n.
 */
import { problemAt } from '../configs/config-error.ts';
import type { Place, Problem } from '../configs/config-error.ts';
import { uniform } from '../faults/draw.ts';

export type InputRule =
  | {
      readonly kind: 'uniform' | 'spanning' | 'two-camps' | 'one-outlier';
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'csv'; readonly file: string; readonly column: string };

const RANGED = ['uniform', 'spanning', 'two-camps', 'one-outlier'] as const;

/** For --help and problems. */
export const INPUT_FORMS =
  'uniform [LOW HIGH], spanning [LOW HIGH], two-camps [LOW HIGH], one-outlier [LOW HIGH], values V…, or csv FILE COLUMN';

/** Null: the text is no rule. */
export function parseInputs(text: string): InputRule | null {
  const [word = '', ...rest] = text.trim().split(/\s+/);
  const kind = RANGED.find((name) => name === word);
  if (kind !== undefined) return parseRanged(kind, rest);
  if (word === 'values') return parseValues(rest);
  if (word !== 'csv' || rest.length < 2) return null;
  // A path may have spaces, a column not: it is the last word.
  return { kind: 'csv', file: rest.slice(0, -1).join(' '), column: rest.at(-1) ?? '' };
}

function parseRanged(kind: (typeof RANGED)[number], rest: readonly string[]): InputRule | null {
  if (rest.length === 0) return { kind, low: 0, high: 1 };
  const [low = NaN, high = NaN, ...more] = rest.map(Number);
  const isLegal = Number.isFinite(low) && Number.isFinite(high) && low <= high;
  return isLegal && more.length === 0 ? { kind, low, high } : null;
}

function parseValues(rest: readonly string[]): InputRule | null {
  const values = rest.map(Number);
  return values.length > 0 && values.every(Number.isFinite) ? { kind: 'values', values } : null;
}

export function inputProblem(text: string, place: Place): Problem[] {
  if (parseInputs(text) !== null) return [];
  const what = `inputs "${text}" cannot be read`;
  return [problemAt(place, what, INPUT_FORMS, 'write for example "uniform 0 1"')];
}

export interface InputRequest {
  readonly n: number;
  readonly f: number;
  readonly seed: number;
  /** Of a `csv` rule. */
  readonly column: readonly number[];
}

/** One per node, by id; a sentence when there are too few. */
export function inputsFor(
  rule: InputRule,
  { n, f, seed, column }: InputRequest,
): number[] | string {
  const each = (input: (index: number) => number): number[] =>
    Array.from({ length: n }, (_, index) => input(index));
  switch (rule.kind) {
    case 'uniform':
      return each((index) => between(rule, draw(seed, index)));
    case 'spanning':
      return spanning(
        rule,
        each((index) => draw(seed, index)),
      );
    case 'two-camps':
      // The last f against all others: the inputs of the worst schedule (docs/theory.md).
      return each((index) => (index < n - Math.max(1, f) ? rule.low : rule.high));
    case 'one-outlier':
      return each((index) => (index < n - 1 ? rule.low : rule.high));
    case 'values':
      return each((index) => rule.values[index % rule.values.length] ?? NaN);
    case 'csv':
      if (column.length >= n) return column.slice(0, n);
      return `column ${rule.column} of ${rule.file} has ${column.length} values, but there are ${n} nodes`;
  }
}

/** `--n` draws inputs by seed 0 and attempt 0; these are others. */
const ATTEMPT = 1;

const draw = (seed: number, index: number): number =>
  uniform(seed, 'input', index + 1, 0, 0, ATTEMPT);

interface Range {
  readonly low: number;
  readonly high: number;
}

const between = ({ low, high }: Range, share: number): number =>
  Math.min(high, low + share * (high - low));

/** Moved and stretched so that the smallest is `low` and the largest `high`, exactly. */
function spanning(range: Range, shares: readonly number[]): number[] {
  const least = Math.min(...shares);
  const most = Math.max(...shares);
  if (least === most) return shares.map(() => range.low);
  return shares.map((share) =>
    share === most ? range.high : between(range, (share - least) / (most - least)),
  );
}

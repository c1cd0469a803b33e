/**
 * Checks of one field of something read from a file. Anybody may have written that file, so nothing
 * is believed: an unknown value goes in, and out comes whether it is what the schema says.
 */
import { isLegalValue } from '../agreement/update-rule.ts';
import { ROUNDS_MAX } from '../agreement/worst-case-rounds.ts';

export interface FieldCheck {
  /** Completes "expected …". */
  readonly expected: string;
  accepts(field: unknown): boolean;
}

/** One check per field. Further fields are allowed: a later version may add some. */
export type Shape = Readonly<Record<string, FieldCheck>>;

/** Room for R + 1; anything beyond is nonsense that would only cost memory. */
const ROUND_MAX = 2 * ROUNDS_MAX;
const NODE_MAX = 1_000_000;

const isWhole = (field: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(field) && least <= (field as number) && (field as number) <= most;

const whole = (expected: string, least: number, most: number): FieldCheck => ({
  expected,
  accepts: (field) => isWhole(field, least, most),
});

export const count = whole('a whole number of at least 0', 0, Number.MAX_SAFE_INTEGER);
export const wholeNumber = whole(
  'a whole number',
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
);
export const node = whole('a node id', 1, NODE_MAX);
export const processId = whole('0 or a node id', 0, NODE_MAX);
export const round = whole(`a round from 0 to ${ROUND_MAX}`, 0, ROUND_MAX);

export const finite: FieldCheck = {
  expected: 'a finite number',
  accepts: (field) => typeof field === 'number' && Number.isFinite(field),
};

/** A value of the algorithm: NaN, infinities and huge numbers are refused everywhere. */
export const value: FieldCheck = {
  expected: 'a number of at most 1e300',
  accepts: (field) => typeof field === 'number' && isLegalValue(field),
};

export const positive: FieldCheck = {
  expected: 'a number above 0',
  accepts: (field) => typeof field === 'number' && field > 0 && isLegalValue(field),
};

/** Milliseconds between things that happen again and again: less would never come to an end. */
export const atLeastOne: FieldCheck = {
  expected: 'a number of at least 1',
  accepts: (field) => typeof field === 'number' && field >= 1 && isLegalValue(field),
};

export const text: FieldCheck = {
  expected: 'a text',
  accepts: (field) => typeof field === 'string',
};

export const flag: FieldCheck = {
  expected: 'true or false',
  accepts: (field) => typeof field === 'boolean',
};

export const oneOf = (...choices: readonly (string | number)[]): FieldCheck => ({
  expected: choices.length === 1 ? String(choices[0]) : `one of ${choices.join(', ')}`,
  accepts: (field) => choices.some((choice) => choice === field),
});

export const orNull = (check: FieldCheck): FieldCheck => ({
  expected: `${check.expected} or null`,
  accepts: (field) => field === null || check.accepts(field),
});

export const orAbsent = (check: FieldCheck): FieldCheck => ({
  expected: `${check.expected}, or no such field`,
  accepts: (field) => field === undefined || check.accepts(field),
});

export const either = (one: FieldCheck, other: FieldCheck): FieldCheck => ({
  expected: `${one.expected} or ${other.expected}`,
  accepts: (field) => one.accepts(field) || other.accepts(field),
});

export const listOf = (check: FieldCheck): FieldCheck => ({
  expected: `a list, each entry ${check.expected}`,
  accepts: (field) => Array.isArray(field) && field.every((entry) => check.accepts(entry)),
});

export const recordOf = (check: FieldCheck): FieldCheck => ({
  expected: `an object, each field ${check.expected}`,
  accepts: (field) =>
    isObject(field) && Object.values(field).every((entry) => check.accepts(entry)),
});

export const shaped = (shape: Shape): FieldCheck => ({
  expected: `an object with ${Object.keys(shape).join(', ')}`,
  accepts: (field) => isObject(field) && shapeProblem(field, shape) === null,
});

export const isObject = (field: unknown): field is Readonly<Record<string, unknown>> =>
  typeof field === 'object' && field !== null && !Array.isArray(field);

/** The first field that is not as the shape says, in words; null: all are. */
export function shapeProblem(
  fields: Readonly<Record<string, unknown>>,
  shape: Shape,
): string | null {
  for (const name in shape) {
    const check = shape[name];
    if (check === undefined || check.accepts(fields[name])) continue;
    return `${name} is ${shown(fields[name])}, expected ${check.expected}`;
  }
  return null;
}

/** Short, and safe for anything: lists and objects may be nested deeper than JSON.stringify goes. */
export function shown(field: unknown): string {
  if (field === undefined) return 'missing';
  if (typeof field === 'object' && field !== null) return isObject(field) ? 'an object' : 'a list';
  const json = JSON.stringify(field);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

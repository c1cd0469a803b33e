/**
 * Words of a line against one form of the grammar. A word that does not fit its slot is named and
 * skipped, so that the rest of the line is still known to the rules that look at the whole config.
 */
import { quoted } from './config-error.ts';
import { isSlot, slots } from './slots.ts';
import type { Reading, SlotName } from './slots.ts';

/** Of rounds, or of node ids. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

export type RawValue = string | number | null | NumberRange | readonly RawValue[];

/** By slot; a choice has no slot and goes by `choice`. What could not be read is absent. */
export type RawValues = Partial<Record<SlotName | 'choice', RawValue>>;

export interface Match {
  readonly values: RawValues;
  /** Empty: the line fits. */
  readonly failures: readonly string[];
  /** Parts that fit minus failures: the largest is what was probably meant. */
  readonly score: number;
}

export function matchForm(form: string, words: readonly string[]): Match {
  const values: RawValues = {};
  const failures: string[] = [];
  let at = 0;
  let fits = 0;
  const parts = form.split(' ');
  for (const [index, part] of parts.entries()) {
    const outcome = readPart(part, parts[index + 1], words, at);
    if (outcome.failure !== null) failures.push(outcome.failure);
    else if (outcome.taken !== 0) fits += 1;
    if (outcome.value !== undefined) values[outcome.key] = outcome.value;
    if (outcome.taken === 'stop') return { values, failures, score: fits - failures.length };
    at += outcome.taken;
  }
  const extra = words.slice(at).join(' ');
  if (extra !== '') failures.push(`${quoted(extra)} is too much`);
  return { values, failures, score: fits - failures.length };
}

interface Outcome {
  readonly key: SlotName | 'choice';
  readonly value: RawValue | undefined;
  /** Words used up; stop: what follows cannot be told apart any more. */
  readonly taken: number | 'stop';
  readonly failure: string | null;
}

function readPart(
  part: string,
  next: string | undefined,
  words: readonly string[],
  at: number,
): Outcome {
  const optional = part.startsWith('[');
  const name = part.replace('…', '');
  if (isSlot(name)) {
    return part === name ? readSlot(name, words, at) : readSlots(name, next, words, at);
  }
  const choices = part.replace(/^\[|\]$/g, '').split('|');
  const word = words[at];
  const value = choices.length > 1 ? word : undefined;
  if (word !== undefined && choices.includes(word)) {
    return { key: 'choice', value, taken: 1, failure: null };
  }
  if (optional) return { key: 'choice', value: undefined, taken: 0, failure: null };
  const failure = word === undefined ? `${part} is missing` : `${quoted(word)} is not ${part}`;
  return { key: 'choice', value: undefined, taken: 'stop', failure };
}

function readSlot(key: SlotName, words: readonly string[], at: number): Outcome {
  const word = words[at];
  if (word === undefined) {
    return { key, value: undefined, taken: 'stop', failure: `${key} is missing` };
  }
  const reading = slots[key].reads;
  const value = readings[reading].read(word);
  // `60 s` is two words, `60s` is one.
  const unit = reading.startsWith('duration') ? words[at + 1] : undefined;
  if (typeof value === 'number' && isNumber(word) && (unit === 's' || unit === 'ms')) {
    return { key, value: inMs(word, unit), taken: 2, failure: null };
  }
  const not = DIGITS.test(word) ? 'too large' : readings[reading].not;
  const failure = value === undefined ? `${key} ${quoted(word)} is ${not}` : null;
  return { key, value, taken: 1, failure };
}

/** All words that are left, or those before the form's next word. */
function readSlots(
  key: SlotName,
  next: string | undefined,
  words: readonly string[],
  at: number,
): Outcome {
  const stop = next === undefined ? -1 : words.indexOf(next, at);
  const own = words.slice(at, stop < 0 ? undefined : stop);
  const outcomes = own.map((_, offset) => readSlot(key, words, at + offset));
  const failed = outcomes.find((outcome) => outcome.failure !== null);
  if (outcomes.length === 0) return readSlot(key, words, at);
  if (failed !== undefined) return { ...failed, value: undefined, taken: outcomes.length };
  const value = outcomes.map((outcome) => outcome.value ?? null);
  return { key, value, taken: outcomes.length, failure: null };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether a word is a plain number, as the first line of the original's format has three of. */
export const isNumber = (word: string): boolean => NUMBER.test(word);

/** Adding 0 turns −0 into 0. */
const readNumber = (word: string): number | undefined =>
  isNumber(word) ? Number(word) + 0 : undefined;

const DIGITS = /^[+-]?\d+$/;

function readWhole(word: string): number | undefined {
  const value = DIGITS.test(word) ? Number(word) + 0 : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}

function readDuration(word: string): number | undefined {
  const [, digits, unit] = /^(.*?)(ms|s)?$/i.exec(word) ?? [];
  return digits !== undefined && isNumber(digits) ? inMs(digits, unit) : undefined;
}

/** Shifts the decimal exponent: 1.005 s is 1005 ms, where 1.005 · 1000 is 1004.9999999999999. */
function inMs(digits: string, unit: string | undefined): number {
  const [mantissa, exponent] = digits.toLowerCase().split('e');
  const shift = unit?.toLowerCase() === 's' ? 3 : 0;
  return Number(`${mantissa}e${Number(exponent ?? 0) + shift}`) + 0;
}

function readRange(word: string): NumberRange | undefined {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
  if (first === undefined) return undefined;
  return { first: Number(first), last: Number(last ?? first) };
}

interface Reader {
  read(word: string): RawValue | undefined;
  /** Completes "… is". */
  readonly not: string;
}

const readings: Record<Reading, Reader> = {
  word: { read: (word) => word, not: 'no word' },
  number: { read: readNumber, not: 'not a number' },
  whole: { read: readWhole, not: 'not a whole number' },
  duration: { read: readDuration, not: 'not a time in ms or s' },
  'duration or never': {
    read: (word) => (word === 'never' ? null : readDuration(word)),
    not: 'neither a time in ms or s nor never',
  },
  rounds: { read: readRange, not: 'neither a round nor a range of rounds' },
  ids: { read: readRange, not: 'neither a node id nor a range of ids' },
  'ids or bar': {
    read: (word) => (word === '|' ? word : readRange(word)),
    not: 'neither a node id, nor a range of ids, nor |',
  },
  'whole or random': {
    read: (word) => (word === 'random' ? word : readWhole(word)),
    not: 'neither a whole number nor random',
  },
};

/** `n=3..20`, `f=1,2,max`, `delay=0 20,0 200`: what is varied, and over which values. */
import { algorithms } from '../agreement/algorithms.ts';
import { ConfigError, problemAt, quoted } from '../configs/config-error.ts';
import type { Place, Problem } from '../configs/config-error.ts';
import { parseFlags } from '../configs/flags.ts';
import { keywords } from '../configs/grammar.ts';
import { nearest } from '../configs/nearest.ts';
import { isPath } from '../configs/own-algorithm.ts';
import { checkStatement } from '../configs/schema.ts';
import { inputProblem } from './inputs.ts';
import type { Axis } from './sweep.ts';

/** What a sweep cannot vary, and what to do instead. */
const UNVARIED: Readonly<Record<string, string>> = {
  seed: 'every repetition has a seed of its own: say --repeat N, and --seed-from N for the first',
  node: 'vary n, and inputs',
  master: 'where it listens says nothing about a run',
};

export const variable = [...keywords.filter((name) => !Object.hasOwn(UNVARIED, name)), 'inputs'];

/** `--vary NAME=VALUES`. Throws ConfigError. */
export function parseVary(text: string): Axis {
  const place = { file: '--vary', line: null };
  const at = text.indexOf('=');
  if (at < 1) {
    const what = `${quoted(text)} names no values`;
    throw new ConfigError([
      problemAt(place, what, 'NAME=VALUES', 'write for example --vary n=3..20'),
    ]);
  }
  const found = parseAxis(text.slice(0, at).trim(), text.slice(at + 1).split(','), place);
  if (found.problems.length > 0) throw new ConfigError(found.problems);
  return found.axis;
}

export interface ParsedAxis {
  readonly axis: Axis;
  readonly problems: readonly Problem[];
}

/** `texts`: one per value or interval. A value is read as the rest of a config line. */
export function parseAxis(name: string, texts: readonly string[], place: Place): ParsedAxis {
  const problems: Problem[] = [];
  if (!variable.includes(name)) problems.push(notVariable(name, place));
  const expanded = texts.flatMap((text) => expand(text.trim()));
  const values = [...new Set(expanded.slice(0, VALUES_MAX))];
  if (expanded.length > VALUES_MAX) {
    const what = `${name} has ${expanded.length} values`;
    problems.push(problemAt(place, what, `at most ${VALUES_MAX}`, 'take larger steps: 1..100..10'));
  }
  if (problems.length === 0) problems.push(...values.flatMap((value) => check(name, value, place)));
  return { axis: { name, values }, problems };
}

const VALUES_MAX = 10_000;

const INTERVAL = /^(-?\d+)\.\.(-?\d+)(?:\.\.(\d+))?$/;

/** `3..6` → 3 4 5 6; `10..50..20` → 10 30 50. Anything else is one value. */
function expand(text: string): string[] {
  const [, first, last, step = '1'] = INTERVAL.exec(text) ?? [];
  if (first === undefined || last === undefined) return [text];
  const by = Number(step);
  const count = Math.floor((Number(last) - Number(first)) / by) + 1;
  // An interval that never comes to its end is left as it is: the value is refused below.
  if (by === 0 || count < 1) return [text];
  return Array.from({ length: Math.min(count, VALUES_MAX + 1) }, (_, i) =>
    String(Number(first) + i * by),
  );
}

/** `max` and `1..max`: as f depends on n, they are worked out cell by cell. */
export const MAX_FROM = /^(?:(\d+)\.\.)?max$/;

function check(name: string, value: string, place: Place): Problem[] {
  if (value === '') {
    return [problemAt(place, `${name} has an empty value`, 'a value', 'remove a comma')];
  }
  if (INTERVAL.test(value)) {
    const what = `${name}=${value} never comes to its end`;
    const remedy = 'write the smaller number first, and a step of at least 1';
    return [problemAt(place, what, 'an interval like 3..20 or 10..50..20', remedy)];
  }
  if (name === 'inputs') return inputProblem(value, place);
  if (name === 'f' && MAX_FROM.test(value)) return [];
  return valueProblems(name, value).map((problem) => ({
    ...problem,
    ...place,
    what: `${name}=${value}: ${problem.what}`,
  }));
}

/** What is wrong with one value of a keyword by itself, whatever the others are. */
export function valueProblems(name: string, value: string): readonly Problem[] {
  const { statements, problems } = parseFlags({ [name]: value });
  if (problems.length > 0) return problems;
  if (name === 'algorithm') return algorithmProblem(value);
  return statements.flatMap((statement) => checkStatement(statement).problems);
}

/** A name that nobody knows would be a skipped cell, and easily overlooked. */
function algorithmProblem(name: string): Problem[] {
  if (algorithms.has(name) || isPath(name)) return [];
  const known = [...algorithms.keys()];
  const close = nearest(name, known);
  const remedy =
    close === null
      ? 'use one of these, or a file of your own like ./my-rule.ts'
      : `did you mean ${quoted(close)}?`;
  const place = { file: '--algorithm', line: null };
  return [problemAt(place, `unknown algorithm ${quoted(name)}`, known.join(', '), remedy)];
}

function notVariable(name: string, place: Place): Problem {
  const instead = UNVARIED[name];
  if (instead !== undefined) {
    return problemAt(place, `${name} cannot be varied`, 'something that can be compared', instead);
  }
  const close = nearest(name, variable);
  const remedy = close === null ? 'choose one of them' : `did you mean ${quoted(close)}?`;
  return problemAt(place, `there is no ${quoted(name)} to vary`, variable.join(', '), remedy);
}

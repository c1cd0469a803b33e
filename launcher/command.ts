/** How every command is defined, so that all of them parse, explain and fail alike. */
import type { Argv, Options } from 'yargs';
import { keywords } from '../configs/grammar.ts';
import { flagHelp } from '../configs/grammar-text.ts';
import type { Flags } from '../configs/flags.ts';
import { UsageError } from './usage-error.ts';

/** What yargs has parsed. Values are text: the config's own grammar reads them. */
export type Parsed = Readonly<Record<string, unknown>>;

export interface Command {
  readonly name: string;
  /** Positional arguments as shown by --help, e.g. 'FILE'. */
  readonly positional: string;
  readonly summary: string;
  readonly examples: readonly (readonly [string, string])[];
  /** Flags besides those of configs that npm must not have taken for itself. */
  readonly flags?: readonly string[];
  options(parser: Argv): Argv;
  /** Resolves to the exit code. */
  run(parsed: Parsed): Promise<number>;
}

/**
 * Every key of a config as a flag; its value is the rest of the config line, quoted. `but`: a command
 * has a flag of its own by this name, which says the same.
 */
export function withConfigFlags(parser: Argv, but?: string): Argv {
  for (const keyword of keywords.filter((known) => known !== but)) {
    parser.option(keyword, {
      type: 'string',
      array: true,
      nargs: 1,
      group: 'Config (each replaces the lines of that keyword):',
      describe: flagHelp(keyword),
    });
  }
  return parser;
}

/** A command about one config. */
export const demandConfig = (parser: Argv): Argv =>
  parser.demandCommand(1, 1, 'Which config? Give one FILE, e.g. configs/5nodes.txt.');

/** The FILE of the command line; empty when there is none. */
export const fileArgument = ({ _: words }: Parsed): string =>
  Array.isArray(words) ? String(words[0] ?? '') : '';

/** Of `--json`. `what`: what the document holds. */
export const jsonOption = (what: string): Options => ({
  type: 'boolean',
  default: false,
  describe: `${what} as one JSON document on standard output, text on standard error`,
});

/** The config flags that were given. */
export function configFlags(parsed: Parsed): Flags {
  const flags: Record<string, string | readonly string[]> = {};
  for (const keyword of keywords) {
    const given = parsed[keyword];
    if (Array.isArray(given)) flags[keyword] = given.map(String);
  }
  return flags;
}

export function stringOption(parsed: Parsed, name: string): string {
  const value = parsed[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(`--${name} expects one value. See --help.`);
}

/** A number of seconds or milliseconds given as text, or a usage error that names the flag. */
export function numberOption(parsed: Parsed, name: string, least: number): number {
  const text = stringOption(parsed, name);
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= least) return value;
  throw new UsageError(`--${name} ${text}: expected a number of at least ${least}. See --help.`);
}

/** The same for a whole number of at most `most`. */
export function wholeOption(
  parsed: Parsed,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = numberOption(parsed, name, least);
  if (Number.isSafeInteger(value) && value <= most) return value;
  throw new UsageError(
    `--${name} ${value}: expected a whole number from ${least} to ${most}. See --help.`,
  );
}

/** A year; no cluster takes more. */
const MINUTES_MAX = 525_600;

/** When a cluster's own manager ends the job. */
export const minutesOption = (parsed: Parsed): number =>
  wholeOption(parsed, 'minutes', 1, MINUTES_MAX);

/**
 * `npm run cluster FILE --seed 3` without the -- gives --seed to npm, which keeps it silently (and
 * takes --f for its own --force). A run with other parameters than asked for must not start.
 */
export function refuseFlagsTakenByNpm(names: readonly string[]): void {
  const taken = [...names, 'force'].filter((name) => {
    const value = process.env[`npm_config_${name.replaceAll('-', '_')}`];
    return value !== undefined && value !== '';
  });
  if (taken.length === 0) return;
  throw new UsageError(
    `npm took ${taken.map((name) => `--${name}`).join(', ')} for itself. Put -- before the file: npm run COMMAND -- FILE --flag VALUE`,
  );
}

/** A config file, or its text, as the config of a run; every problem of it at once. */
import { randomInt } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { ConfigError, problemAt } from './config-error.ts';
import type { Problem } from './config-error.ts';
import { contentSeed } from './content-seed.ts';
import { makeDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { applyFlags, parseFlags } from './flags.ts';
import type { Flags } from './flags.ts';
import type { OwnAlgorithm } from './own-algorithm.ts';
import { parseText } from './parse-text.ts';
import { resolveDraft } from './resolve.ts';
import { faultRules } from './rules-faults.ts';
import { linkRules } from './rules-links.ts';
import { receiveSetRules } from './rules-receive-sets.ts';
import { checkAllowances, findRepeated } from './rules-lines.ts';
import type { Allowances } from './rules-lines.ts';
import { nodeRules } from './rules-nodes.ts';
import { roundRules } from './rules-rounds.ts';
import type { RunConfig } from './run-config.ts';
import { gatherSettings } from './settings.ts';

export interface ParseRequest extends Allowances {
  /** Names the file in problems; its base name without ending names the run. */
  readonly name: string;
  readonly text: string;
  readonly flags?: Flags;
  /** Called once, for `seed random` only. */
  readonly drawSeed: () => number;
  /** What was found where `ownAlgorithmIn` says that the config's algorithm is. */
  readonly own?: OwnAlgorithm | null;
}

const rules = [...nodeRules, ...roundRules, ...faultRules, ...linkRules, ...receiveSetRules];

/** Throws ConfigError with every problem of the text and the flags. */
export function parseConfig(request: ParseRequest): RunConfig {
  const { name, text, flags = {}, drawSeed, own = null } = request;
  const file = parseText(name, text);
  const ofFlags = parseFlags(flags);
  const gathered = gatherSettings(name, applyFlags(file.statements, ofFlags.statements, flags));
  const draft = makeDraft(name, gathered, own);
  const problems = [
    ...file.problems,
    ...ofFlags.problems,
    ...findRepeated(file.statements),
    ...findRepeated(ofFlags.statements),
    ...gathered.problems,
    ...rules.flatMap((rule) => rule(draft)),
    ...checkAllowances(draft, request),
  ];
  if (problems.length > 0) throw new ConfigError(inReadingOrder(name, problems));
  return resolveDraft(draft, chooseSeed(draft, text, drawSeed));
}

export interface LoadOptions extends Allowances {
  /** For `seed random`; without it 32 bits from the operating system. */
  readonly drawSeed?: () => number;
}

/** For `seed random`: 32 bits from the operating system. */
export const randomSeed = (): number => randomInt(2 ** 32);

export interface LoadedConfig {
  readonly config: RunConfig;
  /** The file as it is; in UTF-8 byte for byte the same. */
  readonly given: string;
}

/**
 * For configs with a built-in algorithm; launcher/load-run.ts also loads one of the user's own.
 * Throws ConfigError, also when there is no such file or it is no text.
 */
export function loadConfig(
  path: string,
  flags: Flags = {},
  options: LoadOptions = {},
): LoadedConfig {
  const given = readConfigFile(path);
  const { drawSeed = randomSeed } = options;
  const config = parseConfig({ ...options, name: path, text: given, flags, drawSeed });
  return { config, given };
}

/** The text of a config file as it is. Throws ConfigError. */
export const readConfigFile = (path: string): string => decode(path, readBytes(path));

const FILE_BYTES_MAX = 10_000_000;

/** Reads no more than it must to see that a file is too large: it may be a device without end. */
function readBytes(path: string): Uint8Array {
  const bytes = new Uint8Array(FILE_BYTES_MAX + 1);
  let length = 0;
  try {
    const descriptor = openSync(path, 'r');
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = readSync(descriptor, bytes, length, bytes.length - length, null);
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (length > FILE_BYTES_MAX) {
    throw fileError(path, 'the file is too large', 'at most 10 MB', 'check the path');
  }
  return bytes.subarray(0, length);
}

function unreadable(path: string, error: unknown): ConfigError {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  const code = String(hasCode ? error.code : error);
  const causes: Readonly<Record<string, [string, string]>> = {
    ENOENT: ['there is no such file', 'check the path; samples are in configs/'],
    EISDIR: ['it is a directory', 'name a file in it'],
    EACCES: ['it may not be read', 'change its permissions'],
  };
  const [what, remedy] = causes[code] ?? [`it cannot be read (${code})`, 'check the path'];
  return fileError(path, what, 'a config file', remedy);
}

/** The byte order mark stays: the run directory keeps the file as it is. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Falls through to the same problem.
  }
  throw fileError(path, 'the file is not text', 'UTF-8', 'check the path, or save it as UTF-8');
}

const fileError = (file: string, what: string, expected: string, remedy: string): ConfigError =>
  new ConfigError([problemAt({ file, line: null }, what, expected, remedy)]);

/** The file from its top, then what concerns it as a whole, then the flags. */
function inReadingOrder(file: string, problems: readonly Problem[]): Problem[] {
  const rank = (problem: Problem) =>
    problem.file === file ? (problem.line ?? Number.MAX_SAFE_INTEGER) : Infinity;
  return problems.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

function chooseSeed(
  { settings }: Draft,
  text: string,
  drawSeed: () => number,
): Pick<RunConfig, 'seed' | 'seedFrom'> {
  const [seed] = settings.seed;
  if (seed === undefined) return { seed: contentSeed(text), seedFrom: 'file content' };
  if (seed.value === 'random') return { seed: drawSeed(), seedFrom: 'random' };
  return { seed: seed.value, seedFrom: seed.from === 'flag' ? 'flag' : 'config' };
}

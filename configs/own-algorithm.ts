/**
 * `algorithm ./my-rule.ts`: an algorithm in a file of the user's. Nothing is loaded here: a config is
 * parsed without running anybody's code. Whoever can load it asks first what the config names, and
 * then hands over what was found there.
 */
import type { Algorithm } from '../agreement/algorithm.ts';
import { applyFlags, parseFlags } from './flags.ts';
import type { Flags } from './flags.ts';
import { parseText } from './parse-text.ts';

/** What the config says. */
export interface NamedFile {
  /** The path as written: in a config relative to its file, in a flag to the working directory. */
  readonly path: string;
  readonly from: 'config' | 'flag';
}

/** What was found at that path. */
export type OwnAlgorithm =
  | { readonly algorithm: Algorithm<unknown>; /** SHA-256, in hex. */ readonly hash: string }
  /** It cannot be used: a Problem at the line that names the file. An AlgorithmError is one. */
  | { readonly what: string; readonly expected: string; readonly remedy: string };

/** No built-in name looks like a path. */
export const isPath = (algorithm: string): boolean =>
  /[/\\]/.test(algorithm) || /\.[cm]?[jt]s$/.test(algorithm);

/** The file that the config's algorithm is in; null: a built-in one, or nothing that can be read. */
export function ownAlgorithmIn(name: string, text: string, flags: Flags): NamedFile | null {
  const statements = applyFlags(
    parseText(name, text).statements,
    parseFlags(flags).statements,
    flags,
  );
  const statement = statements.find((candidate) => candidate.name === 'algorithm');
  const path = statement?.values.NAME;
  if (statement === undefined || typeof path !== 'string' || !isPath(path)) return null;
  return { path, from: statement.from === 'flag' ? 'flag' : 'config' };
}

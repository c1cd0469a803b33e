/** The command that repeats a run's decisions: the same config, flags and seed, so the same plan. */
import type { RunRecord } from '../record/read-run.ts';
import { runFiles } from '../record/run-directory.ts';

/** The seed is always named, wherever it came from. */
export function repeatCommand({ command, config, directory }: RunRecord): string {
  const file = command?.file ?? runFiles.given(directory);
  const seed = config === null ? [] : ['--seed', `${config.seed}`];
  const words = [file, ...seed, ...withoutSeed(command?.flags ?? [])];
  return commandLine(command?.command ?? 'cluster', words);
}

/** A command as it is typed. */
export const commandLine = (command: string, words: readonly string[]): string =>
  `npm run ${command} -- ${words.map(quoted).join(' ')}`;

const withoutSeed = (flags: readonly string[]): string[] =>
  flags.filter((flag, index) => !/^--seed(=|$)/.test(flag) && flags[index - 1] !== '--seed');

/** For a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The command that repeats a run's decisions: the same config, flags and seed, so the same plan. */
import type { MasterEvent } from '../record/events.ts';
import type { RunRecord } from '../record/read-run.ts';
import { runFiles } from '../record/run-directory.ts';
import { deedsOf, lineOf, startUsOf } from './actions.ts';

/**
 * The seed is always named, wherever it came from. What people did to the run is in it as well, as flags
 * that add lines to the config's script: the clock does it again.
 */
export function repeatCommand({ command, config, directory, master }: RunRecord): string {
  const file = command?.file ?? runFiles.given(directory);
  const seed = config === null ? [] : ['--seed', `${config.seed}`];
  const given = withoutSeed(command?.flags ?? []);
  const words = [file, ...seed, ...given, ...liveFlags(master.events)];
  return commandLine(command?.command ?? 'cluster', words);
}

function liveFlags(events: readonly MasterEvent[]): string[] {
  const startUs = startUsOf(events);
  return deedsOf(events)
    .filter(({ origin }) => origin === 'live')
    .flatMap((deed) => {
      const [keyword, line] = lineOf(deed, startUs);
      return [`--${keyword}`, line];
    });
}

/** A command as it is typed. */
export const commandLine = (command: string, words: readonly string[]): string =>
  `npm run ${command} -- ${words.map(quoted).join(' ')}`;

const withoutSeed = (flags: readonly string[]): string[] =>
  flags.filter((flag, index) => !/^--seed(=|$)/.test(flag) && flags[index - 1] !== '--seed');

/** For a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** May this sweep go on where that one stopped? Only if the runs that are there would be its runs. */
import type { Sweep } from './sweep.ts';

/**
 * What differs, as sentences; nothing: it may. More repetitions, another `keep` and another name of
 * the same config change no run.
 */
export function differencesFrom(before: Sweep, now: Sweep): string[] {
  const compared: readonly (readonly [string, unknown, unknown])[] = [
    ['the engine', before.engine, now.engine],
    ['the config', before.config.sha256, now.config.sha256],
    ['the first seed', before.seedFrom, now.seedFrom],
    ['what is set', before.set, now.set],
    ['the inputs', before.inputs, now.inputs],
    ['what is varied', before.blocks, now.blocks],
    ['the columns of CSV files', before.columns, now.columns],
    ['the code of algorithms', before.algorithms, now.algorithms],
  ];
  const fewer =
    now.repeat < before.repeat
      ? [`there were ${before.repeat} repetitions and are ${now.repeat}; there can only be more`]
      : [];
  const changed = compared.flatMap(([what, one, other]) => {
    const [was, is] = [JSON.stringify(one), JSON.stringify(other)];
    return was === is ? [] : [`${what} was ${shown(was)} and is ${shown(is)}`];
  });
  return [...changed, ...fewer];
}

const SHOWN_MAX = 200;

const shown = (text: string): string =>
  text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;

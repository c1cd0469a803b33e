/** From the command line of a sweep, and the sweep file if it names one, to what is asked for. */
import { readConfigFile } from '../../configs/load.ts';
import { ConfigError } from '../../configs/config-error.ts';
import { REPEAT_MAX } from '../../configs/sweep-file.ts';
import { parseVary, valueProblems } from '../../sweeps/axis.ts';
import { defaultRequest, requestOfFile } from '../../sweeps/resolve-sweep.ts';
import type { SweepRequest } from '../../sweeps/resolve-sweep.ts';
import { engines, keepings, namesOf } from '../../sweeps/sweep.ts';
import type { Axis } from '../../sweeps/sweep.ts';
import { configFlags, stringOption, wholeOption } from '../command.ts';
import type { Parsed } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const SWEEP_FILE = /\.(ya?ml|json)$/i;

/** By its name: a sweep in YAML or JSON, no config. */
export const isSweepFile = (file: string): boolean => SWEEP_FILE.test(file);

/** `words`: the command line. Throws ConfigError and UsageError. */
export function sweepRequest(parsed: Parsed, file: string, words: readonly string[]): SweepRequest {
  const asked = isSweepFile(file)
    ? requestOfFile(file, readConfigFile(file), words)
    : defaultRequest(file, words);
  const { seed, ...set } = configFlags(parsed);
  if (seed !== undefined) {
    throw new UsageError('--seed is for one run; here say --seed-from N. See --help.');
  }
  refuseProblems(set);
  const varied = varyOptions(parsed);
  const blocks = asked.blocks.map((axes) => withVaried(axes, varied, Object.keys(set)));
  // A file's word falls with what the command line has fixed.
  const isCompared = asked.compare !== null && namesOf({ blocks }).includes(asked.compare);
  return {
    ...asked,
    set: { ...asked.set, ...set },
    blocks,
    compare: isCompared || Object.keys(set).length === 0 ? asked.compare : null,
    ...(parsed['inputs'] !== undefined && { inputs: stringOption(parsed, 'inputs') }),
    ...(parsed['compare'] !== undefined && { compare: stringOption(parsed, 'compare') }),
    ...(parsed['engine'] !== undefined && { engine: choice(parsed, 'engine', engines) }),
    ...(parsed['keep'] !== undefined && { keep: choice(parsed, 'keep', keepings) }),
    ...(parsed['repeat'] !== undefined && { repeat: repeatOption(parsed) }),
    ...(parsed['seed-from'] !== undefined && { seedFrom: wholeOption(parsed, 'seed-from', 0) }),
  };
}

/** As in the config of one run, but here before thousands. */
function refuseProblems({ f, ...set }: SweepRequest['set']): void {
  const checked = f?.[0] === 'max' ? set : { ...set, ...(f !== undefined && { f }) };
  const problems = Object.entries(checked).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => valueProblems(name, value)),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

function varyOptions(parsed: Parsed): Axis[] {
  const texts = Array.isArray(parsed['vary']) ? parsed['vary'].map(String) : [];
  const axes = texts.map(parseVary);
  const twice = axes.find(
    ({ name }, index) => axes.findIndex((axis) => axis.name === name) < index,
  );
  if (twice !== undefined) {
    throw new UsageError(
      `--vary ${twice.name} is given twice. Say it once: --vary "${twice.name}=A,B".`,
    );
  }
  return axes;
}

/** What is said on the command line outweighs the file: another axis, or one value for all. */
function withVaried(
  axes: readonly Axis[],
  varied: readonly Axis[],
  fixed: readonly string[],
): Axis[] {
  const kept = axes
    .filter(({ name }) => !fixed.includes(name))
    .map((axis) => varied.find(({ name }) => name === axis.name) ?? axis);
  return [...kept, ...varied.filter(({ name }) => !axes.some((axis) => axis.name === name))];
}

function choice<T extends string>(parsed: Parsed, name: string, known: readonly T[]): T {
  const text = stringOption(parsed, name);
  const found = known.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} ${text}: expected ${known.join(', ')}. See --help.`);
}

export const repeatOption = (parsed: Parsed): number =>
  wholeOption(parsed, 'repeat', 1, REPEAT_MAX);

/** The sweep that is asked for, with everything that it refers to, and the directory of its results. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { AlgorithmError } from '../../agreement/algorithm-error.ts';
import { ConfigError, problemAt } from '../../configs/config-error.ts';
import { readConfigFile } from '../../configs/load.ts';
import { ownAlgorithmIn } from '../../configs/own-algorithm.ts';
import { makeRunDirectory } from '../../record/make-run-directory.ts';
import { prepareSweep } from '../../sweeps/prepare-sweep.ts';
import type { PreparedSweep } from '../../sweeps/prepare-sweep.ts';
import { resolveSweep } from '../../sweeps/resolve-sweep.ts';
import type { SweepRequest } from '../../sweeps/resolve-sweep.ts';
import { readSweep } from '../../sweeps/results-directory.ts';
import { runSourceOf } from '../../sweeps/run-source.ts';
import { differencesFrom } from '../../sweeps/same-sweep.ts';
import { SweepError } from '../../sweeps/sweep-error.ts';
import type { Sweep } from '../../sweeps/sweep.ts';
import { loadOwn } from '../load-run.ts';
import type { LoadedAlgorithm } from '../load-run.ts';

export interface StartedSweep {
  readonly prepared: PreparedSweep;
  readonly own: ReadonlyMap<string, LoadedAlgorithm>;
  readonly configText: string;
  readonly directory: string;
}

export interface Place {
  /** The very directory; null: a new one under `folder`. */
  readonly out: string | null;
  readonly folder: string;
}

/** Throws ConfigError, SweepError, and what the file system throws. */
export async function startSweep(request: SweepRequest, place: Place): Promise<StartedSweep> {
  const configText = readConfigFile(request.configFile);
  const own = await loadAlgorithms(request, configText);
  const hashes = Object.fromEntries([...own].map(([path, { hash }]) => [path, hash]));
  const sweep = resolveSweep(request, configText, hashes);
  const prepared = prepareSweep(runSourceOf(sweep, configText, own));
  return { prepared, own, configText, directory: directoryFor(sweep, place) };
}

/** The sweep in a directory once more, with more repetitions if somebody asks for them. */
export function requestOf(directory: string, repeat: number | null): SweepRequest {
  const found = readSweep(directory);
  if (found === null) {
    throw new SweepError(
      `there is no sweep in ${directory}. Name the directory that a sweep has made, e.g. runs/sweeps/latest.`,
    );
  }
  const { name, engine, config, seedFrom, set, inputs, blocks, compare, keep, words } = found.sweep;
  const said = { name, engine, seedFrom, set, inputs, blocks, compare, keep, words };
  return { ...said, configFile: config.file, repeat: repeat ?? found.sweep.repeat };
}

function directoryFor(sweep: Sweep, { out, folder }: Place): string {
  if (out === null) return makeRunDirectory(folder, sweep.name, sweep.seedFrom, new Date());
  const before = readSweep(out);
  if (before === null && existsSync(out) && readdirSync(out).length > 0) {
    throw new SweepError(`${out} is not empty and holds no sweep. Choose another directory.`);
  }
  const changed = before === null ? [] : differencesFrom(before.sweep, sweep);
  if (changed.length > 0) {
    throw new SweepError(
      `the sweep in ${out} is another one, and its runs would not fit:\n  ${changed.join('\n  ')}\n` +
        'Undo the change to go on with it, or choose another directory.',
    );
  }
  // Not by way of `latest`, which another sweep may turn to itself meanwhile.
  return existsSync(out) ? realpathSync(out) : resolve(out);
}

/** Every file that a cell may name as its algorithm. */
async function loadAlgorithms(
  { configFile, set, blocks }: SweepRequest,
  text: string,
): Promise<Map<string, LoadedAlgorithm>> {
  const { algorithm } = set;
  const values = blocks.flatMap(
    (axes) => axes.find(({ name }) => name === 'algorithm')?.values ?? [],
  );
  const named = values.length > 0 ? values : algorithm === undefined ? [] : [algorithm].flat();
  const flags = named.length === 0 ? [{}] : named.map((one) => ({ algorithm: one }));
  const own = new Map<string, LoadedAlgorithm>();
  for (const flag of flags) {
    const file = ownAlgorithmIn(configFile, text, flag);
    if (file === null || own.has(file.path)) continue;
    const found = await loadOwn(file, configFile);
    if (found instanceof AlgorithmError) throw unusable(file.path, found);
    own.set(file.path, found);
  }
  return own;
}

const unusable = (path: string, { what, expected, remedy }: AlgorithmError): ConfigError =>
  new ConfigError([
    problemAt({ file: 'algorithm', line: null }, `${path}: ${what}`, expected, remedy),
  ]);

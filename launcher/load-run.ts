/** A config as a command runs it: with the user's algorithm, if it names one, loaded. */
import { dirname, resolve } from 'node:path';
import type { Algorithm } from '../agreement/algorithm.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import type { Flags } from '../configs/flags.ts';
import { parseConfig, randomSeed, readConfigFile } from '../configs/load.ts';
import type { LoadedConfig, LoadOptions } from '../configs/load.ts';
import { ownAlgorithmIn } from '../configs/own-algorithm.ts';
import type { NamedFile } from '../configs/own-algorithm.ts';
import { algorithmHash, importAlgorithm } from '../record/load-algorithm.ts';
import { bundleAlgorithm } from './bundle-algorithm.ts';
import type { BundledAlgorithm } from './bundle-algorithm.ts';

export interface LoadedAlgorithm extends BundledAlgorithm {
  readonly algorithm: Algorithm<unknown>;
  /** Of `code`: SHA-256, in hex. */
  readonly hash: string;
}

export interface LoadedRun extends LoadedConfig {
  /** Null: the algorithm is built in. */
  readonly own: LoadedAlgorithm | null;
}

/**
 * Reads the config, loads the user's algorithm if there is one, and resolves the run. A worker thread
 * gets the algorithm by `importAlgorithm(own.code, config.algorithm)`.
 * @throws ConfigError with every problem of the config and of the algorithm's file.
 */
export async function loadRun(
  file: string,
  flags: Flags,
  options: LoadOptions = {},
): Promise<LoadedRun> {
  const given = readConfigFile(file);
  const named = ownAlgorithmIn(file, given, flags);
  const found = named === null ? null : await loadOwn(named, file);
  const { drawSeed = randomSeed } = options;
  const config = parseConfig({ ...options, name: file, text: given, flags, drawSeed, own: found });
  // A config with an algorithm that cannot be used has just been refused.
  return { config, given, own: found instanceof AlgorithmError ? null : found };
}

/** An AlgorithmError that says why it cannot be used is a result. */
export async function loadOwn(
  { path, from }: NamedFile,
  configFile: string,
): Promise<LoadedAlgorithm | AlgorithmError> {
  try {
    const bundled = await bundleAlgorithm(
      from === 'config' ? resolve(dirname(configFile), path) : resolve(path),
      path,
    );
    // Only who brings an algorithm loads what makes threads.
    const { refuseEndless } = await import('./trial-load.ts');
    await refuseEndless(bundled.code, path);
    const algorithm = await importAlgorithm(bundled.code, path);
    return { ...bundled, algorithm, hash: algorithmHash(bundled.code) };
  } catch (error) {
    if (error instanceof AlgorithmError) return error;
    throw error;
  }
}

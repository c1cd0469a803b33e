/**
 * Loads the algorithm of a run. A user's one is code in the run directory: it is run only if it is
 * the very code whose hash the config carries. Reading a record therefore runs what the record
 * holds; look into algorithm-source/ before you check a run that a stranger has sent.
 */
import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import type { Algorithm } from '../agreement/algorithm.ts';
import { algorithmOf } from '../agreement/algorithms.ts';
import { AlgorithmError, userCode } from '../agreement/algorithm-error.ts';
import { asAlgorithm } from '../agreement/user-algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { importModule } from './import-module.ts';
import { readPlainFile } from './plain-file.ts';
import { runFiles } from './run-directory.ts';

/**
 * The algorithm that a run with this config runs.
 * @throws AlgorithmError when the directory does not hold it, or holds another one.
 */
export async function loadAlgorithm(
  directory: string,
  config: RunConfig,
): Promise<Algorithm<unknown>> {
  const { algorithm: file, algorithmHash: hash } = config;
  const own = hash === null ? null : await loadOwn(runFiles.algorithm(directory), file, hash);
  const algorithm = algorithmOf(config, own);
  if (algorithm === null)
    throw new AlgorithmError(file, 'unknown algorithm', 'one of this release');
  return algorithm;
}

async function loadOwn(path: string, file: string, hash: string): Promise<Algorithm<unknown>> {
  const code = readCode(path, file);
  if (algorithmHash(code) !== hash) {
    const expected = 'the code that the run was started with';
    throw new AlgorithmError(file, `${path} has been changed`, expected);
  }
  return importAlgorithm(code, file);
}

function readCode(path: string, file: string): string {
  try {
    return readPlainFile(path).toString('utf8');
  } catch (error) {
    const what = `${path} cannot be read (${String(error)})`;
    throw new AlgorithmError(file, what, 'the algorithm of the run');
  }
}

/** SHA-256, in hex. Only who has a user's algorithm loads what computes it. */
export function algorithmHash(code: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(code).digest('hex');
}

/**
 * Runs the code of an algorithm.mjs and takes what it exports. Straight from the text, so that it is
 * the text that was hashed. `file`: as the user named it, for messages.
 * @throws AlgorithmError when it throws while it is loaded, or exports nothing that can be used.
 */
export async function importAlgorithm(code: string, file: string): Promise<Algorithm<unknown>> {
  printAside();
  const lineOf = createLineFinder(code);
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  let namespace: unknown;
  try {
    namespace = await importModule(url);
  } catch (thrown) {
    const line = lineOf(thrown);
    const at = line === null ? '' : ` (${line})`;
    const what = `it throws when it is loaded: ${String(thrown)}${at}`;
    throw new AlgorithmError(file, what, 'code that only defines');
  }
  return asAlgorithm(namespace, userCode(file, lineOf));
}

/** What it prints is for its author; standard output has answers, for scripts. */
function printAside(): void {
  const { error } = console;
  Object.assign(console, { log: error, info: error, debug: error });
}

const MAP_PREFIX = '//# sourceMappingURL=data:application/json;base64,';

/** From the first frame of a stack that lies in the code to the line of the user's file. */
function createLineFinder(code: string): (thrown: unknown) => string | null {
  const mapAt = code.lastIndexOf(MAP_PREFIX);
  if (mapAt < 0) return () => null;
  const payload: unknown = JSON.parse(
    Buffer.from(code.slice(mapAt + MAP_PREFIX.length), 'base64').toString('utf8'),
  );
  // Only who has a user's algorithm loads what reads its map.
  const { SourceMap } = process.getBuiltinModule('node:module');
  const map = new SourceMap(payload as SourceMapPayload);
  return (thrown) => {
    const { stack } = Object(thrown) as { readonly stack?: unknown };
    const [, line, column] = /data:text\/javascript[^:]*:(\d+):(\d+)/.exec(String(stack)) ?? [];
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry)) return null;
    return `${basename(entry.originalSource)}:${entry.originalLine + 1}`;
  };
}

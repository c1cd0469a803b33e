/**
 * The user's file and everything that it imports as one JavaScript module. What runs is a function
 * of the sources alone, so that its hash names it: no path of this machine is in it.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import type * as esbuild from 'esbuild';
import type { BuildFailure, BuildResult, Plugin } from 'esbuild';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { importModule } from '../record/import-module.ts';

export interface BundledAlgorithm {
  /** One module in JavaScript, with its sources in a source map at its end. */
  readonly code: string;
  /** The user's file and what it imports from beside or below itself: relative path → content. */
  readonly sources: ReadonlyMap<string, string>;
}

/** `file`: as the user named it. Throws AlgorithmError when it does not compile. */
export async function bundleAlgorithm(path: string, file: string): Promise<BundledAlgorithm> {
  const entry = realPath(path, file);
  const directory = dirname(entry);
  // Only who brings an algorithm loads the bundler.
  const { build } = (await importModule('esbuild')) as typeof esbuild;
  const outcome = await build({
    absWorkingDir: directory,
    entryPoints: [entry],
    outfile: join(directory, 'algorithm.mjs'),
    write: false,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node20',
    sourcemap: 'inline',
    // The file means the same wherever it lies.
    tsconfigRaw: {},
    logLevel: 'silent',
    plugins: [noBuiltins],
  }).catch((error: unknown) => {
    throw notCompiled(error, file);
  });
  const code = outcome.outputFiles[0]?.text ?? '';
  if (code.length > CODE_LENGTH_MAX) {
    const what = `with all that it imports it has ${code.length} characters as a module`;
    throw new AlgorithmError(file, what, `at most ${CODE_LENGTH_MAX}`, 'import less');
  }
  return {
    code,
    sources: sourcesOf(outcome.metafile, directory),
  };
}

/** Every node is sent it, in one frame with the config. */
const CODE_LENGTH_MAX = 3_000_000;

function realPath(path: string, file: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new AlgorithmError(
      file,
      `there is no file ${path}`,
      'a TypeScript or JavaScript file',
      'check the path: in a config it starts from the config, in a flag from where you are',
    );
  }
}

/** Files, a clock or chance would make two runs of the same schedule differ. */
const noBuiltins: Plugin = {
  name: 'no-builtins',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path }) => {
      if (!isBuiltin(path)) return undefined;
      const text = `imports ${path}, but an algorithm has nothing but its values and messages`;
      return { errors: [{ text }] };
    });
  },
};

/** The first few errors, as esbuild locates them: my-rule.ts:3:10. */
function notCompiled(error: unknown, file: string): AlgorithmError {
  const { errors } = Object(error) as Partial<BuildFailure>;
  const texts = (errors ?? []).slice(0, 3).map(({ text, location }) => {
    if (location === null) return text;
    return `${location.file}:${location.line}:${location.column + 1}: ${text}`;
  });
  const why = texts.length > 0 ? texts.join('; ') : String(error);
  return new AlgorithmError(file, `it does not compile: ${why}`, 'TypeScript or JavaScript');
}

function sourcesOf(
  { inputs }: NonNullable<BuildResult['metafile']>,
  directory: string,
): Map<string, string> {
  const near = Object.keys(inputs).filter(
    (path) => !path.startsWith('..') && !isAbsolute(path) && !path.includes('node_modules/'),
  );
  return new Map(near.map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

// Bundles the launcher, the node and the master into plain JavaScript, once per state of the sources.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'dist', 'bundles');
const stampFile = join(cache, 'newest.json');
const SETTLED_MS = 2_000;
// Algorithms in files are loaded when a config names them; they are in no bundle.
const notSources = new Set('node_modules dist runs docs tests coverage algorithms'.split(' '));

/** Programs that run.cjs starts, one .cjs each. Only the launcher's carries zod and yargs. */
const programs = {
  launcher: 'launcher/main.ts',
  node: 'node-process/main.ts',
  master: 'master-process/main.ts',
};

/** Programs of `npm run bench` alone, made when it is run. */
const benchPrograms = {
  bench: 'bench/main.ts',
  'bench-run': 'bench/run-main.ts',
  'bench-simulator': 'bench/simulator-main.ts',
};

/** Worker threads of the launcher, one .js each. */
const workers = {
  simulator: 'simulator/main.ts',
  'sweep-worker': 'launcher/sweep-worker.ts',
};

/** Script and style of report.html. They run in a browser; the launcher only puts data between them. */
const pageEntryPoints = {
  page: 'report/page/main.ts',
  'page-style': 'report/page/page.css',
};

/** @returns {Promise<string>} the folder with run.cjs, the programs and the page */
export async function bundleDirectory() {
  const files = sourceFiles(root);
  const stamp = stampOf(files);
  const known = bundleOf(stamp);
  if (known !== null) return known;
  const directory = join(cache, hashOf(files));
  if (!existsSync(directory)) await build(directory);
  rememberBundle(stamp, directory);
  return directory;
}

/**
 * To read and hash all sources takes longer than to look at their dates. Whoever changes a file moves
 * at least its ctime, which nobody can set; the folder's name still comes from content alone, so
 * that a checkout or a copy makes no new bundle.
 */
function stampOf(files) {
  const hash = createHash('sha256');
  let newestMs = 0;
  for (const file of files) {
    const { ino, size, mtimeMs, ctimeMs } = statSync(file);
    hash.update(`${file}\0${ino} ${size} ${mtimeMs} ${ctimeMs}\0`);
    newestMs = Math.max(newestMs, ctimeMs);
  }
  return { name: hash.digest('hex'), newestMs };
}

/** The bundle of sources with these dates, if it has been looked for before. */
function bundleOf({ name }) {
  try {
    const known = JSON.parse(readFileSync(stampFile, 'utf8'));
    const directory = join(cache, known.bundle);
    return known.stamp === name && existsSync(directory) ? directory : null;
  } catch {
    return null;
  }
}

/** A file may be changed twice within one tick of the clock that dates it: then the dates say nothing. */
function rememberBundle({ name, newestMs }, directory) {
  if (Date.now() - newestMs < SETTLED_MS) return;
  const unfinished = `${stampFile}.${process.pid}`;
  try {
    writeFileSync(unfinished, JSON.stringify({ stamp: name, bundle: basename(directory) }));
    renameSync(unfinished, stampFile);
  } catch {
    // A folder that is read-only: the content is looked at every time.
  }
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} directory @returns {string[]} */
function sourceFiles(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !notSources.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return sourceFiles(path);
      return /\.(ts|js|cjs|json|css)$/.test(entry.name) ? [path] : [];
    });
}

/**
 * Packages of one function each, for help and for a terminal. To load what they know of Unicode takes
 * 10 ms, and most runs print neither: the bundle loads them when they are called.
 */
const loadedWhenCalled = {
  name: 'loaded-when-called',
  setup(build) {
    const packages = { filter: /^(string-width|wrap-ansi|slice-ansi)$/ };
    build.onResolve(packages, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === 'found') return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: 'found' });
      return { path: found.path, namespace: 'when-called' };
    });
    build.onLoad({ filter: /./, namespace: 'when-called' }, ({ path }) => ({
      contents: `let it; export default (...all) => (it ??= require(${JSON.stringify(path)}).default)(...all);`,
      resolveDir: dirname(path),
    }));
  },
};

/**
 * One function that run.cjs calls. CommonJS, because loading one ES module costs 5 ms more than that.
 * Its names stay as they are, for the lines of a stack.
 */
const asProgram = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // esbuild finds its own program beside itself; the models of Kubernetes are large and rarely wanted.
  external: ['esbuild', 'kubernetes-models'],
  plugins: [loadedWhenCalled],
  define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__url' },
  banner: {
    js: "(function (require, __dirname, __filename) { const module = { exports: {} }, __url = require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
  minifyWhitespace: true,
  legalComments: 'none',
};

const optionsFor = (outdir) => ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  outdir,
  sourcemap: 'linked',
  logLevel: 'error',
});

/**
 * Puts the programs of the benchmark beside the others, once.
 * @param {string} directory
 */
export async function bundleBench(directory) {
  if (existsSync(join(directory, 'bench.cjs'))) return;
  const { build: esbuild, stop } = await import('esbuild');
  const unfinished = `${directory}.bench.${process.pid}`;
  await esbuild({ ...optionsFor(unfinished), ...asProgram, entryPoints: benchPrograms });
  await stop();
  // The one that is looked for comes last.
  for (const name of readdirSync(unfinished).sort().toReversed()) {
    renameSync(join(unfinished, name), join(directory, name));
  }
  rmSync(unfinished, { recursive: true, force: true });
}

/**
 * Built beside its place and renamed into it: two launchers that start at once both succeed, and an
 * interrupted build leaves nothing that looks finished.
 * @param {string} directory
 */
async function build(directory) {
  const { build: esbuild, stop } = await import('esbuild');
  const unfinished = `${directory}.${process.pid}`;
  const common = optionsFor(unfinished);
  mkdirSync(unfinished, { recursive: true });
  copyFileSync(join(root, 'launcher', 'run.cjs'), join(unfinished, 'run.cjs'));
  await Promise.all([
    esbuild({ ...common, ...asProgram, entryPoints: programs, metafile: true }).then(
      ({ metafile }) =>
        writeFileSync(join(unfinished, 'programs.meta.json'), JSON.stringify(metafile)),
    ),
    esbuild({ ...common, format: 'esm', entryPoints: workers }),
    esbuild({
      ...common,
      entryPoints: pageEntryPoints,
      format: 'iife',
      platform: 'browser',
      target: ['chrome110', 'firefox115', 'safari16.4'],
      minify: true,
      sourcemap: false,
      legalComments: 'none',
      // A byte order or an encoding declared wrongly on the way to a browser changes nothing.
      charset: 'ascii',
    }),
  ]);
  // Its helper process would live as long as this one.
  await stop();
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  removeOldBundles();
}

/**
 * Those that were made long ago: a run that started from an older bundle may still be spawning from
 * it, and another launcher may be building beside this one.
 */
function removeOldBundles() {
  const keptMs = 60 * 60 * 1000;
  for (const entry of readdirSync(cache)) {
    const bundle = join(cache, entry);
    const made = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - made > keptMs) rmSync(bundle, { recursive: true, force: true });
  }
}

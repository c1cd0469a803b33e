// Bundles the launcher, the node and the master into plain JavaScript.
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(__dirname);

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

/** Scripts of `node --build-snapshot` (node-snapshot.ts). */
const snapshots = { 'node-snapshot': 'node-process/snapshot.ts' };

/** Worker threads of the launcher, one .js each. */
const workers = {
  simulator: 'simulator/main.ts',
  'sweep-worker': 'launcher/sweep/sweep-worker.ts',
};

/** Script and style of report.html. They run in a browser; the launcher only puts data between them. */
const pageEntryPoints = {
  page: 'report/page/main.ts',
  'page-style': 'report/page/page.css',
};

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
 * For integers of 64 bits, of which the wire has none. protobufjs does without it when it is not there;
 * when it is, it compiles WebAssembly at every start.
 */
const withoutLong = {
  name: 'without-long',
  setup(build) {
    build.onResolve({ filter: /^long$/ }, () => ({ path: 'long', namespace: 'nothing' }));
    build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/**
 * CommonJS, because loading one ES module costs 5 ms more than that. Names stay as they are, for the lines of
 * a stack. ASCII, which run.cjs relies on: V8 needs two bytes for every character of a program with a
 * single other one.
 */
const asCommonJs = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minifyWhitespace: true,
  legalComments: 'none',
  charset: 'ascii',
};

/** One function that run.cjs calls. */
const asProgram = {
  ...asCommonJs,
  // esbuild finds its own program beside itself; the models of Kubernetes are large and rarely wanted.
  external: ['esbuild', 'kubernetes-models'],
  plugins: [loadedWhenCalled, withoutLong],
  define: { 'import.meta.dirname': '__dirname', 'import.meta.url': 'here.url' },
  banner: {
    js: "(function (require, __dirname, __filename) { const module = { exports: {} }, here = { get url() { return require('node:url').pathToFileURL(__filename).href; } };",
  },
  footer: { js: '})' },
};

/** Node.js itself runs it, with `require` for its own modules. */
const asSnapshot = { ...asCommonJs, plugins: [withoutLong], sourcemap: false };

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
async function bundleBench(directory) {
  if (existsSync(join(directory, 'bench.cjs'))) return;
  const { build: esbuild, stop } = await import('esbuild');
  const unfinished = `${directory}.bench.${process.pid}`;
  await esbuild({ ...optionsFor(unfinished), ...asProgram, entryPoints: benchPrograms });
  await stop();
  refuseAllButAscii(unfinished);
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
  const stopWatching = removeIfInterrupted(unfinished, stop);
  try {
    await bundleInto(unfinished, esbuild);
    // Its helper process would live as long as this one.
    await stop();
    refuseAllButAscii(unfinished);
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    await signalsAreHeard();
    if (!existsSync(directory)) throw error;
  } finally {
    stopWatching();
  }
  removeOldBundles(dirname(directory));
}

async function bundleInto(folder, esbuild) {
  const common = optionsFor(folder);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, 'launcher', 'run.cjs'), join(folder, 'run.cjs'));
  await Promise.all([
    esbuild({ ...common, ...asProgram, entryPoints: programs, metafile: true }).then(
      ({ metafile }) => writeFileSync(join(folder, 'programs.meta.json'), JSON.stringify(metafile)),
    ),
    esbuild({ ...common, ...asSnapshot, entryPoints: snapshots }),
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
}

/** As shells report them: 128 and the signal's number. */
const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const FAILURE_CODE = 255;

/**
 * Ctrl-C while the first command builds, and nothing else of the program runs yet. It reaches esbuild as
 * well, which may complain, in an error that nobody can catch, before this process hears of it.
 * @param {string} folder
 * @param {() => unknown} stop ends who still writes into it
 * @returns what to call when the folder has found its place
 */
function removeIfInterrupted(folder, stop) {
  const leave = (code) => {
    void stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  const onSignal = (signal) => leave(SIGNAL_CODES[signal]);
  const onError = async (error) => {
    await signalsAreHeard();
    console.error(`within: cannot build: ${error?.stack ?? error}`);
    leave(FAILURE_CODE);
  };
  const signals = Object.keys(SIGNAL_CODES);
  for (const signal of signals) process.once(signal, onSignal);
  process.on('uncaughtException', onError);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('uncaughtException', onError);
  };
}

const HEARD_MS = 50;

/** A signal that this process has got by now is told within a few turns of its loop. */
const signalsAreHeard = () => new Promise((resolve) => setTimeout(resolve, HEARD_MS));

/** esbuild escapes what is in strings; a regular expression it leaves as it is. */
function refuseAllButAscii(directory) {
  for (const name of readdirSync(directory).filter((one) => one.endsWith('.cjs'))) {
    const text = readFileSync(join(directory, name), 'utf8');
    const at = text.search(/[\u0080-\uffff]/);
    if (at < 0) continue;
    const place = text.slice(Math.max(0, at - 40), at + 20);
    throw new Error(`${name} is not ASCII: ${place}. Write that character as \\u and its code.`);
  }
}

/**
 * Those that were made long ago: a run that started from an older bundle may still be spawning from
 * it, and another launcher may be building beside this one.
 */
function removeOldBundles(cache) {
  const keptMs = 60 * 60 * 1000;
  for (const entry of readdirSync(cache)) {
    const bundle = join(cache, entry);
    const made = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - made > keptMs) rmSync(bundle, { recursive: true, force: true });
  }
}

module.exports = { build, bundleBench };

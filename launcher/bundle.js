// Bundles the launcher, the node and the master into plain JavaScript, once per state of the sources.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'dist', 'bundles');
// Algorithms in files are loaded when a config names them; they are in no bundle.
const notSources = new Set('node_modules dist runs docs tests coverage algorithms'.split(' '));

/** What each bundle starts from. Only the launcher's carries zod, yargs and execa. */
const entryPoints = {
  launcher: 'launcher/main.ts',
  node: 'node-process/main.ts',
  master: 'master-process/main.ts',
  simulator: 'simulator/main.ts',
};

/** Script and style of report.html. They run in a browser; the launcher only puts data between them. */
const pageEntryPoints = {
  page: 'report/page/main.ts',
  'page-style': 'report/page/page.css',
};

/** @returns {Promise<string>} the folder with launcher.js, node.js, master.js and the page */
export async function bundleDirectory() {
  const directory = join(cache, hashOfSources());
  if (!existsSync(directory)) await build(directory);
  return directory;
}

/** Content, not modification times: a checkout or a copy must not look like a change. */
function hashOfSources() {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
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
      return /\.(ts|js|json|css)$/.test(entry.name) ? [path] : [];
    });
}

/**
 * Built beside its place and renamed into it: two launchers that start at once both succeed, and an
 * interrupted build leaves nothing that looks finished.
 * @param {string} directory
 */
async function build(directory) {
  const { build: esbuild } = await import('esbuild');
  const unfinished = `${directory}.${process.pid}`;
  const common = {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outdir: unfinished,
    sourcemap: 'linked',
    logLevel: 'error',
  };
  const { launcher, ...processes } = entryPoints;
  mkdirSync(unfinished, { recursive: true });
  await Promise.all([
    esbuild({ ...common, entryPoints: processes, metafile: true }).then(({ metafile }) =>
      writeFileSync(join(unfinished, 'processes.meta.json'), JSON.stringify(metafile)),
    ),
    esbuild({
      ...common,
      entryPoints: { launcher },
      splitting: true,
      // It finds its own program beside itself.
      external: ['esbuild'],
      // Some packages are CommonJS and call require for Node.js modules.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    }),
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

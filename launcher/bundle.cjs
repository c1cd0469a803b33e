// Which bundle belongs to the sources as they are now. Made once per state of them (build.cjs).
const { createHash } = require('node:crypto');
const {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

const root = dirname(__dirname);
const cache = join(root, 'dist', 'bundles');
const stampFile = join(cache, 'newest.json');
const SETTLED_MS = 2_000;
// Algorithms in files are loaded when a config names them; they are in no bundle.
const notSources = new Set('node_modules dist runs docs tests coverage algorithms'.split(' '));

/** @returns {Promise<string>} the folder with run.cjs, the programs and the page */
async function bundleDirectory() {
  const files = sourceFiles(root);
  const stamp = stampOf(files);
  const known = bundleOf(stamp);
  if (known !== null) return known;
  const directory = join(cache, hashOf(files));
  if (!existsSync(directory)) await require('./build.cjs').build(directory);
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

module.exports = { bundleDirectory };

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
const { basename, dirname, join } = require('node:path');

const root = dirname(__dirname);
const cache = join(root, 'dist', 'bundles');
const stampFile = join(cache, 'newest.json');
const SETTLED_MS = 2_000;
// Algorithms in files are loaded when a config names them; they are in no bundle.
const notSources = new Set('node_modules dist runs docs tests coverage algorithms'.split(' '));

/** @returns {Promise<string>} the folder with run.cjs, the programs and the page */
async function bundleDirectory() {
  const known = knownBundle();
  if (known !== null) return known;
  const files = sourceFiles('');
  const stamp = stampOf(files);
  const directory = join(cache, hashOf(files));
  if (!existsSync(directory)) await require('./build.cjs').build(directory);
  rememberBundle(files, stamp, directory);
  return directory;
}

/**
 * To read and hash all sources takes longer than to look at their dates. Whoever changes a file moves
 * at least its ctime, which nobody can set; the folder's name still comes from content alone, so
 * that a checkout or a copy makes no new bundle.
 */
function stampOf(files) {
  let dates = root;
  let newestMs = 0;
  for (const file of files) {
    const { ino, size, mtimeMs, ctimeMs } = statSync(`${root}/${file}`);
    dates += `\0${file}\0${ino} ${size} ${mtimeMs} ${ctimeMs}`;
    newestMs = Math.max(newestMs, ctimeMs);
  }
  return { name: createHash('sha256').update(dates).digest('hex'), newestMs };
}

/**
 * The bundle of the last time, if none of the files that it was looked for by has changed since. A new
 * file is not looked for: nothing can be made of it before one of the others names it.
 */
function knownBundle() {
  try {
    const { bundle, files, stamp } = JSON.parse(readFileSync(stampFile, 'utf8'));
    const directory = join(cache, bundle);
    return stampOf(files).name === stamp && existsSync(directory) ? directory : null;
  } catch {
    return null;
  }
}

/** A file may be changed twice within one tick of the clock that dates it: then the dates say nothing. */
function rememberBundle(files, { name, newestMs }, directory) {
  if (Date.now() - newestMs < SETTLED_MS) return;
  const unfinished = `${stampFile}.${process.pid}`;
  try {
    const known = { bundle: basename(directory), stamp: name, files };
    writeFileSync(unfinished, JSON.stringify(known));
    renameSync(unfinished, stampFile);
  } catch {
    // A folder that is read-only: the content is looked at every time.
  }
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(`${root}/${file}`))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Names within the project. `join` of node:path would take longer than to look at the files.
 * @param {string} folder '' or a name with a / behind it
 * @returns {string[]}
 */
function sourceFiles(folder) {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !notSources.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = folder + entry.name;
      if (entry.isDirectory()) return sourceFiles(`${name}/`);
      return /\.(ts|js|cjs|json|css)$/.test(name) ? [name] : [];
    });
}

module.exports = { bundleDirectory };

// Runs a bundled program, and keeps what V8 has compiled of it for the next time: a quarter of a
// process's start would go into compiling the same code again. `node run.cjs PROGRAM ...`
//
// It is copied into the folder of the bundles (build.cjs). The compiled code belongs to a version of
// Node.js and to a processor: V8 itself refuses what is not its own, and then compiles as usual.
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** Of the launcher: exit codes up to this one are verdicts (runtime/exit-codes.ts). */
const LAST_VERDICT = 2;

/**
 * `program`: name of a bundle beside this file. `use`: what it is started for; the functions that were
 * called are compiled, so each use keeps its own.
 */
function run(program, use = program) {
  const file = join(__dirname, `${program}.cjs`);
  const kept = join(__dirname, `${use}-${process.version}-${process.arch}.compiled`);
  const cachedData = compiledBefore(kept);
  // A bundle is ASCII (build.cjs): to read it as what it is takes half as long as to look for UTF-8.
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  const hasCompiledCode = cachedData !== undefined && script.cachedDataRejected === false;
  // A life that was cut short has compiled little, and all later ones would have to do with that.
  const isWhole = (code) => code === 0 || (program === 'launcher' && code <= LAST_VERDICT);
  if (!hasCompiledCode) process.once('exit', (code) => isWhole(code) && keep(script, kept));
  // optimize-late.ts asks for it.
  globalThis.hasCompiledCode = hasCompiledCode;
  // A script like this cannot import by itself (record/import-module.ts).
  globalThis.importForBundles = (specifier) => import(specifier);
  // The bundle is one function of what a module of CommonJS is given (build.cjs).
  script.runInThisContext()(require, __dirname, file);
}

function compiledBefore(kept) {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

/** Whoever starts at the same time finds all of it or nothing. A folder that is read-only stays as it is. */
function keep(script, kept) {
  const unfinished = `${kept}.${process.pid}`;
  try {
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, kept);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

module.exports = { run };

if (require.main === module) {
  const [program] = process.argv.splice(2, 1);
  run(program);
}

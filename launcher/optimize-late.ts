/**
 * The checker's functions run for a fraction of a second. V8 begins to optimize each of them all the
 * same, on other threads, and is done when nobody needs it any more: half of what it costs to judge a run
 * of 20 nodes. So before that its threshold is raised.
 */

interface Runner {
  /** Set by launcher/run.cjs when it has found this program's compiled code. */
  readonly hasCompiledCode?: boolean;
}

/** Bytes of bytecode that a function runs through first; V8's own threshold is a sixteenth of it. */
const THRESHOLD = 1 << 20;

/** The flag is V8's own, and looked at here in this version only. */
const V8_MAJOR = '11.';

/**
 * From now on, in this whole process. Not in a run whose compiled code is kept at its end: V8 takes
 * such code back under the same flags only.
 */
export function optimizeLate(): void {
  const isSafe = (globalThis as Runner).hasCompiledCode === true;
  if (!isSafe || !process.versions.v8.startsWith(V8_MAJOR)) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(`--interrupt-budget=${THRESHOLD}`);
}

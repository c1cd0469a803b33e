/**
 * V8 begins to optimize a function after a few thousand calls, on another thread, and is done when a
 * process that lives for a fraction of a second needs it no more. That was half of what it cost to judge a
 * run of 20 nodes, and a third of what its nodes cost over 200 rounds. So its threshold is raised
 * (docs/decisions/0011-optimizing-late.md).
 */

interface Runner {
  /** Set by launcher/run.cjs when it has found this program's compiled code. */
  readonly hasCompiledCode?: boolean;
}

/** V8's own choice: bytes of bytecode that a function runs through before it is thought of. */
const THRESHOLD = 66 * 1024;

/** How many times as late. Nodes may live long, the checker never does. */
export const TIMES = { child: 4, judging: 16 } as const;

/** The flag is V8's own, and looked at here in this version only. */
const V8_MAJOR = '11.';

/**
 * From now on, in this whole process: so many `times` as late. Not in a process whose compiled code is
 * kept at its end: V8 takes such code back under the same flags only.
 */
export function optimizeLate(times: number): void {
  const isSafe = (globalThis as Runner).hasCompiledCode === true;
  if (!isSafe || !process.versions.v8.startsWith(V8_MAJOR)) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(`--interrupt-budget=${times * THRESHOLD}`);
}

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

/** The flag is V8's own, and looked at here in this version only. */
const V8_MAJOR = '11.';

/** A process that has computed for so long will go on for a while, in microseconds of CPU. */
const LONG_LIFE_US = 400_000;
const LOOK_MS = 250;

/** For a process that is about to judge runs, and ends then. */
export function optimizeLate(): void {
  if (mayBeSet()) setThreshold(16);
}

/** For a process that may live long. Once it has, it is optimized as usual. */
export function optimizeLateAtFirst(): void {
  if (!mayBeSet()) return;
  setThreshold(4);
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage();
    if (user + system < LONG_LIFE_US) return;
    clearInterval(timer);
    setThreshold(1);
  }, LOOK_MS).unref();
}

/**
 * Not in a process whose compiled code is kept at its end: V8 takes such code back under the same flags
 * only.
 */
const mayBeSet = (): boolean =>
  (globalThis as Runner).hasCompiledCode === true && process.versions.v8.startsWith(V8_MAJOR);

/** From now on, in this whole process: so many `times` what V8 itself would choose. */
function setThreshold(times: number): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(`--interrupt-budget=${times * THRESHOLD}`);
}

/** How a process of a run begins and ends: uncaught errors, signals, a launcher that is gone. */
import { EXIT } from './exit-codes.ts';
import { OperatingError } from './operating-error.ts';
import type { OperatingCode } from './operating-error.ts';

/**
 * Runs an entry point and exits with the code it returns. Node.js itself exits with 1 on an uncaught
 * error, which here would mean "violated": everything that escapes becomes 254 (the user's fault) or
 * 255 (anything else).
 */
export function runEntryPoint(name: string, main: () => Promise<number>): void {
  process.stdout.on('error', refuseLostWords);
  process.stderr.on('error', () => undefined);
  runAndLeave(name, main, (code) => {
    void leave(code);
  });
}

let isOurExit = false;

/** The one way out. */
export function exitNow(code: number): never {
  isOurExit = true;
  process.exit(code);
}

/** Code of the user's that ends the process, with whatever code, would be read as a verdict, or as a crash. */
export const ENDED_BY_OTHERS =
  'ended from within before it had an answer. An algorithm must not call process.exit.';

/** A child of the launcher writes to a file, and only when it fails: its streams are not even made. */
export function runChild(name: string, main: () => Promise<number>): void {
  // Ctrl-C reaches the whole process group at once; a node that died of it would look like a crash of
  // the algorithm, so children leave only when the launcher says so, or when it is gone
  // (launcher-line.ts).
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  runAndLeave(name, main, exitNow);
}

function runAndLeave(
  name: string,
  main: () => Promise<number>,
  exit: (code: number) => void,
): void {
  process.once('exit', () => {
    if (isOurExit) return;
    process.stderr.write(`${name}: the process was ${ENDED_BY_OTHERS}\n`);
    process.exitCode = EXIT.failure;
  });
  const fail = (error: unknown): void => {
    process.stderr.write(`${name}: ${describe(error)}\n`);
    exit(exitCodeOf(error));
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  main().then(exit, fail);
}

/** To leave with: of the last who wanted to. */
let leavingCode: number = EXIT.failure;

/**
 * What a pipe has not taken yet would be cut off by process.exit, at 64 KiB on Linux. And a write that has
 * failed is heard of only in a turn of its own.
 */
async function leave(code: number): Promise<void> {
  leavingCode = code;
  await Promise.all([process.stdout, process.stderr].map(drained));
  setImmediate(() => exitNow(leavingCode));
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || !stream.writable) return Promise.resolve();
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/**
 * `| head -1`, a closed terminal: nobody reads on, which is no reason to end a run. A full disk is: whoever
 * asked for the output goes by the exit code.
 */
function refuseLostWords({ code = '', message }: NodeJS.ErrnoException): void {
  if (['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes(code)) return;
  throw new OperatingError('run-failed', `standard output cannot be written (${message})`);
}

/** The names of errors that say that what the user gave us is wrong. */
const USER_ERRORS = [
  'ConfigError',
  'UsageError',
  'AlgorithmError',
  'RunNotFoundError',
  'SweepError',
];

/** What was given does not fit the run: the id, the config, the keys. */
const THEIR_FAULT: readonly OperatingCode[] = ['refused', 'not-trusted', 'bad-keys'];

export function exitCodeOf(error: unknown): number {
  const isUsage = error instanceof Error && USER_ERRORS.includes(error.name);
  if (isUsage) return EXIT.usage;
  if (!(error instanceof OperatingError)) return EXIT.failure;
  if (THEIR_FAULT.includes(error.code)) return EXIT.usage;
  return error.code === 'dismissed' ? EXIT.inconclusive : EXIT.failure;
}

/** The system refuses a file or a folder: which one, and why, is in the message. A program has a path as well. */
const isAboutFile = (error: Error): boolean =>
  'path' in error && 'syscall' in error && !String(error.syscall).startsWith('spawn');

/** Code of the user's is loaded from its text (record/load-algorithm.ts). */
const isOfAlgorithm = (stack: string): boolean => stack.includes('data:text/javascript');

/** Expected trouble is one sentence; a bug of our own shows where it happened. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isAboutFile(error))
    return `${error.message}. Make room there or give it rights, or name another place.`;
  if ([...USER_ERRORS, 'OperatingError'].includes(error.name)) return error.message;
  const { message, stack = message } = error;
  return isOfAlgorithm(stack)
    ? `code of the algorithm failed outside of a step: ${message}. An algorithm must leave no promise behind.`
    : stack;
}

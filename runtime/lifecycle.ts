/** How a process of a run begins and ends: uncaught errors, signals, a launcher that is gone. */
import { EXIT } from './exit-codes.ts';
import { OperatingError } from './operating-error.ts';

/**
 * Runs an entry point and exits with the code it returns. Node.js itself exits with 1 on an uncaught
 * error, which here would mean "violated": everything that escapes becomes 254 (the user's fault) or
 * 255 (anything else).
 */
export function runEntryPoint(name: string, main: () => Promise<number>): void {
  const fail = (error: unknown): void => {
    process.stderr.write(`${name}: ${describe(error)}\n`);
    process.exit(exitCodeOf(error));
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  main().then((code) => process.exit(code), fail);
}

export function exitCodeOf(error: unknown): number {
  const isUsage =
    error instanceof Error && (error.name === 'ConfigError' || error.name === 'UsageError');
  if (isUsage) return EXIT.usage;
  if (!(error instanceof OperatingError)) return EXIT.failure;
  if (error.code === 'refused') return EXIT.usage;
  return error.code === 'dismissed' ? EXIT.inconclusive : EXIT.failure;
}

/** Expected trouble is one sentence; a bug of our own shows where it happened. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected = ['ConfigError', 'UsageError', 'OperatingError'].includes(error.name);
  return isExpected ? error.message : (error.stack ?? error.message);
}

/**
 * A child of the launcher. Ctrl-C reaches the whole process group at once; a node that died of it
 * would look like a crash of the algorithm, so children leave only when the launcher says so, or when
 * it is gone (then the IPC channel ends, also after kill -9).
 */
export function surviveInterruptUntilLauncherGone(onGone: () => void): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('disconnect', onGone);
}

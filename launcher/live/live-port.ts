/** The port of the live page: everything that can be wrong with it, before anything is written. */
import { listen } from '../../runtime/listen.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import { numberOption } from '../command.ts';
import type { Parsed } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const LIVE_HOST = '127.0.0.1';

const PORT_MAX = 65_535;

/**
 * Null without --ui. A wrong port, or one that cannot be had, leaves no run directory behind.
 * @throws UsageError, OperatingError `port-taken` or `cannot-listen`
 */
export async function livePort(parsed: Parsed): Promise<number | null> {
  if (parsed['ui'] !== true) return null;
  const port = numberOption(parsed, 'ui-port', 0);
  if (!Number.isInteger(port) || port > PORT_MAX) {
    throw new UsageError(
      `--ui-port ${port}: expected a whole number up to ${PORT_MAX}. See --help.`,
    );
  }
  if (port !== 0) await tryPort(port);
  return port;
}

async function tryPort(port: number): Promise<void> {
  try {
    (await listen({ host: LIVE_HOST, port })).close();
  } catch (error) {
    throw error instanceof OperatingError ? unusablePort(port, error.cause) : error;
  }
}

/** `cause`: what the system said when it was bound. */
export function unusablePort(port: number, cause: unknown): OperatingError {
  const { code = 'no reason given' } = Object(cause) as NodeJS.ErrnoException;
  const isTaken = code === 'EADDRINUSE';
  const what = isTaken ? 'is taken by another process' : `cannot be bound (${code})`;
  return new OperatingError(
    isTaken ? 'port-taken' : 'cannot-listen',
    `port ${port} for the live page ${what}; name another with --ui-port, or leave it out for a free one`,
  );
}

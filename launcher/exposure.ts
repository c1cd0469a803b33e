/** Who may reach a process, and with what it proves who it is: the flags --keys and --insecure. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import type { NodeId } from '../agreement/algorithm.ts';
import type { Address, RunConfig } from '../configs/run-config.ts';
import { keysFileName } from '../runtime/identity.ts';
import { isLoopback } from '../runtime/reachable-host.ts';
import { KEEP_ALIVE_MS, openTransport } from '../runtime/transport.ts';
import type { Transport } from '../runtime/transport.ts';
import type { Parsed } from './command.ts';
import { UsageError } from './usage-error.ts';

export const insecureOption = (parser: Argv): Argv =>
  parser.option('insecure', {
    type: 'boolean',
    default: false,
    describe: 'listen without TLS where other machines can reach it: anybody can then take part',
  });

/** For processes that are started by hand; the launcher makes keys of its own. */
export const keysOption = (parser: Argv): Argv =>
  parser.option('keys', {
    type: 'string',
    describe:
      'with tls on: the folder that npm run keys has made, or the file of this process in it',
  });

/** Throws UsageError: a port that strangers can reach is open to them without TLS. */
export function refuseExposure(
  config: Pick<RunConfig, 'tls'>,
  listeners: readonly Pick<Address, 'host'>[],
  parsed: Parsed,
): void {
  const host = listeners.map((listener) => listener.host).find((one) => !isLoopback(one));
  if (config.tls === true || host === undefined || parsed['insecure'] === true) return;
  throw new UsageError(
    `${host} can be reached from other machines, and without TLS anybody there could take part in the run. Say tls on (npm run keys makes the keys for processes by hand), use 127.0.0.1, or take the risk with --insecure.`,
  );
}

export const keepAliveOf = ({ keepAliveMs = KEEP_ALIVE_MS }: RunConfig): number => keepAliveMs;

/** Throws UsageError when the keys and the config do not go together. */
export async function transportByHand(
  config: RunConfig,
  id: NodeId,
  parsed: Parsed,
): Promise<Transport> {
  const { keys } = parsed;
  const isGiven = typeof keys === 'string';
  if (config.tls === true && !isGiven) {
    throw new UsageError(
      'tls on needs keys: make them once with npm run keys -- FILE, and give --keys keys/NAME to every process.',
    );
  }
  if (config.tls !== true && isGiven) {
    throw new UsageError(
      '--keys without tls on would not be used. Add --tls on, to every process.',
    );
  }
  const keepAliveMs = keepAliveOf(config);
  return isGiven
    ? transportWith(keys, id, keepAliveMs)
    : openTransport({ self: id, keepAliveMs, keys: null });
}

/** TLS with the keys of one process. `keys`: a folder of them, or the file itself. */
export const transportWith = (
  keys: string,
  id: NodeId,
  keepAliveMs = KEEP_ALIVE_MS,
): Promise<Transport> => openTransport({ self: id, keepAliveMs, keys: fileIn(keys, id) });

function fileIn(keys: string, id: NodeId): string {
  const isFolder = statSync(keys, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(keys, keysFileName(id)) : keys;
}

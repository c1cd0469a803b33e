/** Under which address a process is reached by others: never one that means something else there. */
import { networkInterfaces } from 'node:os';

/** A name may stand for any address; only these are known to be this machine alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * The host to advertise. `local`: this machine's end of its connection to the master, which the master
 * can answer to, and so can whoever reaches the master. On the master's own machine that may be a
 * loopback address although the master is named otherwise (a hosts file that says 127.0.1.1 for the
 * machine's own name): then the first address that is none.
 */
export function reachableHost(
  masterHost: string,
  local: string,
  interfaces: () => readonly { address: string; internal: boolean }[] = ownAddresses,
): string {
  if (!isLoopback(local) || isLoopback(masterHost)) return local;
  return interfaces().find(({ internal }) => !internal)?.address ?? local;
}

/** IPv4 first. */
const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .sort((a, b) => a.family.localeCompare(b.family));

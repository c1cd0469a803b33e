/** Do all processes of a run mean the same run? */
import { createHash } from 'node:crypto';
import type { RunConfig } from '../configs/run-config.ts';

/**
 * SHA-256 in hex of everything that decides a run. Left out: addresses (a process behind another
 * interface, or on a port of its own choice, is still in the same run), the name of the file, where
 * the seed came from and where the user's algorithm lies, whose content counts. Two processes that
 * were given the same files have the same digest.
 */
export function configDigest(config: RunConfig): string {
  const deciding = {
    ...config,
    name: null,
    seedFrom: null,
    algorithm: config.algorithmHash === null ? config.algorithm : null,
    master: null,
    nodes: config.nodes.map(({ id, input }) => ({ id, input })),
  };
  return createHash('sha256').update(stableJson(deciding)).digest('hex');
}

/** JSON with sorted keys: the order in which an object was built does not matter. */
const stableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

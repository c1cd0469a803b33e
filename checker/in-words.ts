/** Small pieces of sentences. */
import type { NodeId } from '../agreement/algorithm.ts';

/** More nodes than these are counted instead of named. */
const NAMED_MAX = 8;

/** [4] → "4"; [4, 5] → "4 and 5"; [1, 2, 5] → "1, 2 and 5"; long lists end in "and 41 others". */
export function inWords(nodes: readonly NodeId[]): string {
  if (nodes.length > NAMED_MAX) {
    const shown = nodes.slice(0, NAMED_MAX - 1);
    return `${shown.join(', ')} and ${nodes.length - shown.length} others`;
  }
  const last = nodes.at(-1);
  if (last === undefined) return 'nobody';
  return nodes.length === 1 ? `${last}` : `${nodes.slice(0, -1).join(', ')} and ${last}`;
}

/** "node 3", "nodes 3 and 4". */
export const nodesInWords = (nodes: readonly NodeId[]): string =>
  `${nodes.length === 1 ? 'node' : 'nodes'} ${inWords(nodes)}`;

/** "1 value", "2 values". */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;

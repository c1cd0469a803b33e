/** Which OS process a node is, by the first line of its own event file. */
import { hostname } from 'node:os';
import type { NodeId } from '../agreement/algorithm.ts';
import { readHeader } from './read-header.ts';
import { runFiles } from './run-directory.ts';

/**
 * The pid, or in one sentence why it is not known. A pid means something on its own machine only, so
 * the header must name this one: a run directory may be shared by several. It also must be the node's
 * own, of this run: whoever signals a process has to know that it is the one.
 */
export function processOfNode(directory: string, run: string, node: NodeId): number | string {
  const header = readHeader(runFiles.events(directory, node));
  const isOwn = header?.run === run && header.process === 'node' && header.id === node;
  if (header === null || !isOwn)
    return `node ${node} writes no record here, so its process is not known`;
  const { pid, host } = header;
  if (host === hostname() && typeof pid === 'number' && pid > 1) return pid;
  return `node ${node} runs on another machine (${String(host)}): it cannot be signalled from here`;
}

/** Which OS process a node is, by the first line of its own event file. */
import { closeSync, openSync, readSync } from 'node:fs';
import { hostname } from 'node:os';
import type { NodeId } from '../agreement/algorithm.ts';
import { headerShape } from './event-shape.ts';
import { shapeProblem, isObject } from './field-check.ts';
import { parseJson } from './read-events.ts';
import { runFiles } from './run-directory.ts';

const HEADER_BYTES_MAX = 4096;

/**
 * The pid, or in one sentence why it is not known. A pid means something on its own machine only, so
 * the header must name this one: a run directory may be shared by several.
 */
export function processOfNode(directory: string, node: NodeId): number | string {
  const header = firstLine(runFiles.events(directory, node));
  if (header === null) return `node ${node} writes no record here, so its process is not known`;
  const { pid, host } = header;
  if (host === hostname() && typeof pid === 'number' && pid > 1) return pid;
  return `node ${node} runs on another machine (${String(host)}): it cannot be signalled from here`;
}

function firstLine(path: string): Readonly<Record<string, unknown>> | null {
  try {
    const descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(HEADER_BYTES_MAX);
    const length = readSync(descriptor, bytes, 0, HEADER_BYTES_MAX, 0);
    closeSync(descriptor);
    const header = parseJson(bytes.toString('utf8', 0, length).split('\n')[0] ?? '');
    return isObject(header) && shapeProblem(header, headerShape) === null ? header : null;
  } catch {
    return null;
  }
}

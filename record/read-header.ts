/** The first line of an event file: whose it is, and of which run. Read while the rest is written. */
import { closeSync, openSync, readSync } from 'node:fs';
import { headerShape } from './event-shape.ts';
import type { HeaderEvent } from './events.ts';
import { shapeProblem, isObject } from './field-check.ts';
import { parseJson } from './read-events.ts';

const HEADER_BYTES_MAX = 4096;

/** Null: there is no such file, or it does not begin with a header. */
export function readHeader(path: string): HeaderEvent | null {
  try {
    const descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(HEADER_BYTES_MAX);
    const length = readSync(descriptor, bytes, 0, HEADER_BYTES_MAX, 0);
    closeSync(descriptor);
    const header = parseJson(bytes.toString('utf8', 0, length).split('\n')[0] ?? '');
    const isHeader = isObject(header) && shapeProblem(header, headerShape) === null;
    return isHeader ? (header as unknown as HeaderEvent) : null;
  } catch {
    return null;
  }
}

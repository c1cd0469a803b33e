/** The first line of a file that may still grow, and JSON that may be none. */
import { closeSync, openSync, readSync } from 'node:fs';

const LINE_BYTES_MAX = 4096;

/** As far as it has come; empty when there is no such file or it cannot be read. */
export function firstLine(path: string): string {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(LINE_BYTES_MAX);
    const length = readSync(descriptor, bytes, 0, LINE_BYTES_MAX, 0);
    return bytes.toString('utf8', 0, length).split('\n')[0] ?? '';
  } catch {
    return '';
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Undefined for anything that is not JSON, also for what nests deeper than the parser goes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Documents that are made again and again. */
import { renameSync, writeFileSync } from 'node:fs';

/**
 * In one step: a reader sees the old document or the new one, also when the writer is killed. What stood
 * there may be anything, a named pipe too. Throws what the file system throws.
 */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

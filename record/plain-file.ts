/** Files that somebody else may have put there. */
import { readFileSync, statSync } from 'node:fs';

/**
 * The bytes of a plain file. Of anything else none: to open a named pipe waits for somebody who writes
 * into it, and a device may never end. Throws what the file system throws, and so for these too.
 */
export function readPlainFile(path: string): Buffer {
  if (statSync(path).isFile()) return readFileSync(path);
  throw Object.assign(new Error(`${path} is no plain file`), { code: 'no plain file' });
}

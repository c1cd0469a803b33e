/** The seed of a config that names none. */

/**
 * FNV-1a, 32 bits unsigned, over the UTF-8 bytes of the text with CRLF as LF and without a byte
 * order mark: a checkout on another system draws the same faults. Only the file counts, never a
 * flag, so that `--algorithm midpoint` meets the faults that mean met.
 */
export function contentSeed(text: string): number {
  const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

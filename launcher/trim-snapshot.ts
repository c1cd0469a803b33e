/**
 * At its end a snapshot has the compiled code of all of Node.js's own modules, used or not: 2.7 of 5 MB, which
 * every process that starts from it reads, copies and keeps. What a node uses of them lies compiled in
 * the snapshot's memory already; the rest would be compiled when it is called, as in any other program.
 */
import { isBuiltin } from 'node:module';

/**
 * The same snapshot with an empty list in that place. Node.js promises nothing about the layout
 * (SnapshotData::ToBlob in its src/node_snapshotable.cc), so a blob that does not end in exactly such a list
 * is returned as it is.
 */
export function trimSnapshot(blob: Buffer): Buffer {
  const numbers = new DataView(blob.buffer, blob.byteOffset, blob.length);
  for (let at = 0; at + NUMBER_BYTES < blob.length; at += 1) {
    if (!isListOfModules(blob, numbers, at)) continue;
    return Buffer.concat([blob.subarray(0, at), Buffer.alloc(NUMBER_BYTES)]);
  }
  return blob;
}

/** Counts and lengths: size_t of a processor with 64 bits, lowest byte first. */
const NUMBER_BYTES = 8;

const MOST_MODULES = 10_000;
const LONGEST_NAME = 200;

/** How many there are, then for each the length of its name, the name, the length of its code, the code. */
function isListOfModules(blob: Buffer, numbers: DataView, from: number): boolean {
  const count = numberAt(numbers, from);
  if (count === 0 || count > MOST_MODULES) return false;
  let hasBuiltin = false;
  let at = from + NUMBER_BYTES;
  for (let left = count; left > 0; left -= 1) {
    const nameEnd = at + NUMBER_BYTES + numberAt(numbers, at);
    if (nameEnd - at > LONGEST_NAME) return false;
    hasBuiltin ||= isBuiltin(blob.toString('latin1', at + NUMBER_BYTES, nameEnd));
    at = nameEnd + NUMBER_BYTES + numberAt(numbers, nameEnd);
  }
  return at === blob.length && hasBuiltin;
}

/** More than any length here: not a number, or not one of ours. */
const NONE = Infinity;

const numberAt = (numbers: DataView, at: number): number =>
  at + NUMBER_BYTES <= numbers.byteLength && numbers.getUint32(at + 4, true) === 0
    ? numbers.getUint32(at, true)
    : NONE;

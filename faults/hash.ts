/**
 * Two published 32-bit hashes over a key of eight 32-bit words, so that anybody can reproduce a
 * draw with a library: MurmurHash3_x86_32 (A. Appleby, SMHasher) and XXH32 (Y. Collet, xxHash
 * specification), both with seed 0, over the 32 bytes of the words in little-endian order.
 *
 * Two functions that share no constants: keys that collide in one do not tend to in the other.
 * The words are arguments and not an array: a draw must not allocate.
 */

/** Looked up once: in a vm context, such as jest's, every look-up of a global is slow. */
const { imul } = Math;

/** MurmurHash3_x86_32 of the eight words; an unsigned 32-bit integer. */
export function murmur3(
  word0: number,
  word1: number,
  word2: number,
  word3: number,
  word4: number,
  word5: number,
  word6: number,
  word7: number,
): number {
  let hash = murmurRound(0, word0);
  hash = murmurRound(hash, word1);
  hash = murmurRound(hash, word2);
  hash = murmurRound(hash, word3);
  hash = murmurRound(hash, word4);
  hash = murmurRound(hash, word5);
  hash = murmurRound(hash, word6);
  hash = murmurRound(hash, word7);
  hash ^= 32; // the key's length in bytes
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function murmurRound(hash: number, word: number): number {
  const product = imul(word, 0xcc9e2d51);
  const mixed = hash ^ imul((product << 15) | (product >>> 17), 0x1b873593);
  return (imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** XXH32 of the eight words: two stripes over four accumulators; an unsigned 32-bit integer. */
export function xxh32(
  word0: number,
  word1: number,
  word2: number,
  word3: number,
  word4: number,
  word5: number,
  word6: number,
  word7: number,
): number {
  const lane0 = xxRound(xxRound(0x24234428, word0), word4);
  const lane1 = xxRound(xxRound(0x85ebca77, word1), word5);
  const lane2 = xxRound(xxRound(0, word2), word6);
  const lane3 = xxRound(xxRound(-0x9e3779b1, word3), word7);
  let hash = 32; // the key's length in bytes
  hash += (lane0 << 1) | (lane0 >>> 31);
  hash += (lane1 << 7) | (lane1 >>> 25);
  hash += (lane2 << 12) | (lane2 >>> 20);
  hash += (lane3 << 18) | (lane3 >>> 14);
  hash = imul(hash ^ (hash >>> 15), 0x85ebca77);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function xxRound(lane: number, word: number): number {
  const sum = (lane + imul(word, 0x85ebca77)) | 0;
  return imul((sum << 13) | (sum >>> 19), 0x9e3779b1);
}

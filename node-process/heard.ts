/**
 * What a node has heard of each peer, so that nothing counts twice. A correct peer says its value of
 * a round once and its goodbye once; what comes again comes from a faulty one, and would only take
 * memory, time and disk.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';

export interface Heard {
  /** False: it has been heard before. */
  value(from: NodeId, round: Round): boolean;
  goodbye(from: NodeId): boolean;
}

/** Rounds are 0 to `lastRound`: a bit for each, once a peer has spoken. */
export function createHeard(lastRound: Round): Heard {
  const rounds = new Map<NodeId, Uint8Array>();
  const goodbyes = new Set<NodeId>();
  const roundsOf = (from: NodeId): Uint8Array => {
    const known = rounds.get(from);
    if (known !== undefined) return known;
    const bits = new Uint8Array(Math.ceil((lastRound + 1) / 8));
    rounds.set(from, bits);
    return bits;
  };
  return {
    value(from, round) {
      const bits = roundsOf(from);
      const byte = bits[round >> 3] ?? 0;
      const bit = 1 << (round & 7);
      bits[round >> 3] = byte | bit;
      return (byte & bit) === 0;
    },
    goodbye(from) {
      const isNew = !goodbyes.has(from);
      goodbyes.add(from);
      return isNew;
    },
  };
}

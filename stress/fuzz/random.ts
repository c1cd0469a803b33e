/** Fast random numbers for fuzzing: the same seed, the same bytes. Marsaglia's xorshift, 32 bits. */
export interface Random {
  /** 0 to 2³² − 1. */
  next(): number;
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

export function createRandom(seed: number): Random {
  let state = (Math.imul(seed + 1, 0x9e3779b1) | 0) === 0 ? 1 : Math.imul(seed + 1, 0x9e3779b1);
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  return { next, below, pick: (choices) => choices[below(choices.length)] ?? choices[0] };
}

/**
 * How many rounds the worst schedule can force, and how small an ε doubles can reach.
 *
 * Everything is exact rational arithmetic: ⌈log(Δ/ε) / log(1/ρ)⌉ in doubles is wrong in both
 * directions (Δ = 9, ε = 1, ρ = 1/3 gives 3 where 2 are enough; the next double above Δ = 1000 with
 * ρ = 1/10 gives 3 where 4 are needed). The nodes themselves do round: hence the one extra round
 * that a run is granted, and `smallestEpsilon`.
 */
import type { Ratio } from './ratio.ts';
import { toNumber } from './ratio.ts';

/** A run that may need more rounds than this is refused: it is a mistake in the config. */
export const ROUNDS_MAX = 10_000;

/**
 * R(ρ, Δ, ε) = min { r : ρ^r · Δ ≤ ε } with Δ = largest − smallest input, all three exact.
 * Null when ρ ≥ 1 (never) or when it exceeds ROUNDS_MAX.
 */
export function worstCaseRounds(
  contraction: Ratio,
  inputs: readonly number[],
  epsilon: number,
): number | null {
  const low = exact(Math.min(...inputs));
  const high = exact(Math.max(...inputs));
  const target = exact(epsilon);
  // ρ^r Δ ≤ ε, cross-multiplied: left · numerator^r ≤ right · denominator^r.
  let left = (high.top * low.bottom - low.top * high.bottom) * target.bottom;
  let right = target.top * high.bottom * low.bottom;
  for (let rounds = 0; rounds <= ROUNDS_MAX; rounds += 1) {
    if (left <= right) return rounds;
    if (contraction.numerator >= contraction.denominator) return null;
    left *= BigInt(contraction.numerator);
    right *= BigInt(contraction.denominator);
  }
  return null;
}

/**
 * The smallest ε that R + 1 rounds of doubles are sure to reach: 2·ulp(M) / (1−ρ)², M the largest
 * magnitude. Each update errs by at most half an ulp of M (see `meanFromLowest`), so spreads obey
 * s' ≤ ρ·s + u and approach u/(1−ρ). After R rounds plus one the sum is at most
 * ρ·ε + u/(1−ρ), which is ≤ ε when ε ≥ u/(1−ρ)². Twice that covers the terms that scale with s.
 * ρ = null (nothing proven) asks for as much as ρ = 1/2.
 */
export function smallestEpsilon(contraction: Ratio | null, inputs: readonly number[]): number {
  const largest = Math.max(...inputs.map(Math.abs));
  const gap = 1 - (contraction === null ? 0.5 : toNumber(contraction));
  return (2 * ulp(largest)) / (gap * gap);
}

/** Distance from |x| to the next larger double. */
export function ulp(x: number): number {
  const [bits] = new BigUint64Array(Float64Array.of(Math.abs(x)).buffer);
  const [next] = new Float64Array(BigUint64Array.of((bits ?? 0n) + 1n).buffer);
  return (next ?? 0) - Math.abs(x);
}

/** A double is an integer over a power of two. */
function exact(x: number): { top: bigint; bottom: bigint } {
  let scaled = x;
  let bottom = 1n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(scaled), bottom };
}

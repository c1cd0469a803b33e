/** Doubles as the exact fractions they are, so that a test can measure a rounding error. */
export interface Exact {
  readonly top: bigint;
  readonly bottom: bigint;
}

export function exactValue(x: number): Exact {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(x));
  const word = bits.getBigUint64(0);
  const exponent = Number(word >> 52n);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction + 0x10000000000000n;
  const shift = Math.max(exponent, 1) - 1075;
  const top = x < 0 ? -mantissa : mantissa;
  return shift >= 0
    ? { top: top << BigInt(shift), bottom: 1n }
    : { top, bottom: 1n << BigInt(-shift) };
}

export const plus = (a: Exact, b: Exact): Exact => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

export const minus = (a: Exact, b: Exact): Exact => ({
  top: a.top * b.bottom - b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

export function meanOf(values: readonly number[]): Exact {
  const sum = values.map(exactValue).reduce(plus);
  return { top: sum.top, bottom: sum.bottom * BigInt(values.length) };
}

/** |a| ≤ |b|. */
export function isAtMost(a: Exact, b: Exact): boolean {
  const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);
  return magnitude(a.top) * b.bottom <= magnitude(b.top) * a.bottom;
}

/**
 * Logarithm, exponential, square root and the normal quantile from + − × ÷ alone.
 *
 * IEEE 754 rounds these four operations correctly, so every machine and engine gets the same bits.
 * The language leaves Math.log, Math.exp and Math.pow to the implementation: a delay that lies on
 * the edge of two microseconds could then differ from one machine to the next.
 */

/** ln 2 in two parts: integer × LN2_HIGH is exact for the exponents of doubles (fdlibm, e_log.c). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2_INVERSE = 1.4426950408889634;
const SQRT_HALF = 0.7071067811865476;
const TWO_TO_32 = 4_294_967_296;

/**
 * Natural logarithm of a finite x > 0, within about 2 ulp.
 *
 * x = m · 2^k with m in [√½, √2); ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), s = (m−1)/(m+1),
 * |s| ≤ 0.172, so that the first term left out is below 10^−19. (Abramowitz and Stegun, 4.1.27.)
 */
export function ln(x: number): number {
  let m = x;
  let k = 0;
  for (; m < 1 / TWO_TO_32; k -= 32) m *= TWO_TO_32;
  for (; m > TWO_TO_32; k += 32) m /= TWO_TO_32;
  for (; m < SQRT_HALF; k -= 1) m *= 2;
  for (; m >= 2 * SQRT_HALF; k += 1) m /= 2;
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let series = 0;
  for (let odd = 23; odd >= 3; odd -= 2) series = (series + 1 / odd) * square;
  return k * LN2_HIGH + (2 * s + (2 * s * series + k * LN2_LOW));
}

/** Results outside e^±708 are no normal doubles; x is clamped, so that no infinity comes out. */
const EXPONENT_MAX = 708;

/**
 * e^x within about 2 ulp; saturates at e^−708 and e^708.
 *
 * x = k ln 2 + r with |r| ≤ ½ ln 2; e^r by its power series up to r^14/14!, the rest is below
 * 10^−18 (Abramowitz and Stegun, 4.2.1); then 2^k by repeated squaring, which is exact.
 */
export function exp(x: number): number {
  const bounded = Math.min(Math.max(x, -EXPONENT_MAX), EXPONENT_MAX);
  const k = Math.floor(bounded * LN2_INVERSE + 0.5);
  const r = bounded - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 14; n >= 1; n -= 1) series = 1 + (r / n) * series;
  return series * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  let square = k < 0 ? 0.5 : 2;
  let power = 1;
  for (let rest = Math.abs(k); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= square;
    square *= square;
  }
  return power;
}

/**
 * √x for a finite x ≥ 0, within about 1 ulp. Newton's (Heron's) iteration y ← (y + m/y)/2 on m in
 * [1, 4), x = m · 4^k. The straight line 0.69 + 0.34 m is at most 3 % off, and each step squares
 * the error: 5·10^−4, 10^−7, 10^−14, 10^−28.
 */
export function squareRoot(x: number): number {
  if (x === 0) return 0;
  let m = x;
  let scale = 1;
  for (; m < 1; scale /= 2) m *= 4;
  for (; m >= 4; scale *= 2) m /= 4;
  let y = 0.69 + 0.34 * m;
  for (let step = 0; step < 4; step += 1) y = (y + m / y) / 2;
  return y * scale;
}

/** Smallest probability that normalQuantile tells apart; half of the smallest draw above 0. */
const PROBABILITY_MIN = 1 / 18_014_398_509_481_984;

/**
 * The z with P(Z ≤ z) = p for a standard normal Z; p in [0, 1). p below 2^−54 counts as 2^−54, so
 * the result is finite: −8.3 … 8.3.
 *
 * Algorithm AS 241, PPND16: M. J. Wichura, "The percentage points of the normal distribution",
 * Applied Statistics 37 (1988) 477–484. Relative error about 10^−16 in exact arithmetic.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRAL_TOP, r)) / polynomial(CENTRAL_BOTTOM, r);
  }
  const tail = q < 0 ? Math.max(p, PROBABILITY_MIN) : 1 - p;
  const r = squareRoot(-ln(tail));
  const z =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -z : z;
}

/** Horner's scheme; the coefficient of the highest power comes first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const CENTRAL_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const CENTRAL_BOTTOM = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1.0,
];
const MIDDLE_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const MIDDLE_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0,
];
const FAR_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0,
];

/**
 * The update rules once more, for the auditor: after docs/theory.md and
 * docs/decisions/0005-arithmetic-of-the-update-rules.md, sharing no code with agreement/. The same
 * numbers come out, to the last bit, or one of the two is wrong.
 */

/** `values`: of a quorum, in any order. Returns the value before it is clamped. */
export type SecondRule = (values: readonly number[], f: number) => number;

const ascending = (values: readonly number[]): number[] =>
  [...values].sort((one, other) => one - other);

/** Offsets from the smallest are summed up, smallest first. */
function meanOf(sorted: readonly number[]): number {
  const [smallest = 0, ...rest] = sorted;
  return smallest + rest.reduce((sum, value) => sum + (value - smallest), 0) / sorted.length;
}

const everyNth = (sorted: readonly number[], step: number): number[] => {
  const chosen: number[] = [];
  for (let at = 0; at < sorted.length; at += step) chosen.push(...sorted.slice(at, at + 1));
  return chosen;
};

export const secondRules: Readonly<Record<string, SecondRule>> = {
  mean: (values) => meanOf(ascending(values)),
  midpoint(values) {
    const sorted = ascending(values);
    const smallest = sorted[0] ?? 0;
    return smallest + 0.5 * ((sorted.at(-1) ?? 0) - smallest);
  },
  select: (values, f) => meanOf(everyNth(ascending(values), Math.max(1, f))),
};

/**
 * Into the range of the values, if rounding alone can have carried it out; a sum of m doubles errs by
 * no more than 4 m ε times the largest of them. 0 instead of −0.
 */
export function clamped(next: number, values: readonly number[]): number {
  const sorted = ascending(values);
  const [low = next, high = next] = [sorted[0], sorted.at(-1)];
  const inside = next < low ? low : next > high ? high : next;
  const slack = 4 * Number.EPSILON * values.length * Math.max(Math.abs(low), Math.abs(high));
  const kept = Math.abs(next - inside) > slack ? next : inside;
  return kept === 0 ? 0 : kept;
}

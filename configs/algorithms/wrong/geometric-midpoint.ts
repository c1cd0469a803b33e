/**
 * WRONG on purpose: the root of smallest times largest, which is no number when their signs differ.
 *
 * Between positive values it works. geometric-midpoint.txt beside this file has a negative input:
 * the run ends at once and says which node failed in which round, with which values.
 */
export const rule = {
  name: 'geometric midpoint',
  update: (sorted: Float64Array): number => Math.sqrt((sorted[0] ?? 0) * (sorted.at(-1) ?? 0)),
};

/**
 * Mean of n − f values. Asynchronous, crash faults, n > 2f.
 *
 * Source: the course algorithm this project grew from; same family as A. Fekete, "Asymptotically
 * optimal algorithms for approximate agreement" (PODC 1986) and its asynchronous successors.
 * Each round: multicast the value, wait for n − f values of the round (own included), take their mean.
 *
 * Contraction f/(n−f), tight. Upper bound: two quorums of size m = n − f share at least n − 2f
 * senders, so their means differ by at most spread · (1 − (n−2f)/(n−f)). The two-camp schedule of
 * docs/theory.md meets it in every round. With f close to n/2 it approaches 1: prefer midpoint or
 * select there.
 */
import { ratio } from './ratio.ts';
import { meanFromLowest } from './update-rule.ts';
import type { UpdateRule } from './update-rule.ts';

export const mean: UpdateRule = {
  name: 'mean',
  update: (sorted) => meanFromLowest(sorted),
  contraction: (n, f) => ratio(f, n - f),
};

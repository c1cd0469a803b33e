/** The algorithms a config can name. One line each. Those in a user's file: user-algorithm.ts. */
import type { Algorithm } from './algorithm.ts';
import { mean } from './mean.ts';
import { midpoint } from './midpoint.ts';
import { roundBased } from './participant.ts';
import type { ParticipantState } from './participant.ts';
import { select } from './select.ts';
import type { UpdateRule } from './update-rule.ts';

export const updateRules: readonly UpdateRule[] = [mean, midpoint, select];

export const algorithms: ReadonlyMap<string, Algorithm<ParticipantState>> = new Map(
  updateRules.map((rule) => [rule.name, roundBased(rule)]),
);

/**
 * The one place that says which algorithm a run runs: a built-in one by its name, or the user's own,
 * which somebody has loaded (record/load-algorithm.ts). Null: it is not known here.
 */
export function algorithmOf(
  config: { readonly algorithm: string; readonly algorithmHash: string | null },
  own: Algorithm<unknown> | null,
): Algorithm<unknown> | null {
  return config.algorithmHash === null ? (algorithms.get(config.algorithm) ?? null) : own;
}

/** The algorithms a config can name. One line each; an algorithm of your own becomes one more. */
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

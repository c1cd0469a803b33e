/** Kills and pauses of a config as what is to be done when: by the master, and in virtual time. */
import type { NodeId } from '../agreement/algorithm.ts';
import type { ProcessFaults } from './settings.ts';

export interface ScriptedAction {
  readonly kind: 'kill' | 'pause' | 'resume';
  readonly node: NodeId;
  /** Microseconds after the start record. */
  readonly atUs: number;
}

/**
 * In order of time. A pause without an end lasts until everybody is continued, at the end of the run.
 * Null: nothing is scripted.
 */
export function scriptOf({ kills, pauses }: ProcessFaults): ScriptedAction[] | null {
  if (kills === undefined && pauses === undefined) return null;
  const actions = [
    ...(kills ?? []).map(({ node, atMs }): ScriptedAction => ({
      kind: 'kill',
      node,
      atUs: inUs(atMs),
    })),
    ...(pauses ?? []).flatMap(({ node, fromMs, untilMs }): ScriptedAction[] => [
      { kind: 'pause', node, atUs: inUs(fromMs) },
      ...(untilMs === null ? [] : [{ kind: 'resume', node, atUs: inUs(untilMs) } as const]),
    ]),
  ];
  return actions.sort((a, b) => a.atUs - b.atUs);
}

const inUs = (ms: number): number => Math.floor(ms * 1000 + 0.5);

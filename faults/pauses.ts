/** Scripted pauses of one node, by the clock of the run. */
import type { NodeId } from '../agreement/algorithm.ts';
import { closureOf } from './closures.ts';
import type { Closure } from './closures.ts';
import type { ProcessFaults } from './settings.ts';

/** Microseconds after the start; no two of them meet. Null: there is none. */
export function pausesOf({ pauses = [] }: ProcessFaults, node: NodeId): readonly Closure[] | null {
  const own = pauses.filter((pause) => pause.node === node).map(closureOf);
  return own.length === 0 ? null : own;
}

/** When the node takes notice of what happens at this moment: then, or when it is continued. */
export function noticedUs(pauses: readonly Closure[] | null, timeUs: number): number {
  if (pauses === null) return timeUs;
  const pause = pauses.find(({ startUs, endUs }) => startUs <= timeUs && timeUs < endUs);
  return pause?.endUs ?? timeUs;
}

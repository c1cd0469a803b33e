/** From values that nodes have heard to the senders, and from there to deliveries one by one. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { State } from './many-rounds.ts';
import type { Delivery } from './schedule.ts';

/** sets[r][i]: the peers whose round-r values node i + 1 uses. */
export type ReceiveSets = readonly (readonly (readonly NodeId[])[])[];

/** The receive sets of all rounds that led to a state. Of equal values the lowest ids are heard. */
export function receiveSetsOf(state: State): ReceiveSets {
  const { before, heard } = state;
  if (before === null) return [];
  const sets = heard.map((values, index) => sendersOf(before.values, index + 1, values));
  return [...receiveSetsOf(before), sets];
}

function sendersOf(
  values: readonly number[],
  receiver: NodeId,
  heard: readonly number[],
): readonly NodeId[] {
  const free = values.map((value, index) => ({ id: index + 1, value }));
  return heard
    .flatMap((value) => {
      const at = free.findIndex((sender) => sender.id !== receiver && sender.value === value);
      return at === -1 ? [] : free.splice(at, 1).map(({ id }) => id);
    })
    .sort((a, b) => a - b);
}

/**
 * Round by round, node by node, exactly these messages. A link keeps its order: older messages of a
 * sender come before the one that is wanted, too late to matter.
 */
export function deliveriesOf(sets: ReceiveSets): Delivery[] {
  const taken = new Map<string, number>();
  return sets.flatMap((ofRound, round) =>
    ofRound.flatMap((senders, index) =>
      senders.flatMap((from) => {
        const to = index + 1;
        const link = `${from} ${to}`;
        const count = round + 1 - (taken.get(link) ?? 0);
        taken.set(link, round + 1);
        return Array.from({ length: count }, () => ({ from, to }));
      }),
    ),
  );
}

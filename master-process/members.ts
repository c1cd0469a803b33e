/** What the master knows of each node: where it is, how far it is, whether it lives. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { allNodes } from '../agreement/resilience.ts';
import type { Address } from '../configs/run-config.ts';
import type { NodeProgress } from '../runtime/ipc.ts';
import type { Outbound } from '../runtime/outbound.ts';

export interface Member {
  readonly id: NodeId;
  /** Null until it registers. */
  address: Address | null;
  /** The connection the master dialled; null before the welcome. */
  out: Outbound | null;
  /** The same as soon as somebody has begun to dial; it resolves to null if the node does not answer. */
  reached: Promise<Outbound | null> | null;
  state: NodeProgress['state'];
  /** Last reported round and value. */
  round: Round | null;
  value: number | null;
  /** Has said that everything it had to write is written. */
  isDone: boolean;
  hasSaidGoodbye: boolean;
  /** Of its record, come home so far. */
  recordBytes: number;
}

export type Members = ReadonlyMap<NodeId, Member>;

export const createMembers = (n: number): Members =>
  new Map(
    allNodes(n).map((id) => [
      id,
      {
        ...{ id, address: null, out: null, reached: null },
        ...{ state: 'awaited', round: null, value: null },
        ...{ isDone: false, hasSaidGoodbye: false, recordBytes: 0 },
      },
    ]),
  );

export const isAlive = (member: Member): boolean =>
  member.state !== 'dead' && member.state !== 'awaited';

export const alive = (members: Members): Member[] => [...members.values()].filter(isAlive);

export const dead = (members: Members): Member[] =>
  [...members.values()].filter((member) => member.state === 'dead');

export const inState = (members: Members, state: Member['state']): NodeId[] =>
  [...members.values()].filter((member) => member.state === state).map((member) => member.id);

/** "node 3", "nodes 3, 4 and 5" */
export function nameNodes(ids: readonly NodeId[]): string {
  if (ids.length === 1) return `node ${ids[0]}`;
  return `nodes ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}

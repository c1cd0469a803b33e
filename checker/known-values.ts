/**
 * Who held which value in which round, from everybody who saw it: the node's own file, the files of
 * those it sent it to, the master's. So a node whose file is cut or gone is still known by what it
 * had sent. Witnesses that disagree make a value disputed: nothing is concluded from it.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { breach, openNotes } from './notes.ts';
import type { Notes } from './notes.ts';

export interface KnownValue {
  readonly value: number;
  /** File and line of the first witness. */
  readonly source: string;
  isDisputed: boolean;
}

export interface KnownValues {
  readonly byNode: Map<NodeId, Map<Round, KnownValue>>;
  /** Every line that says a value, and where two of them differ. */
  readonly notes: Notes;
}

export const noValues = (): KnownValues => ({ byNode: new Map(), notes: openNotes() });

/** `source` is asked for only when it is needed: most values have many witnesses. */
export function note(
  known: KnownValues,
  node: NodeId,
  round: Round,
  value: number,
  source: () => string,
): void {
  let rounds = known.byNode.get(node);
  if (rounds === undefined) {
    rounds = new Map();
    known.byNode.set(node, rounds);
  }
  known.notes.checked += 1;
  const earlier = rounds.get(round);
  if (earlier === undefined) {
    rounds.set(round, { value, source: source(), isDisputed: false });
  } else if (earlier.value !== value) {
    earlier.isDisputed = true;
    const at = source();
    const sentence =
      `node ${node}'s value of round ${round} is ${earlier.value} in ${earlier.source}, ` +
      `but ${value} in ${at}`;
    breach(known.notes, sentence, { node, round, from: node, at });
  }
}

export const valueOf = (known: KnownValues, node: NodeId, round: Round): KnownValue | null =>
  known.byNode.get(node)?.get(round) ?? null;

/** −1 when nothing of the node is known. */
export const lastRoundOf = (known: KnownValues, node: NodeId): Round =>
  Math.max(-1, ...(known.byNode.get(node)?.keys() ?? []));

/**
 * Who held which value in which round, from everybody who saw it: the node's own file, the files of
 * those it sent it to, the master's. So a node whose file is cut or gone is still known by what it
 * had sent. Witnesses that disagree make a value disputed: nothing is concluded from it.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';

export interface KnownValue {
  readonly value: number;
  /** File and line of the first witness. */
  readonly source: string;
  isDisputed: boolean;
}

export interface KnownValues {
  readonly byNode: Map<NodeId, Map<Round, KnownValue>>;
  readonly contradictions: string[];
}

/** One broken process may contradict thousands of lines; these are enough to see what is wrong. */
const CONTRADICTIONS_MAX = 20;

export const noValues = (): KnownValues => ({ byNode: new Map(), contradictions: [] });

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
  const earlier = rounds.get(round);
  if (earlier === undefined) {
    rounds.set(round, { value, source: source(), isDisputed: false });
  } else if (earlier.value !== value) {
    earlier.isDisputed = true;
    contradict(
      known.contradictions,
      `node ${node}'s value of round ${round} is ${earlier.value} in ${earlier.source}, ` +
        `but ${value} in ${source()}`,
    );
  }
}

export function contradict(contradictions: string[], sentence: string): void {
  if (contradictions.length < CONTRADICTIONS_MAX) contradictions.push(sentence);
}

export const valueOf = (known: KnownValues, node: NodeId, round: Round): KnownValue | null =>
  known.byNode.get(node)?.get(round) ?? null;

/** −1 when nothing of the node is known. */
export const lastRoundOf = (known: KnownValues, node: NodeId): Round =>
  Math.max(-1, ...(known.byNode.get(node)?.keys() ?? []));

/**
 * The properties of approximate agreement as predicates on plain values, each with the numbers that
 * decide it and a witness when it does not hold. They know nothing of logs, processes or verdicts:
 * whoever calls them says which values belong to correct nodes.
 */
import type { NodeId } from './algorithm.ts';

/** A value and the node that held it. */
export interface NodeValue {
  readonly node: NodeId;
  readonly value: number;
}

/** The interval in which valid values lie, with a node at each end. */
export interface Hull {
  readonly low: NodeValue;
  readonly high: NodeValue;
}

export interface Validity {
  readonly holds: boolean;
  /** Distance from the most exposed value to the nearer end; negative: outside by that much. */
  readonly margin: number;
  readonly witness: NodeValue | null;
}

export interface EpsilonAgreement {
  readonly holds: boolean;
  /** Largest minus smallest output, as one subtraction of doubles. */
  readonly spread: number;
  /** spread / ε: at most 1 when the property holds. */
  readonly ratio: number;
  /** The two outputs that are too far apart. */
  readonly witness: Hull | null;
}

export interface Termination {
  readonly holds: boolean;
  readonly done: number;
  readonly of: number;
  readonly missing: readonly NodeId[];
}

export interface FaultBound {
  readonly holds: boolean;
  readonly count: number;
  readonly f: number;
}

/** Null for no values at all. */
export function hullOf(values: Iterable<NodeValue>): Hull | null {
  let low: NodeValue | null = null;
  let high: NodeValue | null = null;
  for (const candidate of values) {
    if (low === null || candidate.value < low.value) low = candidate;
    if (high === null || candidate.value > high.value) high = candidate;
  }
  return low === null || high === null ? null : { low, high };
}

export const spreadOf = (hull: Hull | null): number =>
  hull === null ? 0 : hull.high.value - hull.low.value;

/**
 * Every value lies in the hull of the inputs, ends included. Decided by comparing, not by the sign
 * of the margin; a value that is not a number is outside of everything.
 */
export function validity(hull: Hull, values: Iterable<NodeValue>): Validity {
  let margin = Infinity;
  let witness: NodeValue | null = null;
  for (const candidate of values) {
    const { value } = candidate;
    const isInside = hull.low.value <= value && value <= hull.high.value;
    const distance = Math.min(value - hull.low.value, hull.high.value - value);
    if (!isInside && (witness === null || distance < margin)) witness = candidate;
    margin = Math.min(margin, distance);
  }
  return { holds: witness === null, margin, witness };
}

/** Any two outputs of correct nodes are within ε. No outputs: nothing is apart. */
export function epsilonAgreement(outputs: readonly NodeValue[], epsilon: number): EpsilonAgreement {
  const hull = hullOf(outputs);
  const spread = spreadOf(hull);
  const holds = spread <= epsilon && outputs.every(({ value }) => Number.isFinite(value));
  return { holds, spread, ratio: spread / epsilon, witness: holds ? null : hull };
}

/** Every correct node has an output. */
export function termination(
  correct: readonly NodeId[],
  hasOutput: (node: NodeId) => boolean,
): Termination {
  const missing = correct.filter((node) => !hasOutput(node));
  const done = correct.length - missing.length;
  return { holds: missing.length === 0, done, of: correct.length, missing };
}

/** At most f nodes are faulty. */
export const faultBound = (faulty: ReadonlySet<NodeId>, f: number): FaultBound => ({
  holds: faulty.size <= f,
  count: faulty.size,
  f,
});

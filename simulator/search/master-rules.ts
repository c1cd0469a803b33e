/** When the master orders the nodes to output: the sound rule, and a tempting one that is not. */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { allNodes } from '../../agreement/resilience.ts';
import { initialStoppingState, stepStoppingRule } from '../../agreement/stopping-rule.ts';
import type { StoppingEvent, StoppingState } from '../../agreement/stopping-rule.ts';

/** Output your value of this round, or the one that you have when the order arrives. */
export type Order = Round | 'current';

export interface MasterRule {
  readonly name: string;
  /** Plain data, like a participant's. */
  initialState(n: number, epsilon: number): unknown;
  /** The order, once in a run; null otherwise. Mutates `state` only. */
  step(state: unknown, event: StoppingEvent): Order | null;
}

/** Rule F, as every run uses it (agreement/stopping-rule.ts). */
export const frozen: MasterRule = {
  name: 'frozen',
  initialState: initialStoppingState,
  step: (state, event) => stepStoppingRule(state as StoppingState, event),
};

interface LastReports {
  readonly epsilon: number;
  readonly live: Set<NodeId>;
  readonly last: Map<NodeId, number>;
  hasFired: boolean;
}

/**
 * A foil: "when the last reported values of the live nodes are within ε, stop; each outputs what it
 * has". Unsound, because a value that is still on its way can move a node after the comparison. Only
 * the search knows it; no run can be configured to use it.
 */
export const naive: MasterRule = {
  name: 'naive',
  initialState: (n, epsilon): LastReports => ({
    epsilon,
    live: new Set(allNodes(n)),
    last: new Map(),
    hasFired: false,
  }),
  step(given, event) {
    const state = given as LastReports;
    if (event.kind === 'report') state.last.set(event.from, event.value);
    else state.live.delete(event.node);
    const values = [...state.live].map((id) => state.last.get(id) ?? NaN);
    const gap = Math.max(...values) - Math.min(...values);
    if (state.hasFired || values.length === 0 || !(gap <= state.epsilon)) return null;
    state.hasFired = true;
    return 'current';
  },
};

export const masterRules: ReadonlyMap<string, MasterRule> = new Map(
  [frozen, naive].map((rule) => [rule.name, rule]),
);

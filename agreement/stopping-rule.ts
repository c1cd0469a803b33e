/**
 * When may the master tell the nodes to output? Rule F ("frozen round"), for crash faults.
 *
 * Every node reports its value of every round before it multicasts it. The master names the lowest
 * round for which the report of every live node is there and these values lie within ε; a node then
 * outputs exactly its value of that round, even if it is further by now.
 *
 * Sound, because the outputs are the very values that were compared; values in flight, dead nodes
 * and slow nodes cannot change them. "The last reported values are close" is not sound: the two
 * schedules in tests/paper/stopping-rule.test.ts make it output values 1/4 and 1/3 apart.
 * Needs a perfect failure detector: a node declared dead must never output (it is fenced).
 * Live: some round up to R has spread ≤ ε, so only a live node that never reports can block it.
 */
import type { NodeId, Round } from './algorithm.ts';
import { invariant } from './invariant.ts';
import { allNodes } from './resilience.ts';

export type StoppingEvent =
  | {
      readonly kind: 'report';
      readonly from: NodeId;
      readonly round: Round;
      readonly value: number;
    }
  | { readonly kind: 'death'; readonly node: NodeId };

/** What the live nodes have reported of one round so far. */
interface RoundTally {
  readonly reports: Map<NodeId, number>;
  low: number;
  high: number;
}

export interface StoppingState {
  readonly epsilon: number;
  readonly live: Set<NodeId>;
  /** Indexed by round; only reports of live nodes. */
  readonly tallies: RoundTally[];
  decided: Round | null;
}

export const initialStoppingState = (n: number, epsilon: number): StoppingState => ({
  epsilon,
  live: new Set(allNodes(n)),
  tallies: [],
  decided: null,
});

/** Returns the round to output, once in a run; null otherwise. */
export function stepStoppingRule(state: StoppingState, event: StoppingEvent): Round | null {
  const candidates =
    event.kind === 'report'
      ? recordReport(state, event.from, event.round, event.value)
      : recordDeath(state, event.node);
  if (state.decided !== null) return null;
  const round = candidates.find((candidate) => isSettled(state, candidate)) ?? null;
  state.decided = round;
  return round;
}

/** Only the round that was reported can have become settled. */
function recordReport(state: StoppingState, from: NodeId, round: Round, value: number): Round[] {
  if (!state.live.has(from)) return [];
  for (let r = state.tallies.length; r <= round; r += 1) state.tallies.push(emptyTally());
  const tally = state.tallies[round];
  invariant(tally !== undefined, () => `no tally of round ${round}`);
  if (!tally.reports.has(from)) addReport(tally, from, value);
  return [round];
}

/** Any round may be settled by a death: the dead node's report is no longer missing or too far. */
function recordDeath(state: StoppingState, node: NodeId): Round[] {
  if (!state.live.delete(node)) return [];
  state.tallies.forEach((tally, round) => {
    const survivors = [...tally.reports].filter(([from]) => from !== node);
    const rebuilt = emptyTally();
    for (const [from, value] of survivors) addReport(rebuilt, from, value);
    state.tallies[round] = rebuilt;
  });
  return [...state.tallies.keys()];
}

const emptyTally = (): RoundTally => ({ reports: new Map(), low: Infinity, high: -Infinity });

function addReport(tally: RoundTally, from: NodeId, value: number): void {
  tally.reports.set(from, value);
  tally.low = Math.min(tally.low, value);
  tally.high = Math.max(tally.high, value);
}

function isSettled(state: StoppingState, round: Round): boolean {
  const tally = state.tallies[round];
  if (tally === undefined || state.live.size === 0) return false;
  return tally.reports.size === state.live.size && tally.high - tally.low <= state.epsilon;
}

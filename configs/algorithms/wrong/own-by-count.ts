/**
 * WRONG on purpose: divides its own value by the number of values instead of taking their mean.
 *
 * All values go to 0, so they do agree, and a test that looks only at how far apart the outputs are
 * is content. But with inputs 5, 5, 5 the answer has to be 5: validity is broken in the first round.
 *
 * Seen in own-by-count.txt beside this file, whatever comes when.
 *
 * A whole participant, written by hand: a rule is not told which of its values is its own.
 */
import type { Effect, Event, NodeId, Parameters, Round } from '../../../agreement/algorithm.ts';

interface State {
  readonly parameters: Parameters;
  /** history[r]: the value after r updates. */
  readonly history: number[];
  /** By round: who has been heard. Rounds to come may be among them. */
  readonly heard: Map<Round, Set<NodeId>>;
  /** The round to output, once it is known. */
  stopRound: Round | null;
  hasOutput: boolean;
}

export const algorithm = {
  name: 'own by count',

  initialState: (parameters: Parameters): State => ({
    parameters,
    history: [],
    heard: new Map(),
    stopRound: parameters.outputRound,
    hasOutput: false,
  }),

  step(state: State, event: Event): Effect[] {
    switch (event.kind) {
      case 'start':
        return [...enterRound(state, event.input), ...advance(state)];
      case 'receive':
        hear(state, event.message.round, event.from);
        return advance(state);
      case 'stop':
        state.stopRound ??= event.round;
        return maybeOutput(state);
    }
  },
};

function enterRound(state: State, value: number): Effect[] {
  const round = state.history.length;
  state.history.push(value);
  hear(state, round, state.parameters.id);
  return [
    // The report to the master comes before the multicast of the same round.
    { kind: 'report', round, value, used: [...(state.heard.get(round - 1) ?? [])] },
    { kind: 'multicast', message: { round, value } },
    ...maybeOutput(state),
  ];
}

/** Ends as many rounds as the messages allow. No round follows the last one. */
function advance(state: State): Effect[] {
  const { n, f, lastRound } = state.parameters;
  const effects: Effect[] = [];
  while (state.history.length <= lastRound) {
    const round = state.history.length - 1;
    const count = state.heard.get(round)?.size ?? 0;
    if (count < n - f) break;
    const value = state.history[round] ?? 0;
    // Here it is: the sum of the values, divided by count, would be right.
    effects.push(...enterRound(state, value / count));
  }
  return effects;
}

function hear(state: State, round: Round, from: NodeId): void {
  const senders = state.heard.get(round) ?? new Set();
  state.heard.set(round, senders.add(from));
}

function maybeOutput(state: State): Effect[] {
  const { stopRound: round } = state;
  const value = round === null ? undefined : state.history[round];
  if (round === null || value === undefined || state.hasOutput) return [];
  state.hasOutput = true;
  return [{ kind: 'output', round, value }];
}

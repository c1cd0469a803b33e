/** One participant and short words for its events. */
import type { Effect, NodeId, Parameters, Round } from '../../../agreement/algorithm.ts';
import { roundBased } from '../../../agreement/participant.ts';
import type { ParticipantState } from '../../../agreement/participant.ts';
import type { UpdateRule } from '../../../agreement/update-rule.ts';
import { mean } from '../../../agreement/mean.ts';

export interface OneNode {
  readonly state: ParticipantState;
  start(input: number): Effect[];
  receive(from: NodeId, round: Round, value: number): Effect[];
  stop(round: Round): Effect[];
}

export function oneNode(settings: Partial<Parameters> = {}, rule: UpdateRule = mean): OneNode {
  const usual = { id: 1, n: 3, f: 1, lastRound: 9, outputRound: null, restsAfterOutput: true };
  const parameters = { ...usual, ...settings };
  const participant = roundBased(rule);
  const state = participant.initialState(parameters);
  return {
    state,
    start: (input) => participant.step(state, { kind: 'start', input }),
    receive: (from, round, value) =>
      participant.step(state, { kind: 'receive', from, message: { round, value } }),
    stop: (round) => participant.step(state, { kind: 'stop', round }),
  };
}

/** What a node does when it enters a round: report first, then multicast. */
export const entering = (round: Round, value: number, used: readonly NodeId[] = []): Effect[] => [
  { kind: 'report', round, value, used },
  { kind: 'multicast', message: { round, value } },
];

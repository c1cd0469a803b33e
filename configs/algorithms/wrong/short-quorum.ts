/**
 * WRONG on purpose: waits for n − f − 1 values instead of n − f.
 *
 * "One less, so that we never wait for a slow node." Two such quorums need not share a sender, and
 * what shares nothing comes no closer. The author believes in the contraction of the mean, and the
 * number of rounds follows from it: that is how a wrong proof becomes a wrong run.
 *
 * Seen in short-quorum.txt beside this file: two pairs that hear each other too late.
 *
 * It is the built-in participant that is told a larger f: `initialState` and `step` are all that a
 * participant has to have.
 */
import type { Event, Parameters } from '../../../agreement/algorithm.ts';
import { mean } from '../../../agreement/mean.ts';
import { roundBased } from '../../../agreement/participant.ts';
import type { ParticipantState } from '../../../agreement/participant.ts';

const right = roundBased(mean);

export const algorithm = {
  name: 'short quorum',
  contraction: (n: number, f: number) => right.contraction(n, f),
  initialState: (parameters: Parameters) =>
    right.initialState({ ...parameters, f: parameters.f + 1 }),
  step: (state: ParticipantState, event: Event) => right.step(state, event),
};

/**
 * WRONG on purpose: drops messages of rounds that it has not reached yet.
 *
 * Values stay right, and with luck it even ends: a dropped message only hurts when its sender's
 * value is needed later. When f nodes are dead, every value is needed, and nobody sends one twice:
 * the node waits for ever, and then the others wait for it.
 *
 * Seen in drop-future.txt beside this file: node 1 is a round ahead of node 2 when it writes to it.
 */
import type { Effect, Event } from '../../../agreement/algorithm.ts';
import { mean } from '../../../agreement/mean.ts';
import { roundBased } from '../../../agreement/participant.ts';
import type { ParticipantState } from '../../../agreement/participant.ts';

const right = roundBased(mean);

export const algorithm = {
  ...right,
  name: 'drop future',
  step(state: ParticipantState, event: Event): Effect[] {
    const round = state.history.length - 1;
    const isFuture = event.kind === 'receive' && event.message.round > round;
    return isFuture ? [] : right.step(state, event);
  },
};

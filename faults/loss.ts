/**
 * Loss as delay. A sender that hears nothing of a message sends it again after a time-out, and waits
 * twice as long after every further loss; so each message arrives, late. That is what TCP makes of a
 * network that drops packets, and it leaves the model alone: reliable links, unbounded delays.
 *
 * Attempt 0 of a message is lost with probability p, and so is each resend. With `burst` an attempt
 * that follows a lost one is lost with that probability instead: a resend follows the attempt
 * before it, attempt 0 of a round follows attempt 0 of the round before on the same link. The chain
 * of first attempts is that of Gilbert (Bell System Technical Journal 39, 1960, 1253–1265).
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { uniform } from './draw.ts';
import type { Loss } from './settings.ts';

/** How many attempts of the message are lost. No more are drawn when the cap is reached. */
export function lostAttempts(
  seed: number,
  loss: Loss,
  from: NodeId,
  to: NodeId,
  round: Round,
): number {
  if (!isFirstLost(seed, loss, from, to, round)) return 0;
  const chance = loss.burst ?? loss.probability;
  let lost = 1;
  for (let waits = 1; loss.rtoMs * waits < loss.capMs; waits = 2 * waits + 1) {
    if (uniform(seed, 'loss', from, to, round, lost) >= chance) break;
    lost += 1;
  }
  return lost;
}

/** What `lost` attempts cost: rto (1 + 2 + 4 + …), at most the cap; whole microseconds. */
export const resendUs = (loss: Loss, lost: number): number =>
  Math.floor(Math.min(waitedMs(loss, lost), loss.capMs) * 1000 + 0.5);

function waitedMs({ rtoMs }: Loss, lost: number): number {
  let waits = 0;
  for (let attempt = 0; attempt < lost; attempt += 1) waits = 2 * waits + 1;
  return rtoMs * waits;
}

/**
 * A draw below p is a loss whatever went before, and one from `burst` on is none. In between the
 * round before decides; so nothing has to be remembered from message to message.
 */
function isFirstLost(
  seed: number,
  { probability, burst = probability }: Loss,
  from: NodeId,
  to: NodeId,
  round: Round,
): boolean {
  for (let back = round; back >= 0; back -= 1) {
    const u = uniform(seed, 'loss', from, to, back);
    if (u < probability) return true;
    if (u >= burst) return false;
  }
  return false;
}

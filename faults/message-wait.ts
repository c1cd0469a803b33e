/**
 * How long a message waits by its draws: its delay, longer at slow nodes, and the time that lost
 * attempts cost. What depends on the time of day (holds, closed links) comes after it, link-clock.ts.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { delayUs, isDrawn, maxDelayMs } from './delay.ts';
import { uniform } from './draw.ts';
import { lostAttempts, resendUs } from './loss.ts';
import type { FaultSettings, SlowNode } from './settings.ts';

export type WaitSettings = Pick<FaultSettings, 'delay' | 'slow' | 'loss'>;

/**
 * The wait of the round-`round` message from `from` to `to`, in microseconds. Both ends and the
 * simulator compute the same one; nobody has to tell it to anybody.
 */
export function messageWaitUs(
  seed: number,
  settings: WaitSettings,
  from: NodeId,
  to: NodeId,
  round: Round,
): number {
  const { loss } = settings;
  const wait = slowedDelayUs(seed, settings, from, to, round, 0);
  return loss === undefined
    ? wait
    : wait + resendUs(loss, lostAttempts(seed, loss, from, to, round));
}

/** The delay without losses. `attempt`: 0 for a message, 1 for its second copy. */
export function slowedDelayUs(
  seed: number,
  { delay, slow }: WaitSettings,
  from: NodeId,
  to: NodeId,
  round: Round,
  attempt: number,
): number {
  const u = isDrawn(delay) ? uniform(seed, 'delay', from, to, round, attempt) : 0;
  const drawn = delayUs(delay, u);
  return slow === undefined ? drawn : slowedUs(seed, slow, from, to, round, attempt, drawn);
}

/** Where both ends are slow, factors multiply and additions add up; a factor acts on the delay alone. */
function slowedUs(
  seed: number,
  slow: readonly SlowNode[],
  from: NodeId,
  to: NodeId,
  round: Round,
  attempt: number,
  drawnUs: number,
): number {
  let factor = 1;
  let addedUs = 0;
  for (const { node, by } of slow) {
    if (node !== from && node !== to) continue;
    if ('factor' in by) {
      factor *= by.factor;
      continue;
    }
    const kind = node === from ? 'slowSender' : 'slowReceiver';
    addedUs += delayUs(by.plus, uniform(seed, kind, from, to, round, attempt));
  }
  return Math.floor(drawnUs * factor + 0.5) + addedUs;
}

/** No message waits longer than this by its draws, in milliseconds: between the two slowest nodes. */
export function maxWaitMs({ delay, slow = [], loss }: WaitSettings): number {
  const factors = slow.map(({ by }) => ('factor' in by ? by.factor : 1)).sort((a, b) => b - a);
  const added = slow
    .map(({ by }) => ('plus' in by ? maxDelayMs(by.plus) : 0))
    .sort((a, b) => b - a);
  const slowest = maxDelayMs(delay) * (factors[0] ?? 1) * (factors[1] ?? 1);
  return slowest + (added[0] ?? 0) + (added[1] ?? 0) + (loss?.capMs ?? 0);
}

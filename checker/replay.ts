/**
 * Drives the participant with the events that a node recorded and compares what it does with what
 * the node recorded that it did, bit for bit. The first difference is enough.
 *
 * Relies on the order of a node's file: start, receive and stop lines are the participant's events;
 * report, multicast and output lines are its effects and follow the event that caused them.
 */
import type { Algorithm, Effect, Event, NodeId, Round } from '../agreement/algorithm.ts';
import { algorithmOf } from '../agreement/algorithms.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { InvariantError } from '../agreement/invariant.ts';
import { parametersOf } from '../agreement/parameters.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { NodeEvent } from '../record/events.ts';
import type { NodeFile } from '../record/read-run.ts';
import { placeOf } from './observe.ts';

export interface Replay {
  /** Where the record and the participant part, in one sentence; null: they agree. */
  readonly difference: string | null;
  /** Where that is, file:line. */
  readonly at: string | null;
  /** What the node should have done and never did, nor anything after it; null: nothing. */
  readonly due: Effect | null;
}

/** Null: this algorithm is not known here. A file that lost lines in the middle cannot be replayed. */
export function replayNode(
  config: RunConfig,
  id: NodeId,
  file: NodeFile,
  own: Algorithm<unknown> | null,
): Replay | null {
  const algorithm = algorithmOf(config, own);
  if (algorithm === null) return null;
  try {
    return replayFrom(algorithm.initialState(parametersOf(id, config)), algorithm, file);
  } catch (error) {
    return failed(file, -1, error);
  }
}

function replayFrom(state: unknown, algorithm: Algorithm<unknown>, file: NodeFile): Replay {
  const due: Effect[] = [];
  let index = -1;
  for (const event of file.events) {
    index += 1;
    if (event.kind === 'crash') return atCrash(file, index, event.round);
    const participantEvent = asEvent(event);
    const expected = due[0];
    if (participantEvent !== null) {
      if (expected !== undefined) return skipped(file, index, expected);
      try {
        due.push(...algorithm.step(state, participantEvent));
      } catch (error) {
        return failed(file, index, error);
      }
    } else if (isEffect(event)) {
      if (expected === undefined || !isSame(expected, event)) {
        return parted(file, index, event, expected ?? null);
      }
      due.shift();
    }
  }
  return { difference: null, at: null, due: due[0] ?? null };
}

const NOTHING_DUE: Replay = { difference: null, at: null, due: null };

function failed(file: NodeFile, index: number, error: unknown): Replay {
  const isOwnFault = error instanceof AlgorithmError;
  // It failed in the run as well, and the node said so.
  if (isOwnFault && file.events[index + 1]?.kind === 'abandoned') return NOTHING_DUE;
  if (!isOwnFault && !(error instanceof InvariantError)) throw error;
  const at = placeOf(file, index);
  return { difference: `${at}: ${error.message}`, at, due: null };
}

/** A planned crash ends the step that it falls into: the last deed is its multicast. */
function atCrash(file: NodeFile, index: number, round: Round): Replay {
  const deed = file.events[index - 1];
  const isInPlace = deed?.kind === 'multicast' && deed.round === round;
  if (isInPlace) return NOTHING_DUE;
  const at = placeOf(file, index);
  return { difference: `${at} crashes in round ${round}, but not in its multicast`, at, due: null };
}

function asEvent(event: NodeEvent): Event | null {
  if (event.kind === 'start') return { kind: 'start', input: event.input };
  if (event.kind === 'stop') return { kind: 'stop', round: event.round };
  if (event.kind !== 'receive' && event.kind !== 'duplicate') return null;
  const { from, round, value } = event;
  return { kind: 'receive', from, message: { round, value } };
}

type EffectEvent = Extract<NodeEvent, { kind: 'report' | 'multicast' | 'output' }>;

const isEffect = (event: NodeEvent): event is EffectEvent =>
  event.kind === 'report' || event.kind === 'multicast' || event.kind === 'output';

/** Whom a multicast reached is the fault plan's business: see crash-ledger.ts. */
function isSame(expected: Effect, event: EffectEvent): boolean {
  if (expected.kind !== event.kind) return false;
  const { round, value } = expected.kind === 'multicast' ? expected.message : expected;
  if (round !== event.round || !Object.is(value, event.value)) return false;
  if (expected.kind !== 'report' || event.kind !== 'report') return true;
  return (
    expected.used.length === event.used.length &&
    expected.used.every((sender, index) => sender === event.used[index])
  );
}

/** The node took the next event without the deed. Idle from here on, or are only lines lost? */
function skipped(file: NodeFile, index: number, expected: Effect): Replay {
  const isIdle = !file.events.slice(index).some(isEffect);
  const at = placeOf(file, index);
  const difference = `${at} follows without the ${effectInWords(expected)}`;
  return { difference, at, due: isIdle ? expected : null };
}

function parted(file: NodeFile, index: number, event: NodeEvent, expected: Effect | null): Replay {
  const should = expected === null ? 'nothing' : effectInWords(expected);
  const at = placeOf(file, index);
  const difference = `${at} records ${event.kind}, but the participant, given the same events, does ${should}`;
  return { difference, at, due: null };
}

export function effectInWords(effect: Effect): string {
  const { round, value } = effect.kind === 'multicast' ? effect.message : effect;
  return `${effect.kind} of ${value} in round ${round}`;
}

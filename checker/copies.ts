/** Second copies (`duplicate`) of one link: which there had to be, and which were handed over. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { isDuplicated } from '../faults/duplicates.ts';
import { slowedDelayUs } from '../faults/message-wait.ts';
import { openedUs } from './link-dues.ts';
import type { Arrival, CopyLine, Due, Receiver } from './link-dues.ts';

export interface Copy {
  /** The message that it repeats. */
  readonly event: Arrival;
  /** Microseconds of the record's clock; Infinity: never. */
  readonly dueUs: number;
  /** Null: no line says that it was handed over. */
  readonly line: CopyLine | null;
}

export interface LinkCopies {
  readonly drawn: readonly Copy[];
  /** Lines of copies that were not drawn. */
  readonly undrawn: readonly CopyLine[];
}

/** `dues`: of the link's messages in order of arrival. */
export function copiesOf(receiver: Receiver, from: NodeId, dues: readonly Due[]): LinkCopies {
  const { seed, faults } = receiver.config;
  const chance = faults.duplicate ?? 0;
  const ofSender = receiver.copies.get(from) ?? [];
  if (chance === 0) return { drawn: [], undrawn: ofSender };
  const lines = byRound(ofSender);
  const drawn: Copy[] = [];
  for (const { event, dueUs } of dues) {
    const { round, kind } = event;
    if (kind !== 'receive' || !isDuplicated(seed, chance, from, receiver.node, round)) continue;
    const wait = slowedDelayUs(seed, faults, from, receiver.node, round, 1);
    const line = lines.get(round)?.shift() ?? null;
    drawn.push({ event, dueUs: openedUs(receiver, from, dueUs + wait), line });
  }
  return { drawn, undrawn: [...lines.values()].flat() };
}

function byRound(copies: readonly CopyLine[]): Map<Round, CopyLine[]> {
  const lines = new Map<Round, CopyLine[]>();
  for (const copy of copies) {
    const ofRound = lines.get(copy.event.round) ?? [];
    lines.set(copy.event.round, ofRound);
    ofRound.push(copy);
  }
  return lines;
}

/**
 * Until when the node has handed over everything: what is due is handed over in that order, so a
 * message that was due later shows that a copy which is missing was left out.
 */
export const handedOverUntilUs = ({ file }: Receiver): number =>
  file.events.reduce(
    (latest, event) =>
      event.kind === 'receive' || event.kind === 'duplicate'
        ? Math.max(latest, event.arrived + (event.delay ?? 0))
        : latest,
    -Infinity,
  );

/** A receive set, and whoever holds a link by hand, keep copies back for as long as they like. */
export const mayWaitLonger = ({ isGated, holds }: Receiver, from: NodeId): boolean =>
  isGated || holds.some((hold) => hold.from === from);

export const isMissing = (
  receiver: Receiver,
  { event, line, dueUs }: Copy,
  untilUs: number,
): boolean => line === null && dueUs < untilUs && !mayWaitLonger(receiver, event.from);

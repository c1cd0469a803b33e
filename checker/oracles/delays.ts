/** O26: every message waited as long as it was asked to, and was asked what the config's draw says. */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import { noticedUs, pausesOf } from '../../faults/pauses.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { copiesOf, handedOverUntilUs, isMissing, mayWaitLonger } from '../copies.ts';
import type { LinkCopies } from '../copies.ts';
import { duesOf, linksOf, placeOfArrival, receiverOf } from '../link-dues.ts';
import type { Arrival, CopyLine, Due, Receiver } from '../link-dues.ts';
import { breach, conclude, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { leaveOutUnreadable } from '../unreadable.ts';

const DELAYS = { id: 'O26', name: 'delays' } as const;

export function delays(of: Case): OracleResult {
  const { config } = of.record;
  if (config === null) return unverifiable(DELAYS, 'the config is not known');
  const notes = openNotes();
  const sentAt = of.isVirtual ? sendTimes(of) : null;
  let late = 0;
  for (const [node, file] of of.readable) {
    const receiver = receiverOf(config, node, file, of.isVirtual);
    const untilUs = handedOverUntilUs(receiver);
    for (const [from, link] of linksOf(receiver)) {
      const dues = duesOf(receiver, from, link);
      checkLink(notes, sentAt, receiver, dues);
      checkCopies(notes, sentAt, receiver, untilUs, copiesOf(receiver, from, dues));
    }
    file.events.forEach((event) => {
      if (event.kind === 'receive')
        late = Math.max(late, event.t - event.arrived - (event.delay ?? 0));
    });
  }
  leaveOutUnreadable(notes, of);
  const said = `${counted(notes.checked, 'message')} asked to wait as drawn from seed ${config.seed}, none early, the latest by ${late / 1000} ms`;
  return conclude(DELAYS, notes, said, { latestUs: late });
}

/** By sender and round, in microseconds. */
type SendTimes = ReadonlyMap<NodeId, ReadonlyMap<Round, number>>;

function sendTimes({ readable }: Case): SendTimes {
  const times = new Map<NodeId, Map<Round, number>>();
  for (const [node, { events }] of readable) {
    const own = new Map<Round, number>();
    for (const event of events) if (event.kind === 'multicast') own.set(event.round, event.t);
    times.set(node, own);
  }
  return times;
}

/** `sentAt`: in virtual time; null: clocks of two processes are not compared. */
function checkLink(
  notes: Notes,
  sentAt: SendTimes | null,
  receiver: Receiver,
  link: readonly Due[],
): void {
  let lastArrivedUs = -Infinity;
  link.forEach(({ event, dueUs }) => {
    notes.checked += 1;
    const problem =
      (event.arrived < lastArrivedUs ? 'came before an earlier one of its link' : null) ??
      dueProblem(receiver, event, dueUs) ??
      timeProblem(sentAt, receiver, event);
    lastArrivedUs = event.arrived;
    if (problem !== null) report(notes, receiver, event, problem);
  });
}

function report(notes: Notes, receiver: Receiver, event: Arrival, problem: string): void {
  const { node, file } = receiver;
  const { from, round } = event;
  const at = placeOf(file, placeOfArrival(receiver, event));
  const sentence = `node ${from}'s message of round ${round} to node ${node} ${problem} (${at})`;
  breach(notes, sentence, { node, from, round, at });
}

function dueProblem(receiver: Receiver, event: Arrival, due: number): string | null {
  const { isGated } = receiver;
  const { arrived, delay, kind, t } = event;
  if (wasHeld(receiver, event, due)) return null;
  if (delay === null) {
    // A receive set keeps back what is due, no more.
    if (due === Infinity || (isGated && kind === 'pending' && due <= t)) return null;
    return `was held for ever; ${due - arrived} µs were drawn`;
  }
  if (due === Infinity) return `was asked to wait ${delay} µs; the config holds it for ever`;
  const asked = arrived + delay;
  if (asked === due || (isGated && kind === 'receive' && asked > due)) return null;
  return `was asked to wait ${delay} µs; the draw and the link say ${due - arrived}`;
}

/** It was due before its link was let go, and waited until then, or to the end. */
function wasHeld({ holds }: Receiver, event: Arrival, due: number): boolean {
  const { from, arrived, delay, kind, t } = event;
  return holds.some((hold) => {
    if (hold.from !== from || due > hold.untilUs) return false;
    if (hold.untilUs === Infinity) return kind === 'pending' && delay === null && due <= t;
    return delay !== null && arrived + delay >= hold.untilUs;
  });
}

/** A copy is drawn by key, comes once, after its message, and waited as long as it had to. */
function checkCopies(
  notes: Notes,
  sentAt: SendTimes | null,
  receiver: Receiver,
  untilUs: number,
  { drawn, undrawn }: LinkCopies,
): void {
  const { node } = receiver;
  const fail = (problem: string, { from, round }: Arrival | CopyLine['event'], index: number) => {
    const at = placeOf(receiver.file, index);
    const sentence = `the copy of node ${from}'s message of round ${round} to node ${node} ${problem} (${at})`;
    breach(notes, sentence, { node, from, round, at });
  };
  notes.checked += drawn.length;
  for (const { event, index } of undrawn) fail('was not drawn', event, index);
  for (const copy of drawn) {
    const { event, line, dueUs } = copy;
    const place = placeOfArrival(receiver, event);
    if (line === null) {
      if (isMissing(receiver, copy, untilUs)) fail('was not handed over', event, place);
      continue;
    }
    const asked = line.event.arrived + (line.event.delay ?? 0);
    const problem =
      line.index < place
        ? 'came before it'
        : asked === dueUs || (asked > dueUs && mayWaitLonger(receiver, event.from))
          ? timeProblem(sentAt, receiver, line.event)
          : `was due at ${asked} µs; the draws say ${dueUs}`;
    if (problem !== null) fail(problem, event, line.index);
  }
}

/** Never early. In virtual time sending takes no time, and nobody is late who is not paused. */
function timeProblem(
  sentAt: SendTimes | null,
  { node, config }: Receiver,
  event: Arrival | CopyLine['event'],
): string | null {
  const { kind, from, round, t, arrived, delay } = event;
  const due = arrived + (delay ?? 0);
  if (kind !== 'pending' && t < due) return 'was handed over too early';
  if (sentAt === null) return arrived > t ? 'was handed over before it came' : null;
  const pauses = pausesOf(config.faults, node);
  if (kind !== 'pending' && t !== noticedUs(pauses, due)) return 'was handed over too late';
  const sent = sentAt.get(from)?.get(round);
  if (sent === undefined) return arrived > t ? 'was handed over before it came' : null;
  const comes = noticedUs(pauses, sent);
  return comes === arrived ? null : `came at ${arrived} µs, and was sent at ${sent} µs`;
}

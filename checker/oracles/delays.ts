/**
 * O26: every message waited as long as it was asked to, and was asked what the config's draw says.
 *
 * docs/faults.md: due is the latest of arrival plus draw, the release of every hold on it, and, under
 * fifo, the due time of the link's message before. Holds count from the node's start, which the
 * record has only to within the start's step: the first held message shows it, the others must agree.
 */
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import type { RunConfig } from '../../configs/run-config.ts';
import { messageDelayUs } from '../../faults/delay.ts';
import type { NodeEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { leaveOutUnreadable } from '../unreadable.ts';

const DELAYS = { id: 'O26', name: 'delays' } as const;

type Arrival = Extract<NodeEvent, { kind: 'receive' | 'pending' }>;

/** One node's link clock, as far as its file shows it. Microseconds. */
interface Receiver {
  readonly node: NodeId;
  readonly config: RunConfig;
  readonly file: NodeFile;
  readonly places: ReadonlyMap<Arrival, number>;
  /** A receive set holds messages back for as long as it likes: the draw is only the least. */
  readonly isGated: boolean;
  /** What the master told the node to hold back while the run went on. */
  readonly holds: readonly LiveHold[];
  /** Holds count from a moment in between. */
  earliestUs: number;
  latestUs: number;
}

/** Microseconds; untilUs Infinity: it was not let go. */
interface LiveHold {
  readonly from: NodeId;
  readonly untilUs: number;
}

export function delays(of: Case): OracleResult {
  const { config } = of.record;
  if (config === null) return unverifiable(DELAYS, 'the config is not known');
  const notes = openNotes();
  const sentAt = of.isVirtual ? sendTimes(of) : null;
  let late = 0;
  for (const [node, file] of of.readable) {
    const receiver = receiverOf(of, config, node, file);
    for (const link of linksOf(receiver).values()) checkLink(notes, sentAt, receiver, link);
    for (const event of file.events) {
      if (event.kind === 'receive')
        late = Math.max(late, event.t - event.arrived - (event.delay ?? 0));
    }
  }
  leaveOutUnreadable(notes, of);
  const said = `${counted(notes.checked, 'message')} asked to wait as drawn from seed ${config.seed}, none early, the latest by ${late / 1000} ms`;
  return conclude(DELAYS, notes, said, { latestUs: late });
}

function receiverOf(of: Case, config: RunConfig, node: NodeId, file: NodeFile): Receiver {
  const places = new Map<Arrival, number>();
  for (const [index, event] of file.events.entries()) {
    if (event.kind === 'receive' || event.kind === 'pending') places.set(event, index);
  }
  const start = file.events.findIndex(({ kind }) => kind === 'start');
  const earliestUs = file.events[start]?.t ?? 0;
  // The start's own step is between its line and the first line that is no effect of it.
  const next = file.events.find(
    ({ kind }, index) => index > start && kind !== 'report' && kind !== 'multicast',
  );
  const latestUs = of.isVirtual ? earliestUs : (next?.t ?? Infinity);
  const isGated = (config.faults.uses ?? []).some(({ nodes }) => nodes.includes(node));
  const holds = liveHolds(file.events);
  return { node, config, file, places, isGated, holds, earliestUs, latestUs };
}

function liveHolds(events: readonly NodeEvent[]): LiveHold[] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'hold') return [];
    const { from } = event;
    const end = events.find(
      (later, at) => at > index && later.kind === 'release' && later.from === from,
    );
    return [{ from, untilUs: end?.t ?? Infinity }];
  });
}

/** In order of arrival; a link keeps the order of its rounds. */
function linksOf({ places, config }: Receiver): Map<NodeId, Arrival[]> {
  const links = new Map<NodeId, Arrival[]>();
  for (const event of places.keys()) {
    const link = links.get(event.from) ?? [];
    links.set(event.from, link);
    link.push(event);
  }
  const isOrdered = config.algorithmHash === null;
  for (const link of links.values()) {
    link.sort((a, b) => (isOrdered ? a.round - b.round : a.arrived - b.arrived));
  }
  return links;
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
  link: readonly Arrival[],
): void {
  const { config, node } = receiver;
  let lastDueUs = -Infinity;
  let lastArrivedUs = -Infinity;
  for (const event of link) {
    notes.checked += 1;
    const drawn =
      event.arrived + messageDelayUs(config.seed, config.faults, event.from, node, event.round);
    const base = config.faults.order === 'fifo' ? Math.max(drawn, lastDueUs) : drawn;
    const due = dueOf(receiver, event, base);
    const problem =
      (event.arrived < lastArrivedUs ? 'came before an earlier one of its link' : null) ??
      dueProblem(receiver, event, due) ??
      timeProblem(sentAt, event);
    lastDueUs = due;
    lastArrivedUs = event.arrived;
    if (problem !== null) report(notes, receiver, event, problem);
  }
}

function report(
  notes: Notes,
  { node, file, places }: Receiver,
  event: Arrival,
  problem: string,
): void {
  const { from, round } = event;
  const at = placeOf(file, places.get(event) ?? 0);
  const sentence = `node ${from}'s message of round ${round} to node ${node} ${problem} (${at})`;
  breach(notes, sentence, { node, from, round, at });
}

/**
 * When the message had to be due; Infinity: never. A hold's release is known only to within the
 * start's step; the first message that was due at one pins it down.
 */
function dueOf(receiver: Receiver, { from, round, arrived, delay }: Arrival, base: number): number {
  const release = releaseUs(receiver, from, round);
  if (release === Infinity) return Infinity;
  const [least, most] = [receiver.earliestUs + release, receiver.latestUs + release];
  if (most <= base) return base;
  const recorded = delay === null ? base : arrived + delay;
  const isPinned = !receiver.isGated && recorded > base && recorded >= least && recorded <= most;
  if (!isPinned) return Math.max(base, least);
  receiver.earliestUs = recorded - release;
  receiver.latestUs = recorded - release;
  return recorded;
}

/** Microseconds after the start; −Infinity: nothing holds it; Infinity: for ever. */
function releaseUs({ node, config }: Receiver, from: NodeId, round: number): number {
  let release = -Infinity;
  for (const hold of config.faults.holds) {
    const isMeant = hold.from === from && hold.to === node;
    if (!isMeant || round < hold.firstRound || round > hold.lastRound) continue;
    const until = hold.untilMs === null ? Infinity : Math.floor(hold.untilMs * 1000 + 0.5);
    release = Math.max(release, until);
  }
  return release;
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

/** Never early. In virtual time sending takes no time, and nobody is late. */
function timeProblem(sentAt: SendTimes | null, event: Arrival): string | null {
  const { kind, from, round, t, arrived, delay } = event;
  if (arrived > t) return 'was handed over before it came';
  if (kind === 'receive' && t < arrived + (delay ?? 0)) return 'was handed over too early';
  if (sentAt === null) return null;
  if (kind === 'receive' && t !== arrived + (delay ?? 0)) return 'was handed over too late';
  const sent = sentAt.get(from)?.get(round) ?? arrived;
  return sent === arrived ? null : `came at ${arrived} µs, and was sent at ${sent} µs`;
}

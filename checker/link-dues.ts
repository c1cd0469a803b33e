/**
 * When every message of a node had to be due, worked out again from config and seed.
 *
 * docs/faults.md: the latest of arrival plus drawn wait, the release of every hold on it and, under
 * fifo, the due time of the link's message before; if the link is closed then, the end of that. All
 * times count from the node's start line. Records of schema 1 have that moment only to within the
 * start's step: there the first held message shows it, and the others must agree.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { closuresOf, openAtUs } from '../faults/closures.ts';
import type { Closures } from '../faults/closures.ts';
import { messageWaitUs } from '../faults/message-wait.ts';
import type { NodeEvent } from '../record/events.ts';
import type { NodeFile } from '../record/read-run.ts';

export type Arrival = Extract<NodeEvent, { kind: 'receive' | 'pending' }>;

/** A second copy was handed over. */
export interface CopyLine {
  readonly event: Extract<NodeEvent, { kind: 'duplicate' }>;
  /** In the file's events. */
  readonly index: number;
}

/** Microseconds of the record's clock; Infinity: never. */
export interface Due {
  readonly event: Arrival;
  /** By its draw and its holds, were its link always open and empty. */
  readonly ownUs: number;
  readonly dueUs: number;
}

/** One node's link clock, as far as its file shows it. Microseconds. */
export interface Receiver {
  readonly node: NodeId;
  readonly config: RunConfig;
  readonly file: NodeFile;
  /** Messages that arrived, by sender, in the order of the file. */
  readonly links: ReadonlyMap<NodeId, readonly Arrival[]>;
  /** Likewise. */
  readonly copies: ReadonlyMap<NodeId, readonly CopyLine[]>;
  /** A receive set holds messages back for as long as it likes: the draw is only the least. */
  readonly isGated: boolean;
  /** What the master told the node to hold back while the run went on. */
  readonly holds: readonly LiveHold[];
  /** By sender, as far as somebody has asked; null: the link is always open. */
  readonly closures: Map<NodeId, Closures | null>;
  /** Index of each arrival in the file, once somebody has asked (placeOfArrival). */
  places: ReadonlyMap<Arrival, number> | null;
  /** Times count from a moment in between. */
  earliestUs: number;
  latestUs: number;
}

/** Microseconds; untilUs Infinity: it was not let go. */
export interface LiveHold {
  readonly from: NodeId;
  readonly untilUs: number;
}

/** `isExact`: the start line is the moment from which times count. */
export function receiverOf(
  config: RunConfig,
  node: NodeId,
  file: NodeFile,
  isExact: boolean,
): Receiver {
  const { links, copies } = linksAndCopies(file);
  const start = file.events.findIndex(({ kind }) => kind === 'start');
  const earliestUs = file.events[start]?.t ?? 0;
  // The start's own step is between its line and the first line that is no effect of it.
  const next = file.events.find(
    ({ kind }, index) => index > start && kind !== 'report' && kind !== 'multicast',
  );
  const latestUs = isExact ? earliestUs : (next?.t ?? Infinity);
  const isGated = (config.faults.uses ?? []).some(({ nodes }) => nodes.includes(node));
  const holds = liveHolds(file.events);
  const closures = new Map<NodeId, Closures | null>();
  const lines = { links, copies, places: null };
  return { node, config, file, ...lines, isGated, holds, closures, earliestUs, latestUs };
}

function linksAndCopies({ events }: NodeFile): {
  links: Map<NodeId, Arrival[]>;
  copies: Map<NodeId, CopyLine[]>;
} {
  const links = new Map<NodeId, Arrival[]>();
  const copies = new Map<NodeId, CopyLine[]>();
  events.forEach((event, index) => {
    if (event.kind === 'receive' || event.kind === 'pending') listIn(links, event.from).push(event);
    else if (event.kind === 'duplicate') listIn(copies, event.from).push({ event, index });
  });
  return { links, copies };
}

function listIn<Entry>(lists: Map<NodeId, Entry[]>, from: NodeId): Entry[] {
  const known = lists.get(from);
  if (known !== undefined) return known;
  const list: Entry[] = [];
  lists.set(from, list);
  return list;
}

/** Its index in the receiver's file. Only where something is wrong, or doubled, does anybody ask. */
export function placeOfArrival(receiver: Receiver, arrival: Arrival): number {
  receiver.places ??= new Map(
    receiver.file.events.flatMap((event, index) =>
      event.kind === 'receive' || event.kind === 'pending' ? [[event, index] as const] : [],
    ),
  );
  return receiver.places.get(arrival) ?? 0;
}

function liveHolds(events: readonly NodeEvent[]): LiveHold[] {
  const changes = events.filter(({ kind }) => kind === 'hold' || kind === 'release');
  return changes.flatMap((event, index) => {
    if (event.kind !== 'hold') return [];
    const { from } = event;
    const end = changes.find(
      (later, at) => at > index && later.kind === 'release' && later.from === from,
    );
    return [{ from, untilUs: end?.t ?? Infinity }];
  });
}

/** In order of arrival; a link keeps the order of its rounds. */
export function linksOf({ links, config }: Receiver): Map<NodeId, readonly Arrival[]> {
  const isOrdered = config.algorithmHash === null;
  const inOrder = new Map<NodeId, readonly Arrival[]>();
  for (const [from, link] of links) {
    const sorted = link.toSorted((a, b) => (isOrdered ? a.round - b.round : a.arrived - b.arrived));
    inOrder.set(from, sorted);
  }
  return inOrder;
}

/** Of one link's messages in order of arrival. */
export function duesOf(receiver: Receiver, from: NodeId, link: readonly Arrival[]): Due[] {
  const { config, node } = receiver;
  const { seed, faults } = config;
  let lastDueUs = -Infinity;
  return link.map((event) => {
    const drawn = event.arrived + messageWaitUs(seed, faults, from, node, event.round);
    const base = faults.order === 'fifo' ? Math.max(drawn, lastDueUs) : drawn;
    const dueUs = openedUs(receiver, from, releasedUs(receiver, event, base));
    lastDueUs = dueUs;
    const ownUs = Math.max(drawn, receiver.earliestUs + releaseUs(receiver, from, event.round));
    return { event, ownUs, dueUs };
  });
}

/** The first moment from `timeUs` on at which the link from `from` is open; Infinity: never. */
export function openedUs(receiver: Receiver, from: NodeId, timeUs: number): number {
  const closures = closuresFrom(receiver, from);
  const { earliestUs } = receiver;
  return closures === null ? timeUs : earliestUs + openAtUs(closures, timeUs - earliestUs);
}

function closuresFrom({ closures, config, node }: Receiver, from: NodeId): Closures | null {
  const known = closures.get(from);
  if (known !== undefined) return known;
  const worked = closuresOf(config.seed, config.faults, from, node);
  closures.set(from, worked);
  return worked;
}

/**
 * The later of `base` and the release of the holds; Infinity: never. The release may be known only to
 * within the start's step; the first message that was due at one pins it down.
 */
function releasedUs(receiver: Receiver, event: Arrival, base: number): number {
  const { from, round, arrived, delay } = event;
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
function releaseUs({ node, config }: Receiver, from: NodeId, round: Round): number {
  let release = -Infinity;
  for (const hold of config.faults.holds) {
    const isMeant = hold.from === from && hold.to === node;
    if (!isMeant || round < hold.firstRound || round > hold.lastRound) continue;
    const until = hold.untilMs === null ? Infinity : Math.floor(hold.untilMs * 1000 + 0.5);
    release = Math.max(release, until);
  }
  return release;
}

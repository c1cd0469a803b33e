/**
 * Rules over receive sets (`use` lines): could the nodes receive these messages at all? A set that
 * cannot be met would leave its node waiting for ever.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { quorum } from '../agreement/resilience.ts';
import { sendOrder } from '../agreement/send-order.ts';
import { isParted } from '../faults/closures.ts';
import type { Hold, ScriptedCrash } from '../faults/settings.ts';
import { placeText, problemAt } from './config-error.ts';
import type { Problem } from './config-error.ts';
import type { Draft } from './draft.ts';
import type { NumberRange } from './match-form.ts';
import type { Located, ScriptedUse } from './settings.ts';

export const receiveSetRules = [checkUses] as const;

/** In order, as written. */
export const idsOf = (ranges: readonly NumberRange[]): NodeId[] =>
  ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, offset) => first + offset),
  );

/** A line that is wrong by itself is not compared with others as well. */
function checkUses(draft: Draft): Problem[] {
  const { use } = draft.settings;
  const problems = use.flatMap((line) => checkSet(draft, line));
  if (problems.length > 0) return problems;
  return [...checkOverlaps(use), ...use.flatMap((line) => checkArrivals(draft, line))];
}

function checkSet({ settings, nodes, limits }: Draft, line: Located<ScriptedUse>): Problem[] {
  const n = nodes.length;
  const { receivers, rounds, senders } = line.value;
  const { place } = line;
  const unknown = [receivers, ...senders].find(({ last }) => last > n);
  if (n > 0 && unknown !== undefined) {
    const what = `there is no node ${unknown.last}`;
    return [problemAt(place, what, `ids from 1 to ${n}`, 'correct the ids')];
  }
  if (limits !== null && rounds.first >= limits.lastRound) {
    const what = `round ${rounds.first} never ends, the last one is ${limits.lastRound}`;
    const expected = `a round from 0 to ${limits.lastRound - 1}`;
    return [problemAt(place, what, expected, 'use an earlier round')];
  }
  return n === 0 ? [] : checkMembers(settings.f[0]?.value, n, line);
}

function checkMembers(f: number | undefined, n: number, line: Located<ScriptedUse>): Problem[] {
  const { place, value } = line;
  const from = idsOf(value.senders);
  const distinct = new Set(from);
  if (distinct.size < from.length) {
    const what = 'the set names a node twice';
    return [problemAt(place, what, 'each id once', 'remove one of the two')];
  }
  const alone = idsOf([value.receivers]).find((id) => !distinct.has(id));
  if (alone !== undefined) {
    const what = `node ${alone} does not use its own value`;
    return [problemAt(place, what, `${alone} in its set`, `put ${alone} in, or split the line`)];
  }
  if (f === undefined || f >= n || from.length === quorum(n, f)) return [];
  const what = `a set of ${from.length} nodes, but a round ends with ${quorum(n, f)} values`;
  const expected = `n − f = ${quorum(n, f)} ids`;
  return [
    problemAt(place, what, expected, from.length < quorum(n, f) ? 'add some' : 'remove some'),
  ];
}

function checkOverlaps(lines: readonly Located<ScriptedUse>[]): Problem[] {
  return lines.flatMap((line, index) => {
    const { receivers, rounds } = line.value;
    const first = lines
      .slice(0, index)
      .find(({ value }) => overlap(value.receivers, receivers) && overlap(value.rounds, rounds));
    if (first === undefined) return [];
    const id = Math.max(first.value.receivers.first, receivers.first);
    const round = Math.max(first.value.rounds.first, rounds.first);
    const what = `node ${id} has a set for round ${round} already, at ${placeText(first.place)}`;
    return [problemAt(line.place, what, 'one set per node and round', 'remove one of the two')];
  });
}

const overlap = (a: NumberRange, b: NumberRange): boolean => a.first <= b.last && b.first <= a.last;

/** One problem per line is enough: the first message that cannot come. */
function checkArrivals({ settings, nodes, limits }: Draft, line: Located<ScriptedUse>): Problem[] {
  const crashes = settings['crash-script'].map(({ value }) => value);
  const holds = settings.hold.map(({ value }) => value);
  const order = settings.order[0]?.value ?? 'fifo';
  const isOpen = closedForEver(settings).length === 0;
  if (crashes.length + holds.length === 0 && isOpen) return [];
  const { rounds, receivers, senders } = line.value;
  const lastRound = Math.min(rounds.last, (limits?.lastRound ?? Infinity) - 1);
  for (const receiver of idsOf([receivers])) {
    // A node that crashes in a round does not end it: it needs no messages of that round.
    const crash = crashes.find(({ node }) => node === receiver);
    const last = Math.min(lastRound, (crash?.round ?? Infinity) - 1);
    const needed = { first: rounds.first, last };
    if (needed.first > needed.last) continue;
    for (const sender of idsOf(senders)) {
      if (sender === receiver) continue;
      const what =
        neverSent(crashes, nodes.length, sender, receiver, needed) ??
        neverReleased(holds, order, sender, receiver, needed) ??
        neverOpen(settings, sender, receiver);
      if (what === null) continue;
      const remedy = `use fewer rounds, or leave ${sender} out`;
      return [problemAt(line.place, what, 'messages that can come', remedy)];
    }
  }
  return [];
}

function neverSent(
  crashes: readonly ScriptedCrash[],
  n: number,
  sender: NodeId,
  receiver: NodeId,
  { first, last }: NumberRange,
): string | null {
  const crash = crashes.find(({ node }) => node === sender);
  if (crash === undefined) return null;
  const isReached = reaches(crash, n, receiver);
  const missing = Math.max(first, isReached ? crash.round + 1 : crash.round);
  if (missing > last) return null;
  return `node ${receiver} cannot use round ${missing} of node ${sender}, which crashes in round ${crash.round}`;
}

const reaches = ({ node, extent }: ScriptedCrash, n: number, peer: NodeId): boolean =>
  'after' in extent
    ? sendOrder(node, n).indexOf(peer) < extent.after
    : extent.reaching.includes(peer);

/** Under fifo a message that is held for ever holds back all later ones of its link. */
function neverReleased(
  holds: readonly Hold[],
  order: 'fifo' | 'any',
  sender: NodeId,
  receiver: NodeId,
  { first, last }: NumberRange,
): string | null {
  for (const { from, to, firstRound, lastRound, untilMs } of holds) {
    if (from !== sender || to !== receiver || untilMs !== null) continue;
    const missing: Round = Math.max(first, firstRound);
    if (missing > last || (order === 'any' && missing > lastRound)) continue;
    return `node ${receiver} cannot use round ${missing} of node ${sender}: the link is held for ever`;
  }
  return null;
}

/** Links that are closed later on may have handed over enough by then: nobody knows beforehand. */
const closedForEver = ({ partition, 'hold-by-time': holds }: Draft['settings']) =>
  [...partition, ...holds].filter(({ value }) => value.fromMs === 0 && value.untilMs === null);

function neverOpen(settings: Draft['settings'], sender: NodeId, receiver: NodeId): string | null {
  const isClosed = closedForEver(settings).some(({ value }) => {
    if ('from' in value) return value.from === sender && value.to === receiver;
    const sets = value.sets.map(idsOf);
    return isParted({ ...value, sets }, sender, receiver);
  });
  const what = `node ${receiver} cannot use a message of node ${sender}: the link is held for ever`;
  return isClosed ? what : null;
}

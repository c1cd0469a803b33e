/**
 * Plan against reality: what became of every planned crash, and which deaths nobody had planned.
 *
 * An injector that injects nothing makes every test green, so a crash counts as fired only when the
 * peers that recorded the node's last message are the ones that the plan says. A peer that ended
 * before it could have noted the message proves nothing either way.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { sendOrder } from '../agreement/send-order.ts';
import type { FaultPlan, PlannedCrash } from '../faults/fault-plan.ts';
import type { NodeEvent } from '../record/events.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry } from '../record/result.ts';
import { startUsOf } from './actions.ts';
import { inWords } from './in-words.ts';
import { lastRoundOf } from './known-values.ts';
import type { Observation } from './observe.ts';

/** Who got a node's message of one round. */
interface Reach {
  readonly observed: readonly NodeId[];
  /** Peers of whom the record does not tell. */
  readonly unknown: readonly NodeId[];
}

/** Empty without a plan: nothing is known to compare with, and the missing plan is named elsewhere. */
export function crashLedger(record: RunRecord, observation: Observation): LedgerEntry[] {
  const { plan } = record;
  if (plan === null) return [];
  const startUs = startUsOf(record.master.events);
  // Whoever was killed as scripted stands in script-ledger.ts.
  const scripted = (plan.kills ?? []).filter(
    ({ node }) => observation.kills.get(node)?.origin === 'scripted',
  );
  const planned = new Set([...plan.crashes, ...scripted].map(({ node }) => node));
  const unplanned = [...observation.faulty].filter((node) => !planned.has(node)).sort(ascending);
  return [
    ...plan.crashes.map((crash) => judgeCrash(record, observation, crash)),
    ...plan.skipped.map((crash) => skippedEntry(plan, crash)),
    ...unplanned.map((node) => unplannedEntry(observation, node, startUs)),
    ...plan.crashes
      .filter(({ node }) => observation.deaths.has(node) && !hasCrashed(record, observation, node))
      .map(({ node }) => unplannedEntry(observation, node, startUs)),
  ];
}

const ascending = (one: number, other: number): number => one - other;

function judgeCrash(record: RunRecord, observation: Observation, crash: PlannedCrash): LedgerEntry {
  const { node, origin, round, reached: planned } = crash;
  const reach = reachOf(observation, node, round);
  const entry = { fault: 'crash', origin, node, round, planned, ...reach } as const;
  const fault = faultOf(record, observation, crash, reach);
  if (fault !== null) return { ...entry, status: 'missed', sentence: fault };
  if (hasCrashed(record, observation, node)) {
    const sentence = crashInWords(observation.ids.length, crash, reach);
    return { ...entry, status: 'fired', sentence };
  }
  const end = lastRoundOf(observation.known, node);
  const ended = end < 0 ? 'it never started' : `the run was over in its round ${end}`;
  const sentence = `node ${node} was to die in round ${round}; ${ended}`;
  return { ...entry, status: 'not reached', sentence };
}

/**
 * A node whose file is lost or cut before its last words has crashed as planned when it was declared
 * dead and nothing of a later round is known; an intact file without the crash says otherwise.
 */
function hasCrashed(record: RunRecord, observation: Observation, node: NodeId): boolean {
  if (observation.crashes.has(node)) return true;
  const file = record.nodes.get(node);
  const isIntact = file?.isPresent === true && !record.damage.some((d) => d.file === file.file);
  const planned = record.plan?.crashes.find((crash) => crash.node === node);
  const end = lastRoundOf(observation.known, node);
  return !isIntact && observation.deaths.has(node) && end === planned?.round;
}

/** What went otherwise than planned, in one sentence; null: nothing, or it did not come to it. */
function faultOf(
  record: RunRecord,
  observation: Observation,
  { node, round, reached }: PlannedCrash,
  { observed, unknown }: Reach,
): string | null {
  const was = `node ${node} was to die in round ${round}`;
  const crash = observation.crashes.get(node);
  if (crash !== undefined && crash.round !== round)
    return `${was}, but died in round ${crash.round}`;
  const end = lastRoundOf(observation.known, node);
  if (end > round) return `${was}, but lived on to round ${end}`;
  if (end < round) return null;
  const multicast = lastMulticast(record.nodes.get(node)?.events ?? [], round);
  if (crash === undefined && multicast?.to === 'all') return `${was}, but sent to everybody`;
  if (multicast !== null && multicast.to !== 'all' && !isSameSet(multicast.to, reached)) {
    return `${was} reaching ${inWords(reached)}, but sent to ${inWords(multicast.to)}`;
  }
  const isCrashed = hasCrashed(record, observation, node);
  if (!isCrashed) return observation.deaths.has(node) ? null : `${was}, but did not`;
  const extra = observed.filter((peer) => !reached.includes(peer));
  if (extra.length > 0)
    return `${was} reaching ${inWords(reached)}, but ${inWords(extra)} got it too`;
  const lost = reached.filter((peer) => !observed.includes(peer) && !unknown.includes(peer));
  if (lost.length > 0)
    return `${was} reaching ${inWords(reached)}, but ${inWords(lost)} got nothing`;
  return null;
}

const isSameSet = (one: readonly NodeId[], other: readonly NodeId[]): boolean =>
  one.length === other.length && one.every((node) => other.includes(node));

function lastMulticast(
  events: readonly NodeEvent[],
  round: Round,
): Extract<NodeEvent, { kind: 'multicast' }> | null {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (event?.kind === 'multicast' && event.round === round) return event;
  }
  return null;
}

/**
 * A peer that recorded the end of the link had read everything, and by the end of the run written down
 * what still waited: what it lacks never came. One that was killed before may have had it waiting.
 */
function reachOf(observation: Observation, node: NodeId, round: Round): Reach {
  const got = observation.arrivals.get(node)?.get(round);
  const peers = sendOrder(node, observation.ids.length);
  const observed = peers.filter((peer) => got?.has(peer));
  const isKnown = (peer: NodeId): boolean =>
    observation.linkEnds.get(peer)?.has(node) === true &&
    observation.closed.has(peer) &&
    !observation.faulty.has(peer);
  const unknown = peers.filter((peer) => got?.has(peer) !== true && !isKnown(peer));
  return { observed, unknown };
}

/** "node 3 died in round 2 before its send to 1; 4 and 5 got it". */
function crashInWords(n: number, { node, round, reached }: PlannedCrash, reach: Reach): string {
  const order = sendOrder(node, n);
  const isPrefix = reached.every((peer, index) => peer === order[index]);
  const next = order[reached.length];
  const when =
    next === undefined
      ? 'after its last send'
      : isPrefix
        ? `before its send to ${next}`
        : 'among its sends';
  return `node ${node} died in round ${round} ${when}; ${gotIt(reached, reach, n)}`;
}

/** Peers that were not to get the message need no mention when the record does not tell of them. */
function gotIt(planned: readonly NodeId[], { observed, unknown }: Reach, n: number): string {
  const silent = unknown.filter((peer) => planned.includes(peer));
  const isAll = n > 2 && observed.length === n - 1;
  const known = isAll ? `all ${n - 1} peers got it` : `${inWords(observed)} got it`;
  if (silent.length === 0) return known;
  const untold = `of ${inWords(silent)} the record does not tell`;
  return observed.length === 0 ? untold : `${known}, ${untold}`;
}

function skippedEntry(
  plan: FaultPlan,
  { node, origin, round, reached }: PlannedCrash,
): LedgerEntry {
  const sentence =
    `node ${node} was drawn to die in round ${round}, ` +
    `but f = ${plan.f} allows no more; it was spared`;
  const nobody = { observed: [], unknown: [] };
  return {
    fault: 'crash',
    origin,
    status: 'skipped',
    node,
    round,
    planned: reached,
    ...nobody,
    sentence,
  };
}

/** A death from outside. `startUs`: where the run's clock begins, in the master's time. */
export function unplannedEntry(
  observation: Observation,
  node: NodeId,
  startUs: number,
): LedgerEntry {
  const end = lastRoundOf(observation.known, node);
  const hasSent = observation.arrivals.get(node)?.has(end) === true;
  const reach = hasSent ? reachOf(observation, node, end) : { observed: [], unknown: [] };
  const kill = observation.kills.get(node);
  const why = whyInWords(observation, node, startUs);
  const when = end < 0 ? 'before the start' : `in round ${end}`;
  const got = hasSent ? `; ${inWords(reach.observed)} got its value of that round` : '';
  const sentence = `node ${node} died ${when}, ${why}${got}`;
  const round = end < 0 ? null : end;
  return {
    fault: 'crash',
    origin: kill?.origin ?? 'none',
    status: kill === undefined ? 'unplanned' : 'fired',
    node,
    round,
    planned: null,
    ...reach,
    sentence,
  };
}

function whyInWords({ kills, deaths }: Observation, node: NodeId, startUs: number): string {
  const kill = kills.get(node);
  if (kill === undefined) {
    const cause = deaths.get(node) ?? 'its own record says so';
    return `which nobody had planned (${cause})`;
  }
  const by = kill.origin === 'live' ? 'by hand' : 'by the script';
  return `killed ${by} ${Math.round((kill.t - startUs) / 1000)} ms after the start`;
}

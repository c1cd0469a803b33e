/**
 * Who crashes where, decided before the run as a pure function of config and seed.
 *
 * To count crashes while they happen cannot keep them at f: two nodes may both see one crash left
 * and take it at the same instant. So each node's first hit is found beforehand, the first ones
 * within the budget are kept and the rest is listed as skipped. Every process gets the same plan.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { invariant } from '../agreement/invariant.ts';
import { sendOrder } from '../agreement/send-order.ts';
import { SEED_MAX, hash32, uniform } from './draw.ts';
import { exp, ln } from './elementary.ts';
import type { FaultPlan, PlannedCrash } from './fault-plan.ts';
import type { CrashHazard, FaultSettings, LinkFaults, ScriptedCrash } from './settings.ts';

export interface PlanRequest {
  readonly n: number;
  readonly f: number;
  /** Hits are looked for in rounds 0 to this one. */
  readonly lastRound: Round;
  readonly seed: number;
  readonly faults: FaultSettings;
}

/**
 * The plan: scripted crashes and kills first, as the config lists them, then the drawn crashes in
 * (round, position, hash, id) order as long as the budget of f lasts.
 *
 * The config refuses more than f scripted crashes and two for one node; here that is an
 * InvariantError. A drawn crash stands before the send whose key (crash, value, sender, receiver,
 * round) draws below the probability; per round-end, after all sends and with receiver 0.
 */
export function planFaults(request: PlanRequest): FaultPlan {
  const { n, f, lastRound, seed, faults } = request;
  checkRequest(request);
  const scripted = faults.scriptedCrashes.map((crash) => scriptedCrash(crash, n));
  const { kills = [], pauses } = faults;
  const doomed = new Set([...scripted, ...kills].map(({ node }) => node));
  const drawn = [...new Set(faults.candidates)]
    .filter((node) => !doomed.has(node))
    .map((node) => firstHit(request, node))
    .filter((hit) => hit !== null)
    .sort(byPlace)
    .map((hit) => drawnCrash(hit, n));
  const budget = f - scripted.length - kills.length;
  return {
    version: 1,
    seed,
    n,
    f,
    lastRound,
    crashMode: faults.crashMode,
    crashes: [...scripted, ...drawn.slice(0, budget)],
    skipped: drawn.slice(budget),
    holds: faults.holds,
    ...linkFaultsOf(faults),
    ...(kills.length > 0 && { kills }),
    ...(pauses && { pauses }),
  };
}

/** Those that there are, in this order. */
export function linkFaultsOf(faults: LinkFaults): LinkFaults {
  const { timedHolds, partitions, slow, loss, duplicate, clog } = faults;
  return {
    ...(timedHolds && { timedHolds }),
    ...(partitions && { partitions }),
    ...(slow && { slow }),
    ...(loss && { loss }),
    ...(duplicate !== undefined && { duplicate }),
    ...(clog && { clog }),
  };
}

function checkRequest({ n, f, seed, faults }: PlanRequest): void {
  const scripted = [...faults.scriptedCrashes, ...(faults.kills ?? [])].map(({ node }) => node);
  invariant(
    Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX,
    `fault plan: seed ${seed} is no integer from 0 to ${SEED_MAX}`,
  );
  invariant(
    scripted.length <= f,
    `fault plan: ${scripted.length} scripted crashes and kills, but at most f = ${f} nodes may fail`,
  );
  invariant(
    new Set(scripted).size === scripted.length,
    `fault plan: a node dies twice in the script: ${scripted.join(' ')}`,
  );
  for (const node of [...scripted, ...faults.candidates]) {
    invariant(node >= 1 && node <= n, `fault plan: node ${node} is not one of 1 … ${n}`);
  }
}

function scriptedCrash({ node, round, extent }: ScriptedCrash, n: number): PlannedCrash {
  const order = sendOrder(node, n);
  const reached =
    'after' in extent
      ? order.slice(0, extent.after)
      : order.filter((peer) => extent.reaching.includes(peer));
  return { node, origin: 'scripted', round, reached };
}

/** Where a node's first hit is. position: how many sends of the round come before it. */
interface Hit {
  readonly node: NodeId;
  readonly round: Round;
  readonly position: number;
  readonly hash: number;
}

/**
 * The hash, not the id, breaks ties: with probability 1 all nodes hit at their very first send, and
 * by id the same nodes would die under every seed.
 */
function byPlace(a: Hit, b: Hit): number {
  return a.round - b.round || a.position - b.position || a.hash - b.hash || a.node - b.node;
}

function drawnCrash({ node, round, position }: Hit, n: number): PlannedCrash {
  return { node, origin: 'drawn', round, reached: sendOrder(node, n).slice(0, position) };
}

function firstHit({ n, lastRound, seed, faults }: PlanRequest, node: NodeId): Hit | null {
  const chance = chancePerDraw(faults.crash, n);
  if (chance <= 0) return null;
  const atRoundEnd = faults.crash.per === 'round-end';
  const order = sendOrder(node, n);
  for (let round = 0; round <= lastRound; round += 1) {
    const position = atRoundEnd
      ? roundEndHit(seed, chance, node, round, order)
      : sendHit(seed, chance, node, round, order);
    if (position === null) continue;
    return { node, round, position, hash: hash32(seed, 'tie', node, 0, round) };
  }
  return null;
}

function sendHit(
  seed: number,
  chance: number,
  node: NodeId,
  round: Round,
  order: readonly NodeId[],
): number | null {
  // The upper 32 bits of a draw rule out nearly all sends at half the cost of the whole draw.
  const bound = chance * 4_294_967_296;
  const position = order.findIndex(
    (peer) =>
      hash32(seed, 'crash', node, peer, round) < bound &&
      uniform(seed, 'crash', node, peer, round) < chance,
  );
  return position === -1 ? null : position;
}

function roundEndHit(
  seed: number,
  chance: number,
  node: NodeId,
  round: Round,
  order: readonly NodeId[],
): number | null {
  return uniform(seed, 'crash', node, 0, round) < chance ? order.length : null;
}

/**
 * The chance of each draw. Per round, h is spread over the n − 1 sends: p = 1 − (1−h)^(1/(n−1)), so
 * that a node survives a whole round with probability (1−p)^(n−1) = 1 − h, whatever n is.
 */
export function chancePerDraw({ probability, per }: CrashHazard, n: number): number {
  if (per !== 'round' || probability >= 1 || n < 2) return probability;
  return 1 - exp(ln(1 - probability) / (n - 1));
}

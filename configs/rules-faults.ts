/** Rules over delays, crashes and holds, which name nodes and rounds. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { DelayDistribution, ScriptedCrash } from '../faults/settings.ts';
import { placeText, problemAt } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import type { Draft } from './draft.ts';
import type { Located } from './settings.ts';

export const faultRules = [
  checkDelay,
  checkScriptedNodes,
  checkScriptedExtents,
  checkScriptedBudget,
  checkCandidates,
  checkHolds,
] as const;

function checkDelay({ settings }: Draft): Problem[] {
  return settings.delay.flatMap(({ value, place }) => checkDistribution(place, value));
}

export function checkDistribution(place: Place, delay: DelayDistribution): Problem[] {
  const [low, high, names] = range(delay);
  if (low <= high) return [];
  const what = `the delay goes from ${low} ms to ${high} ms`;
  return [problemAt(place, what, names, 'swap the two or correct one')];
}

function range(delay: DelayDistribution): [number, number, string] {
  switch (delay.kind) {
    case 'uniform':
      return [delay.minMs, delay.maxMs, 'MIN ≤ MAX'];
    case 'constant':
      return [delay.delayMs, delay.delayMs, ''];
    case 'lognormal':
      return [delay.medianMs, delay.capMs, 'MEDIAN ≤ CAP'];
    case 'exponential':
    case 'pareto':
      return [delay.minMs, delay.capMs, 'MIN ≤ CAP'];
  }
}

function checkScriptedNodes(draft: Draft): Problem[] {
  const firsts = new Map<NodeId, Place>();
  const { 'crash-script': crashes, kill } = draft.settings;
  return [...crashes, ...kill].flatMap(({ value, place }) => {
    const { node } = value;
    const problems = [
      ...checkNode(draft, place, node),
      ...('round' in value ? checkRound(draft, place, value.round) : []),
    ];
    const first = firsts.get(node);
    if (first === undefined) firsts.set(node, place);
    if (first === undefined) return problems;
    const what = `node ${node} dies already, at ${placeText(first)}`;
    return [...problems, problemAt(place, what, 'one death per node', 'remove one of the two')];
  });
}

function checkScriptedExtents(draft: Draft): Problem[] {
  return draft.settings['crash-script'].flatMap((crash) =>
    'after' in crash.value.extent
      ? checkCount(draft, crash, crash.value.extent.after)
      : checkPeers(draft, crash, crash.value.extent.reaching),
  );
}

function checkCount(draft: Draft, { place }: Located<ScriptedCrash>, after: number): Problem[] {
  const sends = draft.nodes.length - 1;
  if (sends < 0 || after <= sends) return [];
  const what = `a crash after ${after} sends, but a multicast has ${sends}`;
  return [problemAt(place, what, `0 to ${sends} sends`, 'use a smaller number')];
}

function checkPeers(
  draft: Draft,
  { value: { node }, place }: Located<ScriptedCrash>,
  peers: readonly NodeId[],
): Problem[] {
  const self = peers.includes(node)
    ? [problemAt(place, `node ${node} reaches itself`, 'ids of its peers', `remove ${node}`)]
    : [];
  return [...self, ...checkList(draft, place, peers)];
}

/** Counts nodes, not lines: a node that is scripted twice is a problem of its own. */
function checkScriptedBudget({ settings }: Draft): Problem[] {
  const f = settings.f[0]?.value;
  if (f === undefined) return [];
  const nodes = new Set<NodeId>();
  for (const { value, place } of [...settings['crash-script'], ...settings.kill]) {
    nodes.add(value.node);
    if (nodes.size <= f) continue;
    const what = `scripted crashes and kills of more than f = ${f} nodes`;
    return [problemAt(place, what, `at most ${f}`, 'remove some of them or raise f')];
  }
  return [];
}

function checkCandidates(draft: Draft): Problem[] {
  return draft.settings.candidates.flatMap(({ value, place }) => checkList(draft, place, value));
}

function checkHolds(draft: Draft): Problem[] {
  return draft.settings.hold.flatMap(({ value: { from, to, firstRound }, place }) => {
    const self =
      from === to
        ? [problemAt(place, `a hold from node ${from} to itself`, 'two nodes', 'change one id')]
        : checkNode(draft, place, to);
    return [...checkNode(draft, place, from), ...self, ...checkRound(draft, place, firstRound)];
  });
}

function checkList(draft: Draft, place: Place, ids: readonly NodeId[]): Problem[] {
  const distinct = new Set(ids);
  const what = 'the list names a node twice';
  const repeated = distinct.size < ids.length;
  return [
    ...(repeated ? [problemAt(place, what, 'each id once', 'remove one of the two')] : []),
    ...[...distinct].flatMap((id) => checkNode(draft, place, id)),
  ];
}

export function checkNode({ nodes }: Draft, place: Place, id: NodeId): Problem[] {
  if (nodes.length === 0 || id <= nodes.length) return [];
  const what = `there is no node ${id}`;
  return [problemAt(place, what, `an id from 1 to ${nodes.length}`, 'correct the id')];
}

/** A fault that can never happen would make every run inconclusive. */
function checkRound({ limits }: Draft, place: Place, round: Round): Problem[] {
  if (limits === null || round <= limits.lastRound) return [];
  const what = `round ${round} is never reached, the last one is ${limits.lastRound}`;
  return [problemAt(place, what, `a round from 0 to ${limits.lastRound}`, 'use an earlier round')];
}

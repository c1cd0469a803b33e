/** Rules over faults by the clock and of links: holds, partitions, pauses, slow nodes, loss, clogs. */
import type { NodeId } from '../agreement/algorithm.ts';
import { maxDelayMs } from '../faults/delay.ts';
import type { Period } from '../faults/settings.ts';
import { placeText, problemAt } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import type { Draft } from './draft.ts';
import { checkDistribution, checkNode } from './rules-faults.ts';
import { idsOf } from './rules-receive-sets.ts';
import type { Located, ScriptedPartition } from './settings.ts';

export const linkRules = [
  checkTimedHolds,
  checkPartitions,
  checkPauses,
  checkSlowNodes,
  checkLoss,
  checkClog,
] as const;

function checkTimedHolds(draft: Draft): Problem[] {
  return draft.settings['hold-by-time'].flatMap(({ value, place }) => {
    const { from, to } = value;
    const ends =
      from === to
        ? [problemAt(place, `a hold from node ${from} to itself`, 'two nodes', 'change one id')]
        : checkNode(draft, place, to);
    return [...checkNode(draft, place, from), ...ends, ...checkPeriod(place, value)];
  });
}

/** A period of no length would never apply. */
function checkPeriod(place: Place, { fromMs, untilMs }: Period): Problem[] {
  if (untilMs === null || fromMs < untilMs) return [];
  const what = `the time goes from ${fromMs} ms until ${untilMs} ms`;
  return [problemAt(place, what, 'from before until', 'swap the two or correct one')];
}

function checkPartitions(draft: Draft): Problem[] {
  return draft.settings.partition.flatMap((line) => [
    ...checkSets(draft, line),
    ...checkPeriod(line.place, line.value),
  ]);
}

/** One problem per line is enough. */
function checkSets({ nodes }: Draft, { value, place }: Located<ScriptedPartition>): Problem[] {
  const { sets } = value;
  if (sets.length < 2 || sets.some((set) => set.length === 0)) {
    const what = sets.length < 2 ? 'there is one set only' : 'a set is empty';
    return [problemAt(place, what, 'two or more sets like 1 2 | 3-5', 'put | between the sets')];
  }
  const unknown = sets.flat().find(({ last }) => last > nodes.length);
  if (nodes.length > 0 && unknown !== undefined) {
    const what = `there is no node ${unknown.last}`;
    return [problemAt(place, what, `ids from 1 to ${nodes.length}`, 'correct the ids')];
  }
  const seen = new Set<NodeId>();
  for (const id of nodes.length === 0 ? [] : sets.flatMap(idsOf)) {
    if (!seen.has(id)) seen.add(id);
    else
      return [problemAt(place, `node ${id} is there twice`, 'each id once', `leave one ${id} out`)];
  }
  return [];
}

/** Two pauses at a time would end with the first of them, and two that touch are one. */
function checkPauses(draft: Draft): Problem[] {
  const { pause, kill } = draft.settings;
  return pause.flatMap(({ value, place }, index) => {
    const { node, fromMs } = value;
    const other = pause
      .slice(0, index)
      .find((one) => one.value.node === node && meet(one.value, value));
    const death = kill.find((one) => one.value.node === node && one.value.atMs <= fromMs);
    const both = `node ${node} is paused already, at ${placeText(other?.place ?? place)}`;
    const dead = `node ${node} is killed before, at ${placeText(death?.place ?? place)}`;
    return [
      ...checkNode(draft, place, node),
      ...checkPeriod(place, value),
      ...(other ? [problemAt(place, both, 'one pause at a time', 'join the two')] : []),
      ...(death ? [problemAt(place, dead, 'a pause of the living', 'pause it earlier')] : []),
    ];
  });
}

const meet = (a: Period, b: Period): boolean =>
  a.fromMs <= (b.untilMs ?? Infinity) && b.fromMs <= (a.untilMs ?? Infinity);

function checkSlowNodes(draft: Draft): Problem[] {
  const firsts = new Map<NodeId, Place>();
  const [delay] = draft.settings.delay;
  return draft.settings.slow.flatMap(({ value: { node, by }, place }) => {
    const first = firsts.get(node);
    if (first === undefined) firsts.set(node, place);
    const what = `node ${node} is slow already, at ${placeText(first ?? place)}`;
    const idle = 'factor' in by && delay !== undefined && maxDelayMs(delay.value) === 0;
    const nothing = `${'factor' in by ? by.factor : 1} times no delay is no delay`;
    const remedy = `add a delay line, or write "slow ${node} plus 0 50"`;
    return [
      ...checkNode(draft, place, node),
      ...(first === undefined ? [] : [problemAt(place, what, 'one line per node', 'remove one')]),
      ...(idle ? [problemAt(place, nothing, 'a delay above 0 ms', remedy)] : []),
      ...('plus' in by ? checkDistribution(place, by.plus) : []),
    ];
  });
}

function checkLoss({ settings }: Draft): Problem[] {
  return settings.loss.flatMap(({ value: { probability, rtoMs, capMs, burst }, place }) => {
    const late = `the first resend waits ${rtoMs} ms, and all of them at most ${capMs} ms`;
    const rare = `a loss after a loss has chance ${burst}, without one ${probability}`;
    return [
      ...(capMs < rtoMs ? [problemAt(place, late, 'RTO ≤ CAP', 'raise the cap')] : []),
      ...(burst !== undefined && burst < probability
        ? [problemAt(place, rare, 'P ≤ BURST', 'swap the two or leave burst out')]
        : []),
    ];
  });
}

function checkClog({ settings }: Draft): Problem[] {
  return settings.clog.flatMap(({ value: { forMs, capMs }, place }) => {
    if (forMs <= capMs) return [];
    const what = `a clog lasts ${forMs} ms in the mean, and at most ${capMs} ms`;
    return [problemAt(place, what, 'SILENCE ≤ CAP', 'raise the cap')];
  });
}

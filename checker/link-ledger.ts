/**
 * Faults of links against reality: partitions, holds by time, slow nodes, loss, copies, clogs. What
 * had to happen to each message is worked out again (link-dues.ts); here it is counted.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import { closureOf, closuresOf, isParted, openAtUs } from '../faults/closures.ts';
import { lostAttempts, resendUs } from '../faults/loss.ts';
import { linkFaultsOf } from '../faults/plan.ts';
import type { Period } from '../faults/settings.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry } from '../record/result.ts';
import { copiesOf, handedOverUntilUs, isMissing } from './copies.ts';
import { counted, inWords } from './in-words.ts';
import { duesOf, linksOf, receiverOf } from './link-dues.ts';
import type { Due, Receiver } from './link-dues.ts';

/** All messages of one link, in order of arrival. */
interface Link {
  readonly from: NodeId;
  readonly receiver: Receiver;
  readonly dues: readonly Due[];
}

/** Empty without link faults. Files with a hole tell nothing; the auditor names them. */
export function linkLedger({ config, nodes }: RunRecord): LedgerEntry[] {
  if (config === null || Object.keys(linkFaultsOf(config.faults)).length === 0) return [];
  const links: Link[] = [];
  for (const [node, file] of nodes) {
    const receiver = receiverOf(config, node, file, true);
    for (const [from, link] of linksOf(receiver)) {
      links.push({ from, receiver, dues: duesOf(receiver, from, link) });
    }
  }
  return [
    ...timedHoldEntries(config, links),
    ...partitionEntries(config, links),
    ...slowEntries(config, links),
    ...lossEntries(config, links),
    ...copyEntries(config, links),
    ...clogEntries(config, links),
  ];
}

/** Nodes that a fault was noticed at, and what was planned of whom. */
type Entry = Pick<LedgerEntry, 'fault' | 'origin' | 'status' | 'node' | 'sentence'> &
  Partial<Pick<LedgerEntry, 'planned' | 'observed'>>;

const entryOf = (entry: Entry): LedgerEntry => ({
  round: null,
  planned: null,
  observed: [],
  unknown: [],
  ...entry,
});

function timedHoldEntries({ faults }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  return (faults.timedHolds ?? []).map((hold) => {
    const { from, to } = hold;
    const own = links.filter((link) => link.from === from && link.receiver.node === to);
    const what = `the link from ${from} to ${to}, ${periodInWords(hold)}`;
    return closureEntry('hold', from, [to], what, hold, own);
  });
}

function partitionEntries({ faults }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  return (faults.partitions ?? []).map((partition) => {
    const own = links.filter(({ from, receiver }) => isParted(partition, from, receiver.node));
    const sets = partition.sets.map(inWords).join(' | ');
    const what = `partition ${sets}, ${periodInWords(partition)}`;
    const [node = 0] = partition.sets[0] ?? [];
    return closureEntry('partition', node, partition.sets.flat(), what, partition, own);
  });
}

const periodInWords = ({ fromMs, untilMs }: Period): string =>
  `from ${fromMs} ms ${untilMs === null ? 'for ever' : `until ${untilMs} ms`}`;

/** fired: a message waited for its end, and none was early. not reached: there was none to hold. */
function closureEntry(
  fault: 'hold' | 'partition',
  node: NodeId,
  planned: readonly NodeId[],
  what: string,
  period: Period,
  links: readonly Link[],
): LedgerEntry {
  const held = links.flatMap((link) => heldIn(link, period).map((due) => ({ due, link })));
  const observed = [...new Set(held.map(({ link }) => link.receiver.node))].sort((a, b) => a - b);
  const entry = { fault, origin: 'scripted', node, planned, observed } as const;
  const early = held.find(({ due, link }) => isEarly(link, due, period));
  if (early !== undefined) {
    const { from, round } = early.due.event;
    const sentence = `${what}: node ${from}'s message of round ${round} was handed over too early`;
    return entryOf({ ...entry, status: 'missed', sentence });
  }
  if (held.length > 0) {
    const sentence = `${what}: held ${counted(held.length, 'message')}`;
    return entryOf({ ...entry, status: 'fired', sentence });
  }
  return entryOf({ ...entry, status: 'not reached', sentence: `${what}: nothing came to be held` });
}

/** Messages that by themselves would have been handed over before its end, and were not. */
function heldIn({ from, receiver, dues }: Link, period: Period): Due[] {
  const { seed, faults } = receiver.config;
  const closures = closuresOf(seed, faults, from, receiver.node);
  const { endUs } = closureOf(period);
  return dues.filter(({ ownUs }) => {
    const sinceStart = ownUs - receiver.earliestUs;
    return sinceStart < endUs && closures !== null && openAtUs(closures, sinceStart) >= endUs;
  });
}

function isEarly({ receiver }: Link, { event }: Due, period: Period): boolean {
  if (event.delay === null) return false;
  return event.arrived + event.delay < receiver.earliestUs + closureOf(period).endUs;
}

function slowEntries({ faults }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  return (faults.slow ?? []).map(({ node, by }) => {
    const own = links.filter(({ from, receiver }) => from === node || receiver.node === node);
    const count = own.reduce((sum, { dues }) => sum + dues.length, 0);
    const how = 'factor' in by ? `${by.factor} times as long` : `longer by a ${by.plus.kind} delay`;
    const sentence = `node ${node} is slow: ${counted(count, 'message')} from and to it waited ${how}`;
    const status = count > 0 ? 'fired' : 'not reached';
    return entryOf({ fault: 'slow', origin: 'scripted', status, node, sentence });
  });
}

/** Planned is a chance per attempt; observed is what its draws did to the messages that came. */
function lossEntries({ faults, seed }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  const { loss } = faults;
  if (loss === undefined) return [];
  let messages = 0;
  let resends = 0;
  let addedUs = 0;
  let sent = 0;
  for (const { from, receiver, dues } of links) {
    sent += dues.length;
    for (const { event } of dues) {
      const lost = lostAttempts(seed, loss, from, receiver.node, event.round);
      resends += lost;
      if (lost > 0) messages += 1;
      addedUs += resendUs(loss, lost);
    }
  }
  const sentence =
    `loss ${loss.probability}${loss.burst === undefined ? '' : `, after a loss ${loss.burst}`}: ` +
    `${messages} of ${counted(sent, 'message')} lost at first, sent again ${counted(resends, 'time')}, ` +
    `${Math.round(addedUs / 1000)} ms later in all`;
  const status = messages > 0 ? 'fired' : 'not reached';
  return [entryOf({ fault: 'loss', origin: 'drawn', status, node: 0, sentence })];
}

function copyEntries({ faults }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  if (faults.duplicate === undefined) return [];
  let drawn = 0;
  let seen = 0;
  let missing = 0;
  for (const { from, receiver, dues } of links) {
    const untilUs = handedOverUntilUs(receiver);
    for (const copy of copiesOf(receiver, from, dues).drawn) {
      drawn += 1;
      if (copy.line !== null) seen += 1;
      if (isMissing(receiver, copy, untilUs)) missing += 1;
    }
  }
  const sentence =
    `copies with chance ${faults.duplicate}: ${drawn} drawn, ${seen} handed over, ` +
    `${drawn - seen - missing} still to come${missing > 0 ? `, ${missing} missing` : ''}`;
  const status = missing > 0 ? 'missed' : seen > 0 ? 'fired' : 'not reached';
  return [entryOf({ fault: 'duplicate', origin: 'drawn', status, node: 0, sentence })];
}

function clogEntries({ faults, seed }: RunConfig, links: readonly Link[]): LedgerEntry[] {
  const { clog } = faults;
  if (clog === undefined) return [];
  let held = 0;
  let clogged = 0;
  for (const { from, receiver, dues } of links) {
    const closures = closuresOf(seed, { clog }, from, receiver.node);
    const waiting = dues.filter(({ ownUs }) => {
      const sinceStart = ownUs - receiver.earliestUs;
      return closures !== null && openAtUs(closures, sinceStart) > sinceStart;
    });
    held += waiting.length;
    if (waiting.length > 0) clogged += 1;
  }
  const sentence =
    `clogs every ${clog.everyMs} ms for ${clog.forMs} ms in the mean: ` +
    `held ${counted(held, 'message')} of ${counted(clogged, 'link')}`;
  const status = held > 0 ? 'fired' : 'not reached';
  return [entryOf({ fault: 'clog', origin: 'drawn', status, node: 0, sentence })];
}

/** What was done to processes and links from outside, against what the nodes' own files show of it. */
import type { NodeEvent } from '../record/events.ts';
import type { NodeFile, RunRecord } from '../record/read-run.ts';
import type { LedgerEntry, LedgerStatus } from '../record/result.ts';
import { deedsOf, startUsOf } from './actions.ts';
import type { Deed } from './actions.ts';
import { counted } from './in-words.ts';

/** Clocks of two processes agree to about a millisecond. */
const TOLERANCE_US = 5_000;

/** Kills are deaths: the crash ledger has them. */
export function actionLedger(record: RunRecord): LedgerEntry[] {
  const startUs = startUsOf(record.master.events);
  return deedsOf(record.master.events)
    .filter(({ kind, origin }) => origin === 'live' && kind !== 'kill')
    .map((deed) => judgeDeed(record, deed, startUs));
}

function judgeDeed(record: RunRecord, deed: Deed, startUs: number): LedgerEntry {
  const { node, from, fromUs, untilUs } = deed;
  const file = record.nodes.get(node);
  const [status, outcome] = from === null ? judgePause(file, deed) : judgeHold(file, deed);
  const ms = (us: number): string => `${Math.round((us - startUs) / 1000)} ms`;
  const span = `from ${ms(fromUs)} ${untilUs === null ? 'to the end' : `to ${ms(untilUs)}`}`;
  const what = from === null ? `node ${node} paused` : `the link from ${from} to ${node} held`;
  return {
    fault: deed.kind === 'hold' ? 'hold' : 'pause',
    origin: 'live',
    status,
    node: from ?? node,
    round: null,
    planned: null,
    observed: status === 'fired' ? [node] : [],
    unknown: [],
    sentence: `${what} by hand ${span}: ${outcome}`,
  };
}

/**
 * A stopped process writes nothing. The master notes a pause before it sends the signal, and may lose
 * the processor in between: only the second half of the pause is evidence.
 */
export function judgePause(file: NodeFile | undefined, deed: Deed): [LedgerStatus, string] {
  const stray = file?.events.find(({ t }) => isWithin(t, deed));
  if (stray === undefined) return ['fired', 'its file is silent meanwhile'];
  return ['missed', `it wrote ${stray.kind} meanwhile`];
}

function isWithin(t: number, { fromUs, untilUs }: Deed): boolean {
  return untilUs !== null && t > (fromUs + untilUs) / 2 && t < untilUs - TOLERANCE_US;
}

/** The node's own word for it, and what waited because of it. */
function judgeHold(file: NodeFile | undefined, deed: Deed): [LedgerStatus, string] {
  const events = file?.events ?? [];
  const ordered = deedsOfNode(events, deed);
  const begin = ordered[0];
  if (begin === undefined) return ['not reached', 'the node was over before it heard of it'];
  const [from, until] = [begin.t, ordered[1]?.t ?? Infinity];
  const early = events.find(
    (event) =>
      event.kind === 'receive' && event.from === deed.from && event.t > from && event.t < until,
  );
  if (early !== undefined) return ['missed', `a message was handed over meanwhile`];
  const waited = events.filter((event) => isKeptBack(event, deed, until));
  const messages = counted(waited.length, 'message');
  return [
    'fired',
    `${messages} that had come by then ${waited.length === 1 ? 'was' : 'were'} kept back`,
  ];
}

/** The node's hold that answers the deed, and its release. */
function deedsOfNode(events: readonly NodeEvent[], { from, fromUs, untilUs }: Deed): NodeEvent[] {
  const begin = events.findIndex(
    (event) =>
      event.kind === 'hold' &&
      event.from === from &&
      event.t > fromUs - TOLERANCE_US &&
      event.t < (untilUs ?? Infinity) + TOLERANCE_US,
  );
  if (begin < 0) return [];
  return events
    .slice(begin)
    .filter((event) => (event.kind === 'hold' || event.kind === 'release') && event.from === from)
    .slice(0, 2);
}

function isKeptBack(event: NodeEvent, { from }: Deed, until: number): boolean {
  if (event.kind !== 'receive' && event.kind !== 'pending') return false;
  return (
    event.from === from && event.arrived < until && (event.t >= until || event.kind === 'pending')
  );
}

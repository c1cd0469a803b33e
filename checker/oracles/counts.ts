/** O21: how many messages there were, by the formula, by the events, and by the processes' own count. */
import type { MasterEvent, NodeEvent, StatisticsEvent, Traffic } from '../../record/events.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, openNotes } from '../notes.ts';
import type { Notes, Place } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { leaveOutUnreadable } from '../unreadable.ts';

const COUNTS = { id: 'O21', name: 'message counts' } as const;

/** A round costs n(n − 1) messages; a crash in mid-multicast leaves out what it did not send. */
export function messageCounts(of: Case): OracleResult {
  const notes = openNotes();
  const n = of.observation.ids.length;
  let multicasts = 0;
  let cut = 0;
  for (const [node, file] of of.readable) {
    const sizes = multicastSizes(file.events, n);
    notes.checked += 1;
    multicasts += sizes.length;
    cut += sizes.reduce((missing, size) => missing + (n - 1 - size), 0);
    const index = file.events.findIndex(({ kind }) => kind === 'statistics');
    const counters = file.events[index];
    if (counters?.kind !== 'statistics') continue;
    const place = { node, at: placeOf(file, index) };
    compareNode(notes, countsByKind(file.events), counters, sizes, place);
  }
  checkMaster(notes, of);
  leaveOutUnreadable(notes, of);
  const sent = multicasts * (n - 1) - cut;
  const rounds = n === 0 ? 0 : multicasts / n;
  const said =
    `${sent} sent = ${counted(multicasts, 'multicast')} of n − 1 = ${n - 1}` +
    `${cut === 0 ? '' : ` − ${cut} cut by crashes`}; a round of all costs ${n * (n - 1)}`;
  return conclude(COUNTS, notes, said, { sent, multicasts, cut, rounds });
}

function multicastSizes(events: readonly NodeEvent[], n: number): number[] {
  const sizes: number[] = [];
  events.forEach((event) => {
    if (event.kind === 'multicast') sizes.push(event.to === 'all' ? n - 1 : event.to.length);
  });
  return sizes;
}

type Kind = (NodeEvent | MasterEvent)['kind'];

/** How many events of these kinds there are. */
type CountOf = (...kinds: Kind[]) => number;

function countsByKind(events: readonly { readonly kind: Kind }[]): CountOf {
  const counts = new Map<Kind, number>();
  events.forEach(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  return (...kinds) => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
}

/** A node that refused records, or left early, has counted some that it did not use. */
function compareNode(
  notes: Notes,
  countOf: CountOf,
  { sent, received }: StatisticsEvent,
  sizes: readonly number[],
  place: Place,
): void {
  const values = sizes.reduce((sum, size) => sum + size, 0);
  compare(notes, sent, 'value', values, 'sent', place);
  compare(notes, sent, 'report', countOf('report'), 'sent', place);
  compare(notes, sent, 'output', countOf('output'), 'sent', place);
  if (countOf('refused', 'abandoned') > 0) return;
  compare(notes, received, 'value', countOf('receive', 'pending'), 'received', place);
  compare(notes, received, 'output', countOf('stop'), 'received', place);
  compare(notes, received, 'fail', countOf('fail'), 'received', place);
}

/** What comes after the counters were read is in none of them. */
function checkMaster(notes: Notes, { record: { master } }: Case): void {
  const index = master.events.findIndex(({ kind }) => kind === 'statistics');
  const counters = master.events[index];
  if (counters?.kind !== 'statistics') return;
  const countOf = countsByKind(master.events.slice(0, index));
  if (countOf('refused') > 0) return;
  const place = { at: placeOf(master, index) };
  const { received } = counters;
  notes.checked += 1;
  compare(notes, received, 'report', countOf('report'), 'received', place);
  compare(notes, received, 'output', countOf('output'), 'received', place);
  compare(notes, received, 'fail', countOf('fail'), 'received', place);
}

/** A counter that is not there says nothing. */
function compare(
  notes: Notes,
  counters: Traffic,
  type: string,
  recorded: number,
  way: 'sent' | 'received',
  place: Place,
): void {
  const counter = Object.hasOwn(counters, type) ? counters[type] : undefined;
  if (counter === undefined || counter.messages === recorded) return;
  const what = `${counted(counter.messages, `${type} record`)} ${way}, but ${recorded} recorded`;
  breach(notes, `${place.at ?? ''} counts ${what}`, place);
}

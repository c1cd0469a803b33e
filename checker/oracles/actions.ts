/** O31: what people did to a run while it went on, against what the nodes wrote. */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { MasterEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { breach, conclude, notApplicable, openNotes } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { canReadMaster } from '../unreadable.ts';
import { countsOf, judgeEntry, numbersOf } from './ledger-entries.ts';

const ACTIONS = { id: 'O31', name: 'actions' } as const;

/**
 * A paused node was silent, a held link delivered nothing, and no node holds a link without the
 * master's word.
 */
export function actions(of: Case): OracleResult {
  const entries = of.ledger.filter(({ origin }) => origin === 'live');
  const notes = openNotes();
  for (const entry of entries) judgeEntry(notes, entry);
  if (canReadMaster(notes, of)) {
    const orders = of.record.master.events.filter(isOrder);
    for (const [node, file] of of.readable) checkOrders(notes, orders, node, file);
  }
  if (notes.checked === 0 && notes.broken === 0)
    return notApplicable(ACTIONS, 'nobody acted on the run');
  return conclude(ACTIONS, notes, countsOf(entries), numbersOf(entries));
}

type Order = Extract<MasterEvent, { kind: 'hold' | 'release' }>;

const isOrder = (event: MasterEvent): event is Order =>
  event.kind === 'hold' || event.kind === 'release';

function checkOrders(notes: Notes, orders: readonly Order[], node: NodeId, file: NodeFile): void {
  const ordered = new Map<string, number>();
  for (const event of orders) {
    if (event.to !== node) continue;
    const key = `${event.kind} ${event.from}`;
    ordered.set(key, (ordered.get(key) ?? 0) + 1);
  }
  file.events.forEach((event, index) => {
    if (event.kind !== 'hold' && event.kind !== 'release') return;
    const key = `${event.kind} ${event.from}`;
    const left = (ordered.get(key) ?? 0) - 1;
    ordered.set(key, left);
    if (left >= 0) return;
    const at = placeOf(file, index);
    const sentence = `node ${node} has a ${event.kind} of its link from ${event.from} that the master did not order (${at})`;
    breach(notes, sentence, { node, from: event.from, at });
  });
}

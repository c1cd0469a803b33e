/** O1, O13, O20: where values may lie, and what may be a value at all. */
import type { Properties, OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { counted } from '../in-words.ts';
import { refusals } from '../message-statistics.ts';
import { breach, conclude, leaveOut, notApplicable, openNotes, unverifiable } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { leaveOutUnreadable } from '../unreadable.ts';

const HULL = { id: 'O1', name: 'hull' } as const;

/** Every value lies in the hull of the inputs, and every update in that of the values it used. */
export function hull(of: Case, { validity }: Properties): OracleResult {
  const { low, high, checked, witness, sentence, margin } = validity;
  if (low === null || high === null) return unverifiable(HULL, sentence);
  const notes = openNotes();
  notes.checked = checked;
  if (validity.state === 'violated') {
    breach(notes, sentence, { node: witness?.node ?? null, at: witness?.at ?? null });
  }
  const updates = checkUpdates(notes, of);
  const numbers = { values: checked, updates, low, high, margin: margin ?? 0 };
  const said =
    `${counted(checked, 'value')} within the inputs, ${low} to ${high}; ` +
    `${counted(updates, 'update')} within what each one used`;
  return conclude(HULL, notes, said, numbers);
}

/** Returns how many it looked at. */
function checkUpdates(notes: Notes, of: Case): number {
  const { algorithm, record } = of;
  if (algorithm?.rule === undefined) {
    leaveOut(
      notes,
      'the updates: a whole participant has no rule that can be called by itself',
      algorithm !== null,
    );
    return 0;
  }
  let count = 0;
  for (const [node, { updates }] of of.walks) {
    for (const { value, before, heard, round, index } of updates) {
      const used = heard.map((message) => message.value);
      if (before !== null) used.push(before);
      count += 1;
      const low = used.reduce((least, each) => Math.min(least, each), Infinity);
      const high = used.reduce((most, each) => Math.max(most, each), -Infinity);
      if (low <= value && value <= high) continue;
      const file = record.nodes.get(node);
      const at = file === undefined ? null : placeOf(file, index);
      const sentence = `node ${node} went to ${value} in round ${round}, outside of what it used, ${low} to ${high} (${at})`;
      breach(notes, sentence, { node, round, at });
    }
  }
  notes.checked += count;
  leaveOutUnreadable(notes, of);
  return count;
}

const EQUAL_INPUTS = { id: 'O13', name: 'equal inputs' } as const;

/** All inputs equal: no other value is ever seen. */
export function equalInputs({ record, observation }: Case): OracleResult {
  const { config } = record;
  if (config === null) return unverifiable(EQUAL_INPUTS, 'the inputs are not known');
  const [first, ...others] = config.nodes;
  const value = first?.input ?? 0;
  if (others.some(({ input }) => input !== value)) {
    return notApplicable(EQUAL_INPUTS, 'the inputs differ');
  }
  const notes = openNotes();
  for (const [node, rounds] of observation.known.byNode) {
    for (const [round, known] of rounds) {
      notes.checked += 1;
      if (known.value === value) continue;
      const { source: at } = known;
      const sentence = `node ${node} held ${known.value} in round ${round}, although all inputs are ${value} (${at})`;
      breach(notes, sentence, { node, round, at });
    }
  }
  return conclude(EQUAL_INPUTS, notes, `${counted(notes.checked, 'value')}, all of them ${value}`);
}

const LEGAL = { id: 'O20', name: 'legal numbers' } as const;

/** The reader lets nothing else through; what it refused is named with its line under `damage`. */
export function legalNumbers({ record, observation }: Case): OracleResult {
  const notes = openNotes();
  notes.checked = observation.known.notes.checked;
  const refused = refusals(record);
  for (const file of [record.master, ...record.nodes.values()]) {
    file.events.forEach((event, index) => {
      const value = 'value' in event ? event.value : 'input' in event ? event.input : 0;
      // In a record that was never a file, an input may still be −0.
      if (file.header === null || !Object.is(value, -0)) return;
      const at = placeOf(file, index);
      breach(notes, `${at} says −0, which nobody ever writes`, { at });
    });
  }
  for (const { kind, file, line, reason } of record.damage) {
    if (kind === 'malformed' && file.endsWith('.ndjson')) {
      leaveOut(notes, `${file}${line === null ? '' : `:${line}`}: ${reason}`);
    }
  }
  const said = `${counted(notes.checked, 'value')}, all finite and at most 1e300; ${counted(refused, 'record')} refused at the door`;
  return conclude(LEGAL, notes, said, { refused });
}

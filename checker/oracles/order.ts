/**
 * O29: every file tells a life in its order: joining before the start, the start before everything,
 * nothing after the end, time never backwards; and the files agree about who was there.
 */
import type { RecordedEvent } from '../../record/events.ts';
import type { EventFile } from '../../record/read-events.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isReliable } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, openNotes } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { checkMaster } from './order-of-master.ts';
import { checkNode } from './order-of-node.ts';
import { checkLauncher } from './processes.ts';
import { canReadMaster, leaveOutUnreadable } from '../unreadable.ts';

const ORDER = { id: 'O29', name: 'order of the record' } as const;

export function orderOfRecord(of: Case): OracleResult {
  const { record, readable } = of;
  const notes = openNotes();
  let lines = 0;
  for (const [node, file] of readable) {
    lines += file.events.length;
    checkTimes(notes, file);
    checkNode(notes, of, node, file);
  }
  if (canReadMaster(notes, of)) {
    lines += record.master.events.length;
    checkTimes(notes, record.master);
    checkMaster(notes, of);
  }
  if (record.launcher.isPresent && isReliable(record, record.launcher)) {
    lines += record.launcher.events.length;
    checkTimes(notes, record.launcher);
    checkLauncher(notes, of);
  }
  checkHeaders(notes, of);
  notes.checked += lines;
  leaveOutUnreadable(notes, of);
  const files = readable.size + 1 + (record.launcher.isPresent ? 1 : 0);
  const said = `${counted(lines, 'line')} of ${counted(files, 'file')} stand in the order of a run`;
  return conclude(ORDER, notes, said, { lines });
}

function checkTimes(notes: Notes, file: EventFile<RecordedEvent>): void {
  let latest = file.header?.t ?? -Infinity;
  file.events.forEach(({ t }, index) => {
    if (t < latest) {
      const at = placeOf(file, index);
      breach(notes, `${at} is of ${t} µs, before the line above it`, { at });
    }
    latest = t;
  });
}

/** One origin of time for all, and either all of them simulated or none. */
function checkHeaders(notes: Notes, { record, isVirtual }: Case): void {
  const files = [record.master, record.launcher, ...record.nodes.values()];
  const origin = record.master.header?.originUs;
  for (const { file, header } of files) {
    if (header === null) continue;
    const at = `${file}:1`;
    if (origin !== undefined && header.originUs !== origin) {
      breach(notes, `${at} counts from ${header.originUs} µs, the master from ${origin}`, { at });
    }
    const isSimulated = header.process === 'simulator';
    if (isSimulated !== isVirtual && record.master.header !== null) {
      breach(notes, `${at} was written by a ${header.process}, unlike the master's file`, { at });
    }
  }
}

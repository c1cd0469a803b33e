/** Which files an oracle could not read, for its list of what it left out. */
import type { NodeId } from '../agreement/algorithm.ts';
import { isReliable } from './case.ts';
import type { Case } from './case.ts';
import { nodesInWords } from './in-words.ts';
import { leaveOut } from './notes.ts';
import type { Notes } from './notes.ts';

/** For oracles that read the nodes' own files. Nobody needs the word of a node that died. */
export function leaveOutUnreadable(notes: Notes, { observation, unreadable }: Case): void {
  const isDead = (node: NodeId): boolean => observation.faulty.has(node);
  leaveOutFiles(
    notes,
    unreadable.filter((node) => !isDead(node)),
    false,
  );
  leaveOutFiles(notes, unreadable.filter(isDead), true);
}

function leaveOutFiles(notes: Notes, nodes: readonly NodeId[], isExcused: boolean): void {
  if (nodes.length === 0) return;
  const files = nodes.length === 1 ? 'the file' : 'the files';
  const are = nodes.length === 1 ? 'is' : 'are';
  leaveOut(notes, `${files} of ${nodesInWords(nodes)} ${are} damaged or missing`, isExcused);
}

/** False, and noted: the master's file cannot be relied on. */
export function canReadMaster(notes: Notes, { record }: Case): boolean {
  if (isReliable(record, record.master)) return true;
  leaveOut(notes, 'the file of the master is damaged or missing');
  return false;
}

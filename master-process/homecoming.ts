/**
 * Records of nodes that see no disk of the master: each comes over the node's own connection, in
 * pieces, and is written into the run directory as if the node had done so.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { PieceRecord } from '../proto/records.ts';
import { runFiles } from '../record/run-directory.ts';
import type { Member } from './members.ts';
import type { MasterSession } from './session.ts';

/** Of one node. A thousand rounds among a thousand nodes are 100 MB; what goes on is no record. */
export const RECORD_BYTES_MAX = 256 * 1024 * 1024;

/** Returns why a piece is refused, or null. */
export function onPiece(
  session: MasterSession,
  member: Member,
  { from, data }: PieceRecord,
): string | null {
  if (from !== member.id) return `node ${member.id} claims to be node ${from}`;
  if (session.watch === null) return 'a piece of a record before the start';
  if (member.isDone) return 'a piece of a record after done';
  const bytes = member.recordBytes + data.length;
  if (bytes > RECORD_BYTES_MAX) return `a record of more than ${RECORD_BYTES_MAX} bytes`;
  const path = runFiles.events(session.directory, from);
  try {
    // The first piece makes the file: nothing that is there is ever overwritten.
    if (member.recordBytes === 0) writeFileSync(path, data, { flag: 'wx' });
    else appendFileSync(path, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.lostRecord ??= `the record of node ${from} could not be written: ${reason}`;
    return reason;
  }
  member.recordBytes = bytes;
  session.bytesHome += data.length;
  return null;
}

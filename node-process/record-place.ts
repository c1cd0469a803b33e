/**
 * Where a node writes its record: into the run directory when it sees it, as on one machine or on a
 * shared disk; elsewhere into a private folder of its own machine, from where it is sent home.
 */
import {
  accessSync,
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { PIECE_BYTES_MAX } from '../proto/records.ts';
import type { WelcomeRecord } from '../proto/records.ts';
import { firstLine, parseJson } from '../record/first-line.ts';
import { runFiles } from '../record/run-directory.ts';
import type { Outbound } from '../runtime/outbound.ts';

export interface RecordPlace {
  readonly directory: string;
  /** Not the run directory: the record has to be sent home. */
  readonly isAway: boolean;
}

/** Pieces on their way at once; what the kernel does not take waits in memory. */
const PIECES_AT_ONCE = 16;

/** The master records nothing, so nobody does (record/recorder.ts). */
const NOWHERE: RecordPlace = { directory: '', isAway: false };

/** `alwaysAway`: even when the run directory can be seen, for example on a slow shared disk. */
export function findRecordPlace(
  id: NodeId,
  welcome: WelcomeRecord,
  alwaysAway: boolean,
): RecordPlace {
  if (welcome.directory === '') return NOWHERE;
  if (!alwaysAway && isDirectoryOf(welcome)) {
    return { directory: welcome.directory, isAway: false };
  }
  const { tmpdir } = process.getBuiltinModule('node:os');
  const directory = mkdtempSync(join(tmpdir(), `within-node-${id}-`));
  if (welcome.algorithm !== '') {
    writeFileSync(runFiles.algorithm(directory), welcome.algorithm);
  }
  return { directory, isAway: true };
}

/** Another machine may have a directory of the same name: only the master's own record proves it. */
function isDirectoryOf({ run, directory }: WelcomeRecord): boolean {
  const header = parseJson(firstLine(runFiles.events(directory, MASTER)));
  if ((Object(header) as { readonly run?: unknown }).run !== run) return false;
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Sends the closed event file to the master, and removes the folder once the kernel has all of it.
 * Resolves to false, and leaves everything in its place, when the connection ends before that.
 */
export async function sendHome(
  { directory }: RecordPlace,
  id: NodeId,
  toMaster: Outbound,
): Promise<boolean> {
  const file = openSync(runFiles.events(directory, id), 'r');
  try {
    const block = Buffer.alloc(PIECES_AT_ONCE * PIECE_BYTES_MAX);
    for (let length = readSync(file, block); length > 0; length = readSync(file, block)) {
      for (let at = 0; at < length; at += PIECE_BYTES_MAX) {
        const data = block.subarray(at, Math.min(at + PIECE_BYTES_MAX, length));
        toMaster.send({ kind: 'piece', from: id, data });
      }
      await toMaster.flushed();
      if (!toMaster.isOpen()) return false;
    }
  } finally {
    closeSync(file);
  }
  removePlace({ directory });
  return true;
}

export const removePlace = ({ directory }: Pick<RecordPlace, 'directory'>): void => {
  rmSync(directory, { recursive: true, force: true });
};

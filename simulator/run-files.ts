/**
 * The record of a simulated run as files, in the format of the cluster: read-run.ts, the checker and
 * the reports see no difference but the header's kind. `t` is virtual, nothing names this machine or
 * this moment, so the same config gives the same bytes.
 */
import { appendFileSync } from 'node:fs';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { eventLine } from '../record/event-line.ts';
import { EVENT_SCHEMA } from '../record/events.ts';
import type { RecordedEvent } from '../record/events.ts';
import { runFiles } from '../record/run-directory.ts';
import type { Recording } from './recording.ts';

export interface RunFiles extends Recording {
  /** Writes what is still in memory. */
  close(): void;
}

/** Characters per process. No file stays open: a thousand nodes may be more than a process may open. */
const BUFFER_LENGTH_MAX = 1 << 16;

/** `run`: the run's id. Throws what the file system throws. */
export function createRunFiles(directory: string, run: string, n: number): RunFiles {
  const buffers = Array.from({ length: n + 1 }, (_, id) => eventLine(headerOf(run, id)));
  const flush = (id: NodeId): void => {
    appendFileSync(runFiles.events(directory, id), buffers[id] ?? '');
    buffers[id] = '';
  };
  const write = (id: NodeId, event: RecordedEvent): void => {
    const buffer = `${buffers[id] ?? ''}${eventLine(event)}`;
    buffers[id] = buffer;
    if (buffer.length > BUFFER_LENGTH_MAX) flush(id);
  };
  return {
    node: write,
    master(event) {
      write(MASTER, event);
    },
    close() {
      for (const id of buffers.keys()) flush(id);
    },
  };
}

const headerOf = (run: string, id: NodeId): RecordedEvent => ({
  kind: 'header',
  t: 0,
  schema: EVENT_SCHEMA,
  run,
  process: 'simulator',
  id,
  originUs: 0,
  pid: 0,
  node: 'virtual time',
});

/**
 * Writes events as lines of NDJSON: collected in memory, handed to the kernel in one write.
 *
 * A write survives SIGKILL, a buffer does not. So everything is flushed before anything is sent
 * (runtime/outbox.ts): what a process has done that another one could see is in its record. What it has
 * only taken note of follows within FLUSH_MS; when it is killed in between, its record ends a little
 * earlier in its life. Nothing here throws: a full disk must not change what the algorithm does. The failure is remembered, later
 * events are dropped, and the driver asks `failure` and reports it.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { NodeId } from '../agreement/algorithm.ts';
import { eventLine } from './event-line.ts';
import type { HeaderEvent, RecordedEvent } from './events.ts';
import { runFiles } from './run-directory.ts';

export interface Recorder {
  readonly write: (event: RecordedEvent) => void;
  /** One write of everything collected so far. */
  readonly flush: () => void;
  /** Flushes and closes the file; later events are dropped. */
  readonly close: () => void;
  /** Why nothing is recorded any more, in one sentence; null while all is well. */
  failure(): string | null;
}

/** Characters. A turn of the loop that writes more than this is flushed in between. */
const BUFFER_LENGTH_MAX = 1 << 20;

/** Milliseconds until an event is in the file at the latest, as long as the process lives. */
const FLUSH_MS = 20;

/** The file must not exist yet: a record is never overwritten. */
export function createRecorder(path: string, header: HeaderEvent): Recorder {
  try {
    return recordTo(openSync(path, 'wx'), header);
  } catch (error) {
    return deadRecorder(`cannot create ${path}: ${messageOf(error)}`);
  }
}

/**
 * Of process `id` of a run. Without a directory nothing is recorded, and nobody can judge the run: that is
 * how bench/ measures what recording costs.
 */
export const openRecorder = (directory: string, id: NodeId, header: HeaderEvent): Recorder =>
  directory === '' ? deadRecorder(null) : createRecorder(runFiles.events(directory, id), header);

/** The same on a descriptor that is open already. */
export function recordTo(descriptor: number, header: HeaderEvent): Recorder {
  let buffer = '';
  let failure: string | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  const write = (event: RecordedEvent): void => {
    if (failure !== null || isClosed) return;
    buffer += eventLine(event);
    if (buffer.length > BUFFER_LENGTH_MAX) flush();
    else timer ??= setTimeout(flushLate, FLUSH_MS);
  };
  const flushLate = (): void => {
    timer = null;
    flush();
  };
  const flush = (): void => {
    if (buffer === '' || failure !== null || isClosed) return;
    const bytes = Buffer.from(buffer);
    buffer = '';
    try {
      writeWhole(bytes, (rest) => writeSync(descriptor, rest));
    } catch (error) {
      failure = `recording stopped: ${messageOf(error)}`;
    }
  };
  const close = (): void => {
    if (isClosed) return;
    flush();
    isClosed = true;
    if (timer !== null) clearTimeout(timer);
    closeQuietly(descriptor);
  };

  write(header);
  return { write, flush, close, failure: () => failure };
}

/** The kernel may take less than it is given; what is left goes in the next call. */
export function writeWhole(bytes: Uint8Array, write: (rest: Uint8Array) => number): void {
  for (let written = 0; written < bytes.length;) written += write(bytes.subarray(written));
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // Every event is in the kernel already; there is nothing left to lose or to tell.
  }
}

const nothing = (): void => undefined;

const deadRecorder = (failure: string | null): Recorder => ({
  write: nothing,
  flush: nothing,
  close: nothing,
  failure: () => failure,
});

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);

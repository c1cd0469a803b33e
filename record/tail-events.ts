/** Reads an event file while its process goes on writing it. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ShapeTable } from './event-shape.ts';
import { parseLine } from './read-events.ts';

export interface EventTail<Event> {
  /** What has been written since the last call; empty as long as there is no file. */
  read(): Event[];
  close(): void;
}

const CHUNK_BYTES = 1 << 18;
const NEWLINE = 10;

/**
 * Lines that are no events are passed over, and so is the header: whoever judges the run reads the
 * file again, and names what is wrong with it. Throws nothing.
 */
export function tailEvents<Event>(path: string, shapes: ShapeTable): EventTail<Event> {
  let descriptor: number | null = null;
  let rest = Buffer.alloc(0);
  const chunk = Buffer.alloc(CHUNK_BYTES);

  const readChunk = (): Buffer => {
    descriptor ??= openIfThere(path);
    const length = descriptor === null ? 0 : readSync(descriptor, chunk);
    return chunk.subarray(0, length);
  };
  return {
    read() {
      const events: Event[] = [];
      for (let part = readChunk(); part.length > 0; part = readChunk()) {
        const bytes = Buffer.concat([rest, part]);
        const end = bytes.lastIndexOf(NEWLINE) + 1;
        rest = bytes.subarray(end);
        for (const line of bytes.toString('utf8', 0, end).split('\n')) {
          const event = parseLine(line, shapes);
          if (typeof event !== 'string') events.push(event as Event);
        }
      }
      return events;
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

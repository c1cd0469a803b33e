/**
 * Reads one event file, whatever is in it. A process may have been killed while it wrote, a disk may
 * have lost a piece, somebody may have edited the file: what is sound is used, what is not is named
 * with file, line and reason, and nothing throws.
 */
import { basename } from 'node:path';
import { headerShape } from './event-shape.ts';
import type { ShapeTable } from './event-shape.ts';
import type { HeaderEvent } from './events.ts';
import { isObject, shapeProblem, shown } from './field-check.ts';
import { parseJson } from './first-line.ts';
import { readPlainFile } from './plain-file.ts';

export interface Damage {
  /**
   * cut-tail: the last line has no line end; normal where a process was killed. malformed: a line
   * that is not an event. missing, unreadable: the whole file. foreign: it belongs to another run or
   * process.
   */
  readonly kind: 'cut-tail' | 'malformed' | 'missing' | 'unreadable' | 'foreign';
  /** Name within the run directory. */
  readonly file: string;
  /** From 1; null: the file as a whole. */
  readonly line: number | null;
  readonly reason: string;
}

export interface EventFile<Event> {
  readonly file: string;
  readonly isPresent: boolean;
  readonly header: HeaderEvent | null;
  /**
   * Oldest first, without the header. To be walked by `forEach`: to loop over `entries()` of a whole record
   * takes several times as long (docs/benchmark.md).
   */
  readonly events: readonly Event[];
  /** lines[i] is the line of events[i], from 1. */
  readonly lines: readonly number[];
}

/** Further malformed lines of a file are only counted. */
const MALFORMED_SHOWN_MAX = 20;
const NEWLINE = 10;

export function readEvents<Event>(
  path: string,
  shapes: ShapeTable,
  damage: Damage[],
): EventFile<Event> {
  const file = basename(path);
  const bytes = readBytes(path, file, damage);
  const lines: number[] = [];
  const events: Event[] = [];
  const problems: Damage[] = [];
  let header: HeaderEvent | null = null;
  forEachLine(bytes ?? Buffer.alloc(0), (text, line, isCut) => {
    if (isCut) damage.push({ kind: 'cut-tail', file, line, reason: 'the last line is cut' });
    const parsed = parseLine(text, line === 1 ? { header: headerShape } : shapes);
    if (typeof parsed === 'string') {
      if (!isCut) problems.push({ kind: 'malformed', file, line, reason: parsed });
    } else if (line === 1) {
      header = parsed as unknown as HeaderEvent;
    } else {
      events.push(parsed as Event);
      lines.push(line);
    }
  });
  if (bytes?.length === 0) {
    damage.push({ kind: 'cut-tail', file, line: null, reason: 'the file is empty' });
  }
  damage.push(...summarised(problems, file));
  return { file, isPresent: bytes !== null, header, events, lines };
}

function summarised(problems: readonly Damage[], file: string): readonly Damage[] {
  if (problems.length <= MALFORMED_SHOWN_MAX) return problems;
  const reason = `${problems.length} lines are malformed; the first ${MALFORMED_SHOWN_MAX} are named`;
  const summary: Damage = { kind: 'malformed', file, line: null, reason };
  return [...problems.slice(0, MALFORMED_SHOWN_MAX), summary];
}

/** Null, and named, when there is nothing to read. */
export function readBytes(path: string, file: string, damage: Damage[]): Buffer | null {
  try {
    return readPlainFile(path);
  } catch (error) {
    const code = isObject(error) ? String(error['code']) : 'unknown';
    if (code === 'ENOENT')
      damage.push({ kind: 'missing', file, line: null, reason: 'no such file' });
    else damage.push({ kind: 'unreadable', file, line: null, reason: `cannot be read (${code})` });
    return null;
  }
}

/** Bytes that are decoded at once: far less than the longest string. */
const PIECE_BYTES = 1 << 24;

/** `line`: from 1. */
function forEachLine(
  bytes: Buffer,
  take: (text: string, line: number, isCut: boolean) => void,
): void {
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const end = endOfPiece(bytes, start);
    const texts = bytes.toString('utf8', start, end).split('\n');
    // What follows the last line end: nothing, or the line that is cut.
    const rest = texts.pop() ?? '';
    texts.forEach((text) => {
      take(text, ++line, false);
    });
    if (rest !== '') take(rest, line + 1, true);
    start = end;
  }
}

/** Behind the last line end that is near enough; behind the next one when a line is longer than that. */
function endOfPiece(bytes: Buffer, start: number): number {
  const most = start + PIECE_BYTES;
  if (most >= bytes.length) return bytes.length;
  const last = bytes.lastIndexOf(NEWLINE, most);
  const end = last >= start ? last : bytes.indexOf(NEWLINE, most);
  return end < 0 ? bytes.length : end + 1;
}

/** The event, or what is wrong with it. */
export function parseLine(
  text: string,
  shapes: ShapeTable,
): Readonly<Record<string, unknown>> | string {
  const event = parseJson(text);
  if (!isObject(event)) return 'not a JSON object';
  const { kind } = event;
  const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  if (shape === undefined) {
    const kinds = Object.keys(shapes).join(', ');
    return `kind is ${shown(kind)}, expected one of ${kinds}`;
  }
  return shapeProblem(event, shape) ?? event;
}

/** The first line of an event file: whose it is, and of which run. Read while the rest is written. */
import { headerShape } from './event-shape.ts';
import type { HeaderEvent } from './events.ts';
import { shapeProblem, isObject } from './field-check.ts';
import { firstLine, parseJson } from './first-line.ts';

/** Null: there is no such file, or it does not begin with a header. */
export function readHeader(path: string): HeaderEvent | null {
  const header = parseJson(firstLine(path));
  const isHeader = isObject(header) && shapeProblem(header, headerShape) === null;
  return isHeader ? (header as unknown as HeaderEvent) : null;
}

/**
 * Every single change of a record: each line of each file left out, doubled, or moved by one, and each
 * field of each line, header and counters included, changed in several ways. The record is changed in
 * memory, as read-run.ts gives it: no other line moves.
 */
import type { NodeId } from '../../../agreement/algorithm.ts';
import type { EventFile } from '../../../record/read-events.ts';
import type { RunRecord } from '../../../record/read-run.ts';

/** A line as JSON has it. */
export type Line = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface Mutant {
  readonly record: RunRecord;
  readonly file: string;
  /** Index in the file's events; −1: the header. */
  readonly index: number;
  readonly before: Line;
  /** What happened to the line: a field's path, or one of these. */
  readonly change: string;
  /** The field as it is now. */
  readonly value: unknown;
}

type AnyFile = EventFile<Line>;

const filesOf = (record: RunRecord): AnyFile[] =>
  [record.master, record.launcher, ...record.nodes.values()].filter(
    ({ isPresent }) => isPresent,
  ) as unknown as AnyFile[];

function withFile(record: RunRecord, file: AnyFile): RunRecord {
  if (record.master.file === file.file) return { ...record, master: file as never };
  if (record.launcher.file === file.file) return { ...record, launcher: file as never };
  const id = [...record.nodes].find(([, { file: name }]) => name === file.file)?.[0] ?? 0;
  return { ...record, nodes: new Map([...record.nodes, [id, file as never]]) };
}

export function* mutantsOf(record: RunRecord): Generator<Mutant> {
  for (const file of filesOf(record)) {
    if (file.header !== null) yield* changedHeaders(record, file);
    for (const [index, line] of file.events.entries()) {
      yield* movedLines(record, file, index);
      for (const [path, value] of changesOf(line, record)) {
        const events = file.events.with(index, withField(line, path, value) as Line);
        const changed = withFile(record, { ...file, events });
        const change = path.join('.');
        yield { record: changed, file: file.file, index, before: line, change, value };
      }
    }
  }
}

function* changedHeaders(record: RunRecord, file: AnyFile): Generator<Mutant> {
  const header = file.header as unknown as Line;
  for (const [path, value] of changesOf(header, record)) {
    const changed = { ...file, header: withField(header, path, value) as never };
    const change = path.join('.');
    const mutated = withFile(record, changed);
    yield { record: mutated, file: file.file, index: -1, before: header, change, value };
  }
}

function* movedLines(record: RunRecord, file: AnyFile, index: number): Generator<Mutant> {
  const { events } = file;
  const before = events[index];
  if (before === undefined) return;
  const as = (change: string, lines: readonly Line[]): Mutant => {
    const numbers = lines.map((_, at) => at + 2);
    const changed = withFile(record, { ...file, events: lines, lines: numbers });
    return { record: changed, file: file.file, index, before, change, value: undefined };
  };
  yield as('left out', events.toSpliced(index, 1));
  yield as('doubled', events.toSpliced(index, 0, before));
  const next = events[index + 1];
  if (next !== undefined)
    yield as('swapped with the next', events.toSpliced(index, 2, next, before));
}

type Path = readonly string[];

function* changesOf(line: Line, record: RunRecord): Generator<readonly [Path, unknown]> {
  for (const [field, value] of Object.entries(line)) {
    if (field === 'kind') continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [path, inner] of changesOf({ kind: '', ...value }, record)) {
        yield [[field, ...path], inner];
      }
    } else {
      for (const other of othersThan(field, value, record)) yield [[field], other];
    }
  }
}

const isId = (field: string): boolean =>
  ['from', 'to', 'node', 'peer', 'reporter', 'id'].includes(field);

function othersThan(field: string, value: unknown, record: RunRecord): readonly unknown[] {
  const n = record.nodes.size;
  if (field === 'code') return [0, 1, 2, 255, null].filter((x) => x !== value);
  if (field === 'signal') return ['SIGKILL', 'SIGINT', null].filter((x) => x !== value);
  if (Array.isArray(value)) return otherLists(value as NodeId[], n, field === 'to');
  if (value === 'all') return [[], Array.from({ length: n - 1 }, (_, i) => i + 1)];
  if (typeof value === 'string') return (texts[field] ?? [`${value}x`]).filter((x) => x !== value);
  if (value === null) return [0, 1_000];
  if (typeof value !== 'number') return [];
  if (isId(field)) return Array.from({ length: n + 1 }, (_, i) => i + 1).filter((x) => x !== value);
  if (field === 'round') return [value + 1, value - 1].filter((x) => x >= 0);
  if (field === 'value' || field === 'input') return otherValues(value);
  if (field === 'delay') return [value + 1, value - 1, null];
  if (field === 'schema') return [];
  return [value + 1, value - 1, value + 1e6, value - 1e6].filter((x) => x >= 0);
}

/** Words that the schema knows. */
const texts: Readonly<Record<string, readonly string[]>> = {
  outcome: ['complete', 'no-progress', 'interrupted'],
  mode: ['announce', 'silent'],
  direction: ['in', 'out'],
  process: ['node', 'master', 'simulator'],
};

/** The next double, a small and a large step, the other sign. */
function otherValues(value: number): readonly number[] {
  const [bits] = new BigUint64Array(Float64Array.of(value).buffer);
  const [next] = new Float64Array(BigUint64Array.of((bits ?? 0n) + 1n).buffer);
  return [next ?? 0, value + 1e-9, value - 0.3, value + 5, -value].filter(
    (other) => !Object.is(other, value),
  );
}

function otherLists(list: readonly NodeId[], n: number, isTarget: boolean): readonly unknown[] {
  const absent = Array.from({ length: n }, (_, i) => i + 1).filter((id) => !list.includes(id));
  const [first, ...rest] = list;
  return [
    ...(isTarget ? ['all'] : []),
    ...(list.length > 1 ? [list.toReversed(), list.with(0, list.at(-1) ?? 0)] : []),
    ...(first === undefined ? [] : [rest, [...list, first]]),
    ...absent.flatMap((id) => [[...list, id], ...(first === undefined ? [] : [[...rest, id]])]),
  ];
}

function withField(line: object, [field = '', ...rest]: Path, value: unknown): object {
  if (rest.length === 0) return { ...line, [field]: value };
  const inner = (line as Readonly<Record<string, object>>)[field] ?? {};
  return { ...line, [field]: withField(inner, rest, value) };
}

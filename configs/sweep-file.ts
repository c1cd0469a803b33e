/**
 * A sweep in a file, YAML or JSON (every JSON text is YAML). What the words in it mean is for the
 * sweep to say; here is what may stand where, and in which line something else does.
 */
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import * as z from 'zod';
import { ConfigError, problemAt, quoted } from './config-error.ts';
import type { Place, Problem } from './config-error.ts';
import { nearest } from './nearest.ts';
import { SEED_MAX } from '../faults/draw.ts';

/** Runs per cell: what one sweep, and its page, can hold. */
export const REPEAT_MAX = 1_000_000;

const word = z.union([z.string(), z.number()]).transform(String);
const words = z.union([word.transform((one) => [one]), z.array(word).min(1)]);
const axes = z.record(z.string(), words);

const schema = z.strictObject({
  name: z.string().min(1).optional(),
  config: z.string().min(1),
  engine: z.enum(['simulate', 'cluster']).optional(),
  repeat: z.int().min(1).max(REPEAT_MAX).optional(),
  'seed-from': z.int().min(0).max(SEED_MAX).optional(),
  inputs: z.string().min(1).optional(),
  set: axes.optional(),
  vary: z.union([axes.transform((one) => [one]), z.array(axes).min(1)]).optional(),
  compare: z.string().optional(),
  keep: z.enum(['all', 'doubtful', 'none']).optional(),
});

export type SweepFile = z.infer<typeof schema>;

/** What each key is, for problems. */
const expectations: Readonly<Record<string, string>> = {
  name: 'a name for the results',
  config: 'the path of a config, from where this file is',
  engine: 'simulate or cluster',
  repeat: `how many runs per cell: a whole number from 1 to ${REPEAT_MAX}`,
  'seed-from': 'the seed of the first repetition: a whole number of at least 0',
  inputs: 'where inputs come from, for example "uniform 0 1"',
  set: 'config keywords, each with the rest of its line',
  vary: 'names, each with a value, an interval like 3..20 or a list; or a list of such blocks',
  compare: 'the name of something that is varied',
  keep: 'all, doubtful or none',
};

export interface ReadSweepFile {
  readonly content: SweepFile;
  /** Where something is said: `placeOf('vary', 'n')`. */
  readonly placeOf: (...path: readonly (string | number)[]) => Place;
}

/** `file`: as problems name it. Throws ConfigError with every problem. */
export function parseSweepFile(file: string, text: string): ReadSweepFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): Place => ({ file, line: lines.linePos(offset).line });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ message, pos }) =>
        problemAt(lineAt(pos[0]), message.trim(), 'YAML or JSON', 'look at the indentation there'),
      ),
    );
  }
  const placeOf = (...path: readonly (string | number)[]): Place => {
    const offset = offsetOf(document, path);
    return offset === null ? { file, line: null } : lineAt(offset);
  };
  const read = schema.safeParse(contentOf(document, file));
  if (read.success) return { content: read.data, placeOf };
  throw new ConfigError(read.error.issues.flatMap((issue) => problemsOf(issue, placeOf)));
}

/** A few words of YAML can stand for any number of them: the package refuses to write those out. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = 'write out what the aliases stand for';
    throw new ConfigError([problemAt({ file, line: null }, what, 'fewer aliases', remedy)]);
  }
}

type PlaceOf = ReadSweepFile['placeOf'];

function problemsOf(issue: z.core.$ZodIssue, placeOf: PlaceOf): Problem[] {
  const path = deepestPath(issue);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, placeOf(...path, key)));
  }
  const [key] = path;
  if (key === undefined) {
    const remedy = 'write for example "config: ../5nodes.txt"';
    return [problemAt(placeOf(), 'this is no sweep', 'keys with values', remedy)];
  }
  const expected = expectations[String(key)] ?? 'something else';
  const isMissing = issue.code === 'invalid_type' && key === 'config' && issue.input === undefined;
  const what = isMissing ? 'config is missing or no text' : `${path.join('.')} cannot be used`;
  return [problemAt(placeOf(...path), what, expected, 'correct it; docs/sweep.md has examples')];
}

/** Of a choice that fits nowhere: where the best of its branches came to. */
function deepestPath(issue: z.core.$ZodIssue): (string | number)[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code !== 'invalid_union') return path;
  const below = issue.errors.flat().map(deepestPath);
  return below.reduce(
    (longest, one) => (path.length + one.length > longest.length ? [...path, ...one] : longest),
    path,
  );
}

function unknownKey(key: string, place: Place): Problem {
  const known = Object.keys(expectations);
  const close = nearest(key, known);
  const remedy =
    close === null ? 'config keywords go under set or vary' : `did you mean ${quoted(close)}?`;
  return problemAt(place, `unknown key ${quoted(key)}`, known.join(', '), remedy);
}

/** Of the key, so that the line is the one in which it stands; null: it is not there. */
function offsetOf(document: Document, path: readonly (string | number)[]): number | null {
  const parent = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const items = (parent as { items?: readonly unknown[] } | null)?.items ?? [];
  for (const [index, item] of items.entries()) {
    const pair = item as { key?: { value?: unknown; range?: readonly number[] }; range?: number[] };
    if (pair.key !== undefined && pair.key.value === key) return pair.key.range?.[0] ?? null;
    if (pair.key === undefined && index === key) return pair.range?.[0] ?? null;
  }
  // The nearest thing around it that is there.
  return path.length > 1 ? offsetOf(document, path.slice(0, -1)) : null;
}

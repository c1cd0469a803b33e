/**
 * What each slot of the grammar may hold. Every value is checked by itself, so that one bad value
 * hides neither another one nor the rules that compare values (rules-*.ts).
 *
 * The only file that loads zod: who only needs a resolved config does not pay for it.
 */
import * as z from 'zod';
import { VALUE_MAX } from '../agreement/update-rule.ts';
import { ROUNDS_MAX } from '../agreement/worst-case-rounds.ts';
import { problemAt, quoted } from './config-error.ts';
import type { Problem } from './config-error.ts';
import { entries } from './grammar.ts';
import { DURATION_MS_MAX, KEEP_ALIVE_MS_MIN, NODES_MAX } from './limits.ts';
import type { Statement } from './read-line.ts';
import { slots } from './slots.ts';
import type { SlotName } from './slots.ts';

const durationMs = z.number().min(0).max(DURATION_MS_MAX);
const timeMs = z.number().positive().max(DURATION_MS_MAX);
/** Of something that happens again and again: less would be too often to be worked out. */
const meanMs = z.number().min(1).max(DURATION_MS_MAX);
const id = z.int().min(1);
const round = z.int().min(0);
const range = (each: typeof id) =>
  z.object({ first: each, last: each }).refine(({ first, last }) => first <= last);
const seed = z.int().min(0);

/** Digits and dots are meant as an IPv4 address, although 300.1.1.1 would pass as a host name. */
const hostName = z.hostname().refine((text) => !/^[\d.]+$/.test(text));

const slotSchemas = {
  ALPHA: z.number().min(0.1).max(100),
  AT: durationMs,
  BURST: z.number().min(0).max(1),
  CANDIDATE: z.array(id),
  CAP: durationMs,
  COUNT: z.int().min(0),
  DELAY: durationMs,
  EPSILON: z.number().positive(),
  F: z.int().min(0),
  FACTOR: z.number().min(1).max(1000),
  FROM: id,
  GAP: meanMs,
  HOST: z.union([z.ipv4(), z.ipv6(), hostName]),
  ID: id,
  INPUT: z.number().min(-VALUE_MAX).max(VALUE_MAX),
  MAX: durationMs,
  MEAN: durationMs,
  MEDIAN: durationMs,
  MIN: durationMs,
  N: z.int().min(1).max(NODES_MAX),
  NAME: z.string(),
  NODE: id,
  P: z.number().min(0).max(1),
  PEER: z.array(id),
  PORT: z.int().min(0).max(65_535),
  R: z.int().min(1).max(ROUNDS_MAX),
  ROUND: round,
  RECEIVERS: range(id),
  ROUNDS: range(round),
  RTO: meanMs,
  SEED: z.union([seed, z.literal('random')]),
  SENDERS: z.array(range(id)),
  SETS: z.array(z.union([range(id), z.literal('|')])),
  SIGMA: z.number().min(0).max(10),
  SILENCE: meanMs,
  SINCE: durationMs,
  UNANSWERED: timeMs.min(KEEP_ALIVE_MS_MIN),
  TIME: timeMs,
  TO: id,
  UNTIL: durationMs.nullable(),
} satisfies Record<SlotName, z.ZodType>;

/** What could be read and is legal by itself; everything else is absent. */
export type CheckedValues = {
  [K in SlotName]?: z.infer<(typeof slotSchemas)[K]>;
} & { choice?: string };

export interface CheckedStatement extends Omit<Statement, 'values'> {
  readonly values: CheckedValues;
}

export function checkStatement(statement: Statement): {
  checked: CheckedStatement;
  problems: Problem[];
} {
  // The keys are slots, and what is under a key has passed the slot's schema.
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [slot, raw] of Object.entries(statement.values)) {
    if (!isSlot(slot)) {
      values[slot] = raw;
      continue;
    }
    const result = slotSchemas[slot].safeParse(raw);
    if (result.success) values[slot] = result.data;
    else problems.push(outOfRange(statement, slot, raw));
  }
  return { checked: { ...statement, values }, problems };
}

const isSlot = (name: string): name is SlotName => Object.hasOwn(slots, name);

function outOfRange(statement: Statement, slot: SlotName, raw: unknown): Problem {
  const example = entries.find((entry) => entry.statement === statement.name)?.example ?? '';
  const shown = typeof raw === 'string' ? quoted(raw) : describeValue(raw);
  const what = `${slot} of ${statement.keyword} is ${shown}`;
  return problemAt(
    statement.place,
    what,
    slots[slot].what,
    `correct it, for example ${quoted(example)}`,
  );
}

function describeValue(raw: unknown): string {
  if (Array.isArray(raw)) return raw.slice(0, 20).map(describeValue).join(' ');
  if (typeof raw === 'object' && raw !== null && 'first' in raw && 'last' in raw) {
    return `${String(raw.first)}-${String(raw.last)}`;
  }
  return String(raw);
}

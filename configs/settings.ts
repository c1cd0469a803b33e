/**
 * Statements → typed settings, each with its place. A statement with a problem in it gives no
 * setting, apart from `node`, of which every part that is known takes part in the rules.
 */
import type {
  Clog,
  CrashHazard,
  CrashMode,
  DelayDistribution,
  FaultSettings,
  Hold,
  Kill,
  Loss,
  Pause,
  ScriptedCrash,
  SlowNode,
  TimedHold,
} from '../faults/settings.ts';
import type { Place, Problem } from './config-error.ts';
import type { Entry } from './entry.ts';
import { entries } from './grammar.ts';
import type { StatementName } from './grammar.ts';
import { wordsOf } from './parse-text.ts';
import { readLine } from './read-line.ts';
import type { Statement } from './read-line.ts';
import type { NodeConfig } from './run-config.ts';
import type { NumberRange } from './match-form.ts';
import { checkStatement } from './schema.ts';
import type { CheckedValues } from './schema.ts';

/** One line per entry of the grammar. Null: not all of its values are known. */
const readers = {
  algorithm: (v) => v.NAME ?? null,
  epsilon: (v) => v.EPSILON ?? null,
  f: (v) => v.F ?? null,
  delay: (v, form) => readDelay(v, form),
  order: (v): FaultSettings['order'] | null => oneOf(v.choice, ['fifo', 'any']),
  'crash-hazard': (v) => readHazard(v),
  'crash-script': (v) => readScriptedCrash(v),
  'crash-mode': (v): CrashMode | null => oneOf(v.choice, ['announce', 'silent']),
  candidates: (v) => v.CANDIDATE ?? null,
  hold: (v) => readHold(v),
  'hold-by-time': (v): TimedHold | null =>
    complete({ from: v.FROM, to: v.TO, fromMs: v.SINCE, untilMs: v.UNTIL }),
  partition: (v) => readPartition(v),
  slow: (v, form) => readSlow(v, form),
  loss: (v): Loss | null =>
    complete({
      probability: v.P,
      rtoMs: v.RTO,
      capMs: v.CAP,
      ...(v.BURST !== undefined && { burst: v.BURST }),
    }),
  duplicate: (v) => v.P ?? null,
  clog: (v): Clog | null => complete({ everyMs: v.GAP, forMs: v.SILENCE, capMs: v.CAP }),
  kill: (v): Kill | null => complete({ node: v.NODE, atMs: v.AT }),
  pause: (v): Pause | null => complete({ node: v.NODE, fromMs: v.SINCE, untilMs: v.UNTIL }),
  use: (v) => readUse(v),
  stop: (v) => oneOf(v.choice, ['frozen', 'rounds']),
  rounds: (v) => v.R ?? null,
  seed: (v) => v.SEED ?? null,
  'time-limit': (v) => v.TIME ?? null,
  patience: (v) => v.TIME ?? null,
  tls: (v) => oneOf(v.choice, ['on', 'off']),
  'keep-alive': (v) => v.UNANSWERED ?? null,
  unsound: (v) => oneOf(v.choice, ['yes', 'no']),
  master: (v) => complete({ host: v.HOST, port: v.PORT }),
  node: (v): Partial<NodeConfig> => ({
    ...(v.ID !== undefined && { id: v.ID }),
    ...(v.INPUT !== undefined && { input: v.INPUT }),
    ...(v.HOST !== undefined && { host: v.HOST }),
    ...(v.PORT !== undefined && { port: v.PORT }),
  }),
  n: (v) => v.N ?? null,
} satisfies Record<StatementName, (values: CheckedValues, form: string) => unknown>;

export type SettingValue<K extends StatementName> = NonNullable<ReturnType<(typeof readers)[K]>>;

export interface Located<T> {
  readonly value: T;
  readonly place: Place;
  readonly from: Statement['from'];
}

/** Per kind of statement, in the order given; defaults included. */
export type Settings = {
  readonly [K in StatementName]: readonly Located<SettingValue<K>>[];
};

export interface Gathered {
  readonly settings: Settings;
  /** Said, by whatever words: nobody needs to hear that it is missing. */
  readonly said: ReadonlySet<StatementName>;
  readonly problems: readonly Problem[];
}

/** Of a keyword that is no list the first statement counts; the second is a problem already. */
export function gatherSettings(file: string, statements: readonly Statement[]): Gathered {
  const said = new Set(statements.map(({ name }) => name));
  const problems: Problem[] = [];
  const settings: Record<string, Located<unknown>[]> = {};
  for (const { statement } of entries) settings[statement] = [];
  for (const statement of [...statements, ...defaultsFor(file, said)]) {
    const { checked, problems: found } = checkStatement(statement);
    problems.push(...found);
    const value = readers[statement.name](checked.values, statement.form);
    const { place, from } = statement;
    if (value !== null) settings[statement.name]?.push({ value, place, from });
  }
  // Each list holds what the reader of its kind returned.
  return { settings: settings as unknown as Settings, said, problems };
}

/** A default is read like a line that somebody wrote. */
function defaultsFor(file: string, said: ReadonlySet<StatementName>): readonly Statement[] {
  return entries.flatMap((entry: Entry & { statement: StatementName }) => {
    if (entry.default === null || said.has(entry.statement)) return [];
    const words = wordsOf(entry.default);
    return readLine(entry.keyword, words, { file, line: null }, 'default').statements;
  });
}

function readDelay(v: CheckedValues, form: string): DelayDistribution | null {
  const [word = ''] = form.split(' ');
  switch (word) {
    case 'constant':
      return complete({ kind: 'constant', delayMs: v.DELAY });
    case 'exponential':
      return complete({ kind: 'exponential', minMs: v.MIN, meanMs: v.MEAN, capMs: v.CAP });
    case 'lognormal':
      return complete({ kind: 'lognormal', medianMs: v.MEDIAN, sigma: v.SIGMA, capMs: v.CAP });
    case 'pareto':
      return complete({ kind: 'pareto', minMs: v.MIN, alpha: v.ALPHA, capMs: v.CAP });
    default:
      return complete({ kind: 'uniform', minMs: v.MIN, maxMs: v.MAX });
  }
}

function readHazard(v: CheckedValues): CrashHazard | null {
  const word = oneOf(v.choice ?? 'per-send', ['per-send', 'per-round', 'round-end']);
  const per = { 'per-send': 'send', 'per-round': 'round', 'round-end': 'round-end' } as const;
  return complete({ probability: v.P, per: word === null ? undefined : per[word] });
}

function readScriptedCrash(v: CheckedValues): ScriptedCrash | null {
  const extent =
    v.PEER === undefined
      ? complete({ after: v.COUNT })
      : complete({ reaching: v.PEER.toSorted((a, b) => a - b) });
  return complete({ node: v.NODE, round: v.ROUND, extent: extent ?? undefined });
}

const readHold = (v: CheckedValues): Hold | null =>
  complete({
    from: v.FROM,
    to: v.TO,
    firstRound: v.ROUNDS?.first,
    lastRound: v.ROUNDS?.last,
    untilMs: v.UNTIL,
  });

/** A receive set as it was written: ranges may be far too large to be expanded. */
export interface ScriptedUse {
  readonly receivers: NumberRange;
  readonly rounds: NumberRange;
  readonly senders: readonly NumberRange[];
}

const readUse = (v: CheckedValues): ScriptedUse | null =>
  complete({ receivers: v.RECEIVERS, rounds: v.ROUNDS, senders: v.SENDERS });

/** A partition as it was written; every bar ends a set. */
export interface ScriptedPartition {
  readonly sets: readonly (readonly NumberRange[])[];
  readonly fromMs: number;
  readonly untilMs: number | null;
}

function readPartition(v: CheckedValues): ScriptedPartition | null {
  const sets: NumberRange[][] = [[]];
  for (const word of v.SETS ?? []) {
    if (word === '|') sets.push([]);
    else sets.at(-1)?.push(word);
  }
  return complete({ sets: v.SETS && sets, fromMs: v.SINCE, untilMs: v.UNTIL });
}

/** After `NODE plus` the forms are those of `delay`. */
function readSlow(v: CheckedValues, form: string): SlowNode | null {
  const plus = form.startsWith('NODE plus ') ? readDelay(v, form.slice('NODE plus '.length)) : null;
  const by = plus === null ? complete({ factor: v.FACTOR }) : { plus };
  return complete({ node: v.NODE, by: by ?? undefined });
}

type Complete<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The parts, or null when one of them is unknown. */
const complete = <const T extends object>(parts: T): Complete<T> | null =>
  Object.values(parts).includes(undefined) ? null : (parts as Complete<T>);

const oneOf = <const T extends string>(word: string | undefined, known: readonly T[]): T | null =>
  known.find((candidate) => candidate === word) ?? null;

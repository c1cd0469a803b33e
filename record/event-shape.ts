/**
 * What the fields of every event must be, one table per kind of file. The compiler holds the tables
 * against events.ts: an event or a field without a check does not compile.
 */
import type { HeaderEvent, LauncherEvent, MasterEvent, NodeEvent } from './events.ts';
import { EVENT_SCHEMA } from './events.ts';
import * as check from './field-check.ts';
import type { FieldCheck, Shape } from './field-check.ts';

/** Members of the union whose kind may be `Kind`. */
type OfKind<Event, Kind> = Event extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Event
    : never
  : never;
type Shapes<Event extends { readonly kind: string }> = {
  readonly [Kind in Event['kind']]: {
    readonly [Field in Exclude<keyof OfKind<Event, Kind>, 'kind'>]: FieldCheck;
  };
};

/** By kind of event. */
export type ShapeTable = Readonly<Record<string, Shape>>;

const t = check.finite;
const { node, round, value, text } = check;

export const headerShape = {
  t,
  schema: check.oneOf(1, EVENT_SCHEMA),
  run: text,
  process: check.oneOf('node', 'master', 'launcher', 'simulator'),
  id: check.processId,
  originUs: check.finite,
  pid: check.count,
  node: text,
  host: check.orAbsent(text),
} satisfies Shapes<HeaderEvent>['header'];

const traffic = check.recordOf(check.shaped({ messages: check.count, bytes: check.count }));
const statistics = {
  t,
  cpuUserUs: check.finite,
  cpuSystemUs: check.finite,
  rssBytesMax: check.finite,
  loopBusyUs: check.orAbsent(check.finite),
  sent: traffic,
  received: traffic,
};
const refused = {
  t,
  from: check.orNull(check.processId),
  reason: text,
  count: check.orAbsent(check.count),
};
const message = {
  t,
  from: node,
  round,
  value,
  arrived: check.finite,
  delay: check.orNull(check.finite),
};

const origin = check.oneOf('live', 'scripted');
const onNode = { t, node, origin };
const onLink = { t, from: node, to: node, origin };

export const nodeShapes: ShapeTable = {
  start: { t, input: value },
  receive: message,
  pending: message,
  duplicate: message,
  report: { t, round, value, used: check.listOf(node) },
  multicast: { t, round, value, to: check.either(check.oneOf('all'), check.listOf(node)) },
  stop: { t, round },
  output: { t, round, value },
  crash: { t, round, mode: check.oneOf('announce', 'silent') },
  hold: { t, from: node },
  release: { t, from: node },
  fail: { t, from: node },
  link: { t, peer: check.processId, direction: check.oneOf('in', 'out'), how: text },
  refused,
  finish: { t, outcome: text },
  statistics,
  abandoned: { t, reason: text },
} satisfies Shapes<NodeEvent>;

export const masterShapes: ShapeTable = {
  registered: { t, node, host: text, port: check.count },
  ready: { t, node },
  start: { t },
  report: { t, from: node, round, value },
  fail: { t, from: node },
  death: { t, node, cause: text },
  pause: onNode,
  resume: onNode,
  kill: onNode,
  hold: onLink,
  release: onLink,
  link: { t, reporter: node, from: check.processId, to: check.processId },
  decide: { t, round },
  output: { t, from: node, round, value },
  finish: {
    t,
    outcome: check.oneOf(
      'complete',
      'too-many-deaths',
      'broken-link',
      'no-progress',
      'time-limit',
      'round-limit',
      'death-before-start',
      'interrupted',
      'algorithm-failed',
      'failure',
    ),
    reason: text,
  },
  refused,
  statistics,
} satisfies Shapes<MasterEvent>;

export const launcherShapes: ShapeTable = {
  spawned: { t, node: check.processId, pid: check.count },
  exited: {
    t,
    node: check.processId,
    code: check.orNull(check.finite),
    signal: check.orNull(text),
  },
  interrupted: { t, signal: text },
} satisfies Shapes<LauncherEvent>;

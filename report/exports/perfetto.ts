/**
 * The run as Chrome trace JSON, which ui.perfetto.dev opens: a track per node with a slice per round,
 * an arrow per message, a counter for the value. Times are microseconds since the run's origin, moved on
 * where clocks of two processes contradict cause and effect, so that no arrow points backwards.
 */
import { MASTER } from '../../agreement/algorithm.ts';
import type { NodeId } from '../../agreement/algorithm.ts';
import type { RunRecord } from '../../record/read-run.ts';
import { causalOrder, hostName } from './causal-order.ts';
import type { CausalEvent } from './causal-order.ts';
import { eventText } from './event-text.ts';

/** Of the format's own fields those that are used here. ts and dur: microseconds. */
export interface TraceEvent {
  /** X slice, s and f ends of an arrow, i instant, C counter, M name of a track. */
  readonly ph: 'X' | 's' | 'f' | 'i' | 'C' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  /** An arrow binds to the slice that encloses its end. */
  readonly bp?: 'e';
  /** An instant's scope: its thread. */
  readonly s?: 't';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Slices and arrows of one process share one track. */
const TRACK = 1;

/** One JSON document, in pieces. */
export function* perfettoText(record: RunRecord): Generator<string> {
  const order = causalOrder(record);
  const moved = order.reduce((most, { time, event }) => Math.max(most, time - event.t), 0);
  const about = { run: record.master.header?.run ?? null, timesMovedAtMostUs: moved };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n`;
  let separator = '';
  for (const event of traceEvents(order)) {
    yield `${separator}${JSON.stringify(event)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** In order of ts, names of tracks first. */
export function traceEvents(order: readonly CausalEvent[]): TraceEvent[] {
  const hosts = [...new Set(order.map(({ host }) => host))].sort((one, other) => one - other);
  // 0 is a process of the operating system's own to some viewers.
  const pidOf = (host: NodeId): number => (host === MASTER ? Math.max(0, ...hosts) + 1 : host);
  const slices = roundSlices(order, pidOf);
  const others = [
    ...arrows(order, slices, pidOf),
    ...instants(order, pidOf),
    ...counters(order, pidOf),
  ];
  const timed = [...slices, ...others].sort((one, other) => one.ts - other.ts);
  return [...hosts.flatMap((host) => names(host, pidOf(host))), ...timed];
}

const names = (host: NodeId, pid: number): TraceEvent[] => [
  { ph: 'M', name: 'process_name', pid, tid: TRACK, ts: 0, args: { name: hostName(host) } },
  { ph: 'M', name: 'process_sort_index', pid, tid: TRACK, ts: 0, args: { sort_index: host } },
  {
    ph: 'M',
    name: 'thread_name',
    pid,
    tid: TRACK,
    ts: 0,
    args: { name: host === MASTER ? 'phases' : 'rounds' },
  },
];

/** A round lasts from its report to the next one, the last to the node's last event. */
function roundSlices(order: readonly CausalEvent[], pidOf: (host: NodeId) => number): TraceEvent[] {
  const slices: TraceEvent[] = [];
  const open = new Map<
    NodeId,
    { readonly ts: number; readonly name: string; readonly args: object }
  >();
  const last = new Map<NodeId, number>();
  const close = (host: NodeId, end: number): void => {
    const slice = open.get(host);
    if (slice === undefined) return;
    const { ts, name, args } = slice;
    slices.push({
      ph: 'X',
      name,
      pid: pidOf(host),
      tid: TRACK,
      ts,
      dur: end - ts,
      args: { ...args },
    });
  };
  for (const { host, event, time } of order) {
    last.set(host, time);
    const begun = host === MASTER ? phaseOf(event.kind) : null;
    if (begun !== null) {
      close(host, time);
      open.set(host, { ts: time, name: begun, args: {} });
    } else if (host !== MASTER && event.kind === 'report' && 'used' in event) {
      const { round, value, used } = event;
      close(host, time);
      open.set(host, { ts: time, name: `round ${round}`, args: { value, used: used.join(' ') } });
    }
  }
  for (const [host, end] of last) close(host, end);
  return slices;
}

/** The master's slices. */
function phaseOf(kind: CausalEvent['event']['kind']): string | null {
  if (kind === 'start') return 'agreement';
  if (kind === 'decide') return 'stop';
  return kind === 'finish' ? 'finish' : null;
}

/** Both ends or none, each within a slice of its track. */
function arrows(
  order: readonly CausalEvent[],
  slices: readonly TraceEvent[],
  pidOf: (host: NodeId) => number,
): TraceEvent[] {
  const begins = new Map<number, number>();
  for (const { pid, ts } of slices) begins.set(pid, Math.min(begins.get(pid) ?? Infinity, ts));
  const ends: TraceEvent[] = [];
  let id = 0;
  for (const { host, event, cause, time } of order) {
    if (event.kind !== 'receive' || cause === null) continue;
    const [from, to] = [pidOf(cause.host), pidOf(host)];
    const isBound =
      cause.time >= (begins.get(from) ?? Infinity) && time >= (begins.get(to) ?? Infinity);
    if (!isBound) continue;
    id += 1;
    const common = { name: 'value', cat: 'message', id, tid: TRACK } as const;
    const args = { from: cause.host, to: host, round: event.round, value: event.value };
    ends.push({ ...common, ph: 's', pid: from, ts: cause.time, args });
    ends.push({ ...common, ph: 'f', bp: 'e', pid: to, ts: time, args });
  }
  return ends;
}

const shown: ReadonlySet<string> = new Set([
  'crash',
  'output',
  'stop',
  'death',
  'decide',
  'finish',
  'link',
  'refused',
  'abandoned',
]);

const instants = (order: readonly CausalEvent[], pidOf: (host: NodeId) => number): TraceEvent[] =>
  order
    .filter(({ event }) => shown.has(event.kind))
    .map((event) => ({
      ph: 'i',
      s: 't',
      name: event.event.kind,
      pid: pidOf(event.host),
      tid: TRACK,
      ts: event.time,
      args: { what: eventText(event) },
    }));

const counters = (order: readonly CausalEvent[], pidOf: (host: NodeId) => number): TraceEvent[] =>
  order.flatMap(({ host, event, time }) =>
    host !== MASTER && event.kind === 'report'
      ? [
          {
            ph: 'C' as const,
            name: 'value',
            pid: pidOf(host),
            tid: TRACK,
            ts: time,
            args: { value: event.value },
          },
        ]
      : [],
  );

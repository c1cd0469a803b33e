/**
 * All events of a run in one order that respects cause and effect: every process's events in the order
 * of its file, and no message before its sending, whatever the clocks say (those of two processes
 * agree to about a millisecond). Among events that do not depend on each other the clock decides.
 */
import { MASTER } from '../../agreement/algorithm.ts';
import type { NodeId, Round } from '../../agreement/algorithm.ts';
import type { MasterEvent, NodeEvent } from '../../record/events.ts';
import type { RunRecord } from '../../record/read-run.ts';

export type HostEvent = NodeEvent | MasterEvent;

export interface CausalEvent {
  /** 0: the master. */
  readonly host: NodeId;
  /** From 1, of this host. */
  readonly index: number;
  readonly event: HostEvent;
  /** The event of another host that this one follows from directly; null: none is recorded. */
  readonly cause: CausalEvent | null;
  /** One more than the latest of what it depends on. */
  lamport: number;
  /**
   * Microseconds since the run's origin, moved on where the clocks contradict cause and effect: always
   * later than its cause and than the host's event before.
   */
  time: number;
}

/** The least step by which a time is moved on: a nanosecond. */
const STEP_US = 0.001;

/** `keep`: which events take part. Must keep both ends of what it keeps of messages. */
export function causalOrder(
  record: RunRecord,
  keep: (event: HostEvent) => boolean = () => true,
): CausalEvent[] {
  const queues = hostQueues(record, keep);
  const marks = marksOf(queues);
  const next = new Map([...queues.keys()].map((host) => [host, 0]));
  const done = new Map<HostEvent, CausalEvent>();
  const before = new Map<NodeId, CausalEvent>();
  const order: CausalEvent[] = [];
  for (;;) {
    const host = nextHost(queues, next, marks, done);
    if (host === null) return order;
    const index = next.get(host) ?? 0;
    const event = queues.get(host)?.[index];
    if (event === undefined) return order;
    next.set(host, index + 1);
    const causeEvent = causeOf(marks, host, event);
    const cause = (causeEvent && done.get(causeEvent)) ?? null;
    const made = placed({ host, index: index + 1, event, cause }, before.get(host) ?? null);
    done.set(event, made);
    before.set(host, made);
    order.push(made);
  }
}

function placed(
  event: Omit<CausalEvent, 'lamport' | 'time'>,
  previous: CausalEvent | null,
): CausalEvent {
  const { cause } = event;
  const lamport = 1 + Math.max(previous?.lamport ?? 0, cause?.lamport ?? 0);
  const earliest = Math.max(previous?.time ?? -Infinity, cause?.time ?? -Infinity) + STEP_US;
  return { ...event, lamport, time: Math.max(event.event.t, earliest) };
}

function hostQueues(
  { nodes, master }: RunRecord,
  keep: (event: HostEvent) => boolean,
): Map<NodeId, readonly HostEvent[]> {
  const queues = new Map<NodeId, readonly HostEvent[]>([[MASTER, master.events.filter(keep)]]);
  for (const [id, { events }] of nodes) queues.set(id, events.filter(keep));
  return queues;
}

/**
 * Of the hosts whose next event waits for nothing, the one with the earliest. When all wait for each
 * other the record contradicts itself: then the earliest goes on without its cause.
 */
function nextHost(
  queues: ReadonlyMap<NodeId, readonly HostEvent[]>,
  next: ReadonlyMap<NodeId, number>,
  marks: Marks,
  done: ReadonlyMap<HostEvent, CausalEvent>,
): NodeId | null {
  let ready: { host: NodeId; t: number } | null = null;
  let waiting: { host: NodeId; t: number } | null = null;
  for (const [host, events] of queues) {
    const event = events[next.get(host) ?? 0];
    if (event === undefined) continue;
    const cause = causeOf(marks, host, event);
    const isReady = cause === null || done.has(cause);
    if (isReady && (ready === null || event.t < ready.t)) ready = { host, t: event.t };
    if (!isReady && (waiting === null || event.t < waiting.t)) waiting = { host, t: event.t };
  }
  return (ready ?? waiting)?.host ?? null;
}

/** Events that others follow from. Those of rounds are found by host and round. */
interface Marks {
  readonly multicasts: ReadonlyMap<NodeId, ReadonlyMap<Round, HostEvent>>;
  readonly reports: ReadonlyMap<NodeId, ReadonlyMap<Round, HostEvent>>;
  readonly outputs: ReadonlyMap<NodeId, HostEvent>;
  readonly crashes: ReadonlyMap<NodeId, HostEvent>;
  readonly start: HostEvent | null;
  readonly decide: HostEvent | null;
  readonly finish: HostEvent | null;
}

function marksOf(queues: ReadonlyMap<NodeId, readonly HostEvent[]>): Marks {
  const byRound = (kind: 'multicast' | 'report'): Marks['reports'] => {
    const found = new Map<NodeId, Map<Round, HostEvent>>();
    for (const [host, events] of queues) {
      const rounds = new Map<Round, HostEvent>();
      found.set(host, rounds);
      if (host === MASTER) continue;
      for (const event of events) {
        if (event.kind === kind && !rounds.has(event.round)) rounds.set(event.round, event);
      }
    }
    return found;
  };
  const byHost = (kind: 'output' | 'crash'): Map<NodeId, HostEvent> => {
    const found = new Map<NodeId, HostEvent>();
    for (const [host, events] of queues) {
      const event = events.find((each) => each.kind === kind);
      if (host !== MASTER && event !== undefined) found.set(host, event);
    }
    return found;
  };
  const ofMaster = (kind: HostEvent['kind']): HostEvent | null =>
    queues.get(MASTER)?.find((event) => event.kind === kind) ?? null;
  return {
    multicasts: byRound('multicast'),
    reports: byRound('report'),
    outputs: byHost('output'),
    crashes: byHost('crash'),
    start: ofMaster('start'),
    decide: ofMaster('decide'),
    finish: ofMaster('finish'),
  };
}

/** Null: it follows from nothing that another host has recorded. */
function causeOf(marks: Marks, host: NodeId, event: HostEvent): HostEvent | null {
  return host === MASTER ? causeAtMaster(marks, event) : causeAtNode(marks, event);
}

function causeAtMaster({ reports, outputs, crashes }: Marks, event: HostEvent): HostEvent | null {
  if (event.kind === 'report' && 'from' in event) {
    return reports.get(event.from)?.get(event.round) ?? null;
  }
  if (event.kind === 'output' && 'from' in event) return outputs.get(event.from) ?? null;
  if (event.kind === 'fail') return crashes.get(event.from) ?? null;
  return event.kind === 'death' ? (crashes.get(event.node) ?? null) : null;
}

function causeAtNode(marks: Marks, event: HostEvent): HostEvent | null {
  switch (event.kind) {
    case 'receive':
    case 'pending':
      return marks.multicasts.get(event.from)?.get(event.round) ?? null;
    case 'fail':
      return marks.crashes.get(event.from) ?? null;
    case 'link':
      return 'peer' in event ? (marks.crashes.get(event.peer) ?? null) : null;
    case 'start':
      return marks.start;
    case 'stop':
      return marks.decide;
    case 'finish':
      return marks.finish;
    default:
      return null;
  }
}

/** As other tools show it. */
export const hostName = (host: NodeId): string => (host === MASTER ? 'master' : `node-${host}`);

/**
 * O29: every file tells a life in its order: joining before the start, the start before everything,
 * nothing after the end, time never backwards; and the files agree about who was there.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { MasterEvent, NodeEvent, RecordedEvent } from '../../record/events.ts';
import type { EventFile } from '../../record/read-events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isReliable } from '../case.ts';
import { counted, nodesInWords } from '../in-words.ts';
import { breach, conclude, openNotes } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';
import { checkLauncher } from './processes.ts';
import { canReadMaster, leaveOutUnreadable } from '../unreadable.ts';

const ORDER = { id: 'O29', name: 'order of the record' } as const;

export function orderOfRecord(of: Case): OracleResult {
  const { record, readable } = of;
  const notes = openNotes();
  let lines = 0;
  for (const [node, file] of readable) {
    lines += file.events.length;
    checkTimes(notes, file);
    checkNode(notes, of, node, file);
  }
  if (canReadMaster(notes, of)) {
    lines += record.master.events.length;
    checkTimes(notes, record.master);
    checkMaster(notes, of);
  }
  if (record.launcher.isPresent && isReliable(record, record.launcher)) {
    lines += record.launcher.events.length;
    checkTimes(notes, record.launcher);
    checkLauncher(notes, of);
  }
  checkHeaders(notes, of);
  notes.checked += lines;
  leaveOutUnreadable(notes, of);
  const files = readable.size + 1 + (record.launcher.isPresent ? 1 : 0);
  const said = `${counted(lines, 'line')} of ${counted(files, 'file')} stand in the order of a run`;
  return conclude(ORDER, notes, said, { lines });
}

function checkTimes(notes: Notes, file: EventFile<RecordedEvent>): void {
  let latest = file.header?.t ?? -Infinity;
  for (const [index, { t }] of file.events.entries()) {
    if (t < latest) {
      const at = placeOf(file, index);
      breach(notes, `${at} is of ${t} µs, before the line above it`, { at });
    }
    latest = t;
  }
}

/** The stages of a node's life. Kinds that may come at any time are in none. */
const STAGES: Readonly<Partial<Record<NodeEvent['kind'], number>>> = {
  start: 1,
  receive: 2,
  report: 2,
  multicast: 2,
  stop: 2,
  output: 2,
  crash: 2,
  pending: 3,
  finish: 4,
  statistics: 5,
};
const ONCE: readonly NodeEvent['kind'][] = ['start', 'stop', 'crash', 'finish', 'statistics'];

function checkNode(notes: Notes, of: Case, node: NodeId, file: NodeFile): void {
  const { n, hasStarted, outcome } = factsOf(of);
  const seen = new Set<NodeEvent['kind']>();
  let stage = 0;
  for (const [index, event] of file.events.entries()) {
    const { kind } = event;
    const at = placeOf(file, index);
    const fail = (what: string): void => {
      breach(notes, `${at}: ${what}`, { node, at });
    };
    const next = STAGES[kind] ?? stage;
    if (next > 0 && stage === 0 && next !== 1 && STAGES[kind] !== undefined)
      fail(`${kind} before the start`);
    if (next < stage) fail(`${kind} after the end`);
    if (ONCE.includes(kind) && seen.has(kind)) fail(`a second ${kind}`);
    if (kind === 'start' && !hasStarted) fail('a start without that of the master');
    if (kind === 'finish' && outcome !== null && event.outcome !== outcome) {
      fail(`outcome ${event.outcome}; the master says ${outcome}`);
    }
    const other = kind === 'link' ? event.peer : kind === 'fail' ? event.from : null;
    if (other !== null && (other === node || other < 1 || other > n))
      fail(`${kind} names node ${other}`);
    seen.add(kind);
    stage = Math.max(stage, next);
  }
}

function factsOf({ observation, record }: Case): {
  readonly n: number;
  readonly hasStarted: boolean;
  readonly outcome: string | null;
} {
  const { master } = record;
  return {
    n: observation.ids.length,
    hasStarted: !isReliable(record, master) || master.events.some(({ kind }) => kind === 'start'),
    outcome: observation.finish?.outcome ?? null,
  };
}

/** What only a run that has started can have. */
const OF_A_RUN: readonly MasterEvent['kind'][] = ['report', 'decide', 'output'];

interface MasterSoFar {
  readonly registered: Set<NodeId>;
  readonly ready: Set<NodeId>;
  /** Kinds that come once. */
  readonly seen: Set<MasterEvent['kind']>;
}

function checkMaster(notes: Notes, of: Case): void {
  const { master } = of.record;
  const soFar: MasterSoFar = { registered: new Set(), ready: new Set(), seen: new Set() };
  for (const [index, event] of master.events.entries()) {
    const at = placeOf(master, index);
    for (const problem of masterProblems(of, soFar, event))
      breach(notes, `${at}: ${problem}`, { at });
  }
}

function masterProblems(of: Case, soFar: MasterSoFar, event: MasterEvent): string[] {
  const { registered, ready, seen } = soFar;
  switch (event.kind) {
    case 'registered': {
      // A node that leaves while others are awaited may come again.
      const isLate = ready.size > 0 || seen.has('start');
      registered.add(event.node);
      return isLate ? [`node ${event.node} registered too late`] : [];
    }
    case 'ready': {
      const isAgain = ready.has(event.node) || seen.has('start');
      ready.add(event.node);
      if (!registered.has(event.node)) return [`node ${event.node} is ready, but never registered`];
      return isAgain ? [`node ${event.node} is ready again`] : [];
    }
    case 'start':
    case 'finish':
    case 'statistics': {
      const isAgain = seen.has(event.kind);
      seen.add(event.kind);
      if (isAgain) return [`a second ${event.kind}`];
      return event.kind === 'start' ? barrierProblems(of, ready) : [];
    }
    case 'link': {
      const { reporter, from, to } = event;
      const isEnd = reporter === from || reporter === to;
      return isEnd ? [] : [`node ${reporter} speaks of the link from node ${from} to node ${to}`];
    }
    default: {
      const isEarly = OF_A_RUN.includes(event.kind) && !seen.has('start');
      const isLate = event.kind === 'decide' && seen.has('finish');
      return isEarly || isLate
        ? [`${event.kind} ${isEarly ? 'before the start' : 'after the end'}`]
        : [];
    }
  }
}

/** In virtual time nobody has to join. */
function barrierProblems({ record, observation }: Case, ready: ReadonlySet<NodeId>): string[] {
  const missing = observation.ids.filter((id) => !ready.has(id));
  const isJoined = record.master.header?.process === 'master';
  return isJoined && missing.length > 0
    ? [`the start came before ${nodesInWords(missing)} was ready`]
    : [];
}

/** One origin of time for all, and either all of them simulated or none. */
function checkHeaders(notes: Notes, { record, isVirtual }: Case): void {
  const files = [record.master, record.launcher, ...record.nodes.values()];
  const origin = record.master.header?.originUs;
  for (const { file, header } of files) {
    if (header === null) continue;
    const at = `${file}:1`;
    if (origin !== undefined && header.originUs !== origin) {
      breach(notes, `${at} counts from ${header.originUs} µs, the master from ${origin}`, { at });
    }
    const isSimulated = header.process === 'simulator';
    if (isSimulated !== isVirtual && record.master.header !== null) {
      breach(notes, `${at} was written by a ${header.process}, unlike the master's file`, { at });
    }
  }
}

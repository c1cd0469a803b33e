/**
 * O30: in virtual time nothing takes time but the delays. A step happens at the moment of its event,
 * the master hears and answers at once, and everybody sees a death when it happens.
 */
import type { NodeId } from '../../agreement/algorithm.ts';
import type { Closure } from '../../faults/closures.ts';
import { noticedUs, pausesOf } from '../../faults/pauses.ts';
import { scriptOf } from '../../faults/script.ts';
import type { MasterEvent, NodeEvent } from '../../record/events.ts';
import type { NodeFile } from '../../record/read-run.ts';
import type { OracleResult } from '../../record/result.ts';
import type { Case } from '../case.ts';
import { isWhole } from '../case.ts';
import { counted } from '../in-words.ts';
import { breach, conclude, notApplicable, openNotes } from '../notes.ts';
import type { Notes } from '../notes.ts';
import { placeOf } from '../observe.ts';

const VIRTUAL = { id: 'O30', name: 'virtual time' } as const;

export function virtualTime(of: Case): OracleResult {
  if (!of.isVirtual) return notApplicable(VIRTUAL, 'the processes were real');
  const notes = openNotes();
  const clock = clockOf(of);
  for (const [node, file] of of.readable) {
    const pauses = pausesOf(of.record.config?.faults ?? {}, node);
    file.events.forEach((event, index) => {
      notes.checked += 1;
      const due = nodeTime(clock, pauses, file, index, event);
      if (due === null || due === event.t) return;
      const at = placeOf(file, index);
      breach(notes, `${at} is of ${event.t} µs; it happens at ${due}`, { node, at });
    });
    checkEnd(notes, of, node, file);
  }
  checkMasterTimes(notes, of, clock);
  checkReports(notes, of);
  checkScript(notes, of);
  return conclude(VIRTUAL, notes, `${counted(notes.checked, 'line')}, each at its moment`);
}

/** When what must have happened; missing: it did not. Microseconds. */
type Clock = ReadonlyMap<string, number>;

function clockOf({ record, readable }: Case): Clock {
  const clock = new Map<string, number>();
  for (const event of record.master.events) {
    if (event.kind === 'death' || event.kind === 'kill') {
      clock.set(`${event.kind} ${event.node}`, event.t);
    }
    if (event.kind === 'start' || event.kind === 'decide' || event.kind === 'finish') {
      clock.set(event.kind, event.t);
    }
  }
  for (const [node, { events }] of readable) {
    events.forEach((event) => {
      if (event.kind === 'report') clock.set(`report ${node} ${event.round}`, event.t);
      if (event.kind === 'output' || event.kind === 'crash') {
        clock.set(`${event.kind} ${node}`, event.t);
      }
    });
  }
  return clock;
}

/** Null: any time. Deliveries are the business of O26. */
function nodeTime(
  clock: Clock,
  pauses: readonly Closure[] | null,
  file: NodeFile,
  index: number,
  event: NodeEvent,
): number | null {
  // A paused node takes notice when it is continued, at the end of the run at the latest.
  const noticed = (what: string): number | null => {
    const t = clock.get(what);
    return t === undefined ? null : Math.min(noticedUs(pauses, t), clock.get('finish') ?? Infinity);
  };
  switch (event.kind) {
    case 'start':
      return noticed('start');
    case 'stop':
      return noticed('decide');
    case 'pending':
    case 'finish':
      return clock.get('finish') ?? null;
    case 'fail':
      return noticed(`death ${event.from}`);
    case 'link':
      return noticed(`death ${event.peer}`);
    case 'report':
    case 'multicast':
    case 'output':
    case 'crash':
      return file.events[index - 1]?.t ?? null;
    case 'receive':
    case 'hold':
    case 'release':
    case 'duplicate':
    case 'refused':
    case 'statistics':
    case 'abandoned':
      return null;
  }
}

/** Who has neither crashed nor been killed sees every death and the end. */
function checkEnd(notes: Notes, of: Case, node: NodeId, file: NodeFile): void {
  const { record, observation } = of;
  const { crashes, kills, finish, deaths } = observation;
  if (crashes.has(node) || kills.has(node) || finish === null || !isWhole(record, file)) return;
  const fail = (what: string): void => {
    breach(notes, `${file.file} lacks ${what}`, { node });
  };
  const seen = new Set(file.events.map(nameOf));
  if (!seen.has('finish') && !seen.has('abandoned')) fail('the end of the run');
  for (const dead of deaths.keys()) {
    if (!seen.has(`in ${dead}`) || !seen.has(`out ${dead}`)) fail(`the death of node ${dead}`);
    const isAnnounced = crashes.get(dead)?.mode === 'announce';
    if (isAnnounced && !seen.has(`fail ${dead}`)) fail(`the goodbye of node ${dead}`);
  }
}

function nameOf(event: NodeEvent): string {
  if (event.kind === 'link') return `${event.direction} ${event.peer}`;
  return event.kind === 'fail' ? `fail ${event.from}` : event.kind;
}

/** What was reported before the last moment of the run has been heard. */
function checkReports(notes: Notes, { record: { master }, readable, observation }: Case): void {
  const end = observation.finish?.t ?? 0;
  const heard = new Set<string>();
  master.events.forEach((event) => {
    if (event.kind === 'report') heard.add(`${event.from} ${event.round}`);
  });
  for (const [node, file] of readable) {
    file.events.forEach((event, index) => {
      if (event.kind !== 'report' || event.t >= end || heard.has(`${node} ${event.round}`)) return;
      const at = placeOf(file, index);
      breach(notes, `the master's file lacks this report (${at})`, {
        node,
        round: event.round,
        at,
      });
    });
  }
}

function checkMasterTimes(
  notes: Notes,
  { record: { master }, observation }: Case,
  clock: Clock,
): void {
  const announced = new Set<NodeId>();
  for (const [index, event] of master.events.entries()) {
    notes.checked += 1;
    if (event.kind === 'fail') {
      if (announced.has(event.from)) breach(notes, `${placeOf(master, index)}: a second goodbye`);
      announced.add(event.from);
    }
    const due = masterTime(clock, master.events[index - 1], event);
    if (due === undefined || due === event.t) continue;
    const at = placeOf(master, index);
    breach(notes, `${at} is of ${event.t} µs; it happens at ${due}`, { at });
  }
  for (const [node, { mode }] of observation.crashes) {
    if (mode !== 'announce' || announced.has(node) || !observation.deaths.has(node)) continue;
    breach(notes, `${master.file} lacks the goodbye of node ${node}`, { node });
  }
}

/** Undefined: any time. */
function masterTime(
  clock: Clock,
  before: MasterEvent | undefined,
  event: MasterEvent,
): number | undefined {
  switch (event.kind) {
    case 'report':
      return clock.get(`report ${event.from} ${event.round}`);
    case 'output':
      return clock.get(`output ${event.from}`);
    case 'death':
      return clock.get(`crash ${event.node}`) ?? clock.get(`kill ${event.node}`);
    case 'fail':
      return clock.get(`crash ${event.from}`);
    case 'decide':
      return before?.t;
    default:
      return undefined;
  }
}

/** Every act of the script, at its time and no other; who is still stopped is continued at the end. */
function checkScript(notes: Notes, { record, observation }: Case): void {
  const { config, master } = record;
  const script = scriptOf(config?.faults ?? {}) ?? [];
  for (const [index, event] of master.events.entries()) {
    if (event.kind !== 'pause' && event.kind !== 'resume' && event.kind !== 'kill') continue;
    const { kind, node, t } = event;
    const isMeant = script.some((act) => act.kind === kind && act.node === node && act.atUs === t);
    const isLast = kind === 'resume' && t === observation.finish?.t;
    if (isMeant || isLast) continue;
    const at = placeOf(master, index);
    breach(notes, `${at}: nobody was to ${kind} node ${node} at ${t} µs`, { node, at });
  }
}

/**
 * What happened in a run, put together from all its files. Nothing here judges: the verdict, the
 * ledger and the statistics all read the same observation.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { allNodes } from '../agreement/resilience.ts';
import type { MasterEvent, NodeEvent } from '../record/events.ts';
import type { EventFile } from '../record/read-events.ts';
import type { RunRecord } from '../record/read-run.ts';
import { note, noValues, valueOf } from './known-values.ts';
import type { KnownValues } from './known-values.ts';
import { breach, openNotes } from './notes.ts';
import type { Notes } from './notes.ts';

export interface ObservedOutput {
  readonly round: Round;
  readonly value: number;
  isInOwnFile: boolean;
  isAtMaster: boolean;
  /** It is the value that the node had reported for this round. */
  readonly isAsReported: boolean;
  /** There is another output of the node, or the same one twice. */
  isRepeated: boolean;
}

/** Sure enough to conclude something from: two witnesses agree on it, or its report speaks for it. */
export const isClear = (output: ObservedOutput): boolean =>
  !output.isRepeated && (output.isAsReported || (output.isInOwnFile && output.isAtMaster));

export type CrashEvent = Extract<NodeEvent, { kind: 'crash' }>;
/** Somebody, or a script, sent SIGKILL. */
export type KillEvent = Pick<ActionEvent, 'node' | 'origin' | 't'>;
type ActionEvent = Extract<MasterEvent, { kind: 'pause' | 'resume' | 'kill' }>;
export type FinishEvent = Extract<MasterEvent, { kind: 'finish' }>;
export type DecideEvent = Extract<MasterEvent, { kind: 'decide' }>;

export interface Observation {
  /** 1 … n of the config; without one, the nodes that left a file. */
  readonly ids: readonly NodeId[];
  readonly known: KnownValues;
  readonly outputs: ReadonlyMap<NodeId, ObservedOutput>;
  /** Declared by the master before its finish record, with the cause. */
  readonly deaths: ReadonlyMap<NodeId, string>;
  /** Declared when the run was over: they change nothing, but explain a file that ends early. */
  readonly lateDeaths: ReadonlySet<NodeId>;
  /** A node's own last word before a planned crash. */
  readonly crashes: ReadonlyMap<NodeId, CrashEvent>;
  /** From outside, by the master's hand. */
  readonly kills: ReadonlyMap<NodeId, KillEvent>;
  /** Declared dead or crashed. */
  readonly faulty: ReadonlySet<NodeId>;
  readonly correct: readonly NodeId[];
  /** arrivals.get(from).get(round): who recorded that this message came. */
  readonly arrivals: ReadonlyMap<NodeId, ReadonlyMap<Round, ReadonlySet<NodeId>>>;
  /** linkEnds.get(to): senders of whom `to` has read everything that they ever sent. */
  readonly linkEnds: ReadonlyMap<NodeId, ReadonlySet<NodeId>>;
  /** Nodes that recorded the end of the run, and before it what still waited for its due time. */
  readonly closed: ReadonlySet<NodeId>;
  readonly decide: DecideEvent | null;
  readonly finish: FinishEvent | null;
  /** Outputs that come twice, differ, or were never reported; decisions after the first one. */
  readonly outputNotes: Notes;
  readonly decisionNotes: Notes;
}

interface Collected {
  readonly known: KnownValues;
  readonly outputs: Map<NodeId, ObservedOutput>;
  readonly deaths: Map<NodeId, string>;
  readonly lateDeaths: Set<NodeId>;
  readonly crashes: Map<NodeId, CrashEvent>;
  readonly kills: Map<NodeId, KillEvent>;
  readonly arrivals: Map<NodeId, Map<Round, Set<NodeId>>>;
  readonly linkEnds: Map<NodeId, Set<NodeId>>;
  readonly outputNotes: Notes;
  readonly decisionNotes: Notes;
  decide: DecideEvent | null;
  finish: FinishEvent | null;
}

export function observe(record: RunRecord): Observation {
  const { config, nodes, master } = record;
  const collected: Collected = {
    known: noValues(),
    outputs: new Map(),
    deaths: new Map(),
    lateDeaths: new Set(),
    crashes: new Map(),
    kills: new Map(),
    arrivals: new Map(),
    linkEnds: new Map(),
    outputNotes: openNotes(),
    decisionNotes: openNotes(),
    decide: null,
    finish: null,
  };
  for (const { id, input } of config?.nodes ?? []) {
    note(collected.known, id, 0, input, () => 'resolved.json');
  }
  for (const [id, file] of nodes) readNode(collected, id, file);
  readMaster(collected, master);
  const ids = config === null ? [...nodes.keys()] : allNodes(config.nodes.length);
  const faulty = new Set([...collected.deaths.keys(), ...collected.crashes.keys()]);
  const correct = ids.filter((id) => !faulty.has(id));
  const finished = [...nodes].filter(([, file]) => hasFinished(file));
  const closed = new Set(finished.map(([id]) => id));
  return { ...collected, ids, faulty, correct, closed };
}

const hasFinished = ({ events }: EventFile<NodeEvent>): boolean =>
  events.some(({ kind }) => kind === 'finish');

function readNode(collected: Collected, id: NodeId, file: EventFile<NodeEvent>): void {
  const { known } = collected;
  file.events.forEach((event, index) => {
    const source = (): string => placeOf(file, index);
    switch (event.kind) {
      case 'start':
        note(known, id, 0, event.input, source);
        break;
      case 'report':
      case 'multicast':
        note(known, id, event.round, event.value, source);
        break;
      case 'receive':
      case 'pending':
      case 'duplicate':
        note(known, event.from, event.round, event.value, source);
        noteArrival(collected, event.from, event.round, id);
        break;
      case 'output':
        noteOutput(collected, id, event, 'isInOwnFile', source);
        break;
      case 'crash':
        collected.crashes.set(id, event);
        break;
      case 'link':
        if (event.direction === 'in') setOf(collected.linkEnds, id).add(event.peer);
        break;
      case 'stop':
      case 'hold':
      case 'release':
      case 'fail':
      case 'refused':
      case 'finish':
      case 'statistics':
      case 'abandoned':
        break;
    }
  });
}

function readMaster(collected: Collected, file: EventFile<MasterEvent>): void {
  const { known } = collected;
  file.events.forEach((event, index) => {
    const source = (): string => placeOf(file, index);
    switch (event.kind) {
      case 'report':
        note(known, event.from, event.round, event.value, source);
        break;
      case 'output':
        noteOutput(collected, event.from, event, 'isAtMaster', source);
        break;
      case 'death':
        if (collected.finish === null) collected.deaths.set(event.node, event.cause);
        else collected.lateDeaths.add(event.node);
        break;
      case 'decide':
        noteDecision(collected, event, source);
        break;
      case 'finish':
        collected.finish ??= event;
        break;
      case 'kill':
        collected.kills.set(event.node, event);
        break;
      case 'registered':
      case 'ready':
      case 'start':
      case 'fail':
      case 'pause':
      case 'resume':
      case 'hold':
      case 'release':
      case 'link':
      case 'refused':
      case 'statistics':
        break;
    }
  });
}

/** The first decision counts; there must be no other. */
function noteDecision(collected: Collected, event: DecideEvent, source: () => string): void {
  if (collected.decide !== null) {
    const sentence = `the master decided twice (${source()})`;
    breach(collected.decisionNotes, sentence, { round: event.round, at: source() });
  }
  collected.decide ??= event;
}

/** An output is also a value of its round: it must be the one that the node reported. */
function noteOutput(
  { known, outputs, outputNotes }: Collected,
  node: NodeId,
  { round, value }: { readonly round: Round; readonly value: number },
  witness: 'isInOwnFile' | 'isAtMaster',
  source: () => string,
): void {
  const reported = valueOf(known, node, round);
  note(known, node, round, value, source);
  const isAsReported = reported?.value === value;
  const fresh = { round, value, isInOwnFile: false, isAtMaster: false, isAsReported };
  const output = outputs.get(node) ?? { ...fresh, isRepeated: false };
  outputs.set(node, output);
  if (reported === null) {
    const at = source();
    breach(outputNotes, `node ${node} output round ${round} unreported (${at})`, {
      node,
      round,
      at,
    });
  }
  if (output[witness] || output.round !== round || output.value !== value) {
    output.isRepeated = true;
    const both = `${output.value} of round ${output.round} and ${value} of round ${round}`;
    const at = source();
    breach(outputNotes, `node ${node} has two outputs: ${both} (${at})`, { node, round, at });
  }
  output[witness] = true;
}

function noteArrival(collected: Collected, from: NodeId, round: Round, to: NodeId): void {
  let rounds = collected.arrivals.get(from);
  if (rounds === undefined) {
    rounds = new Map();
    collected.arrivals.set(from, rounds);
  }
  setOf(rounds, round).add(to);
}

function setOf<Key>(sets: Map<Key, Set<NodeId>>, key: Key): Set<NodeId> {
  const found = sets.get(key) ?? new Set();
  sets.set(key, found);
  return found;
}

/** file:line of an event, for people who want to look. */
export const placeOf = (file: EventFile<unknown>, index: number): string =>
  `${file.file}:${file.lines[index] ?? 1}`;

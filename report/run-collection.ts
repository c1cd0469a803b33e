/**
 * Gathers what the page shows from a run's events, one event after the other, whatever process they
 * come from: of a record at rest all at once, of a run that goes on as they come in.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { MASTER } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { MasterEvent, NodeEvent, StatisticsEvent } from '../record/events.ts';
import type { PageMaster, PageNode, PageProcess } from './page-data.ts';

type ReceiveEvent = Extract<NodeEvent, { kind: 'receive' | 'pending' }>;

/** Arrays have holes where nothing is known. Times count from the run's origin. */
export interface CollectedNode {
  readonly id: NodeId;
  readonly values: (number | undefined)[];
  readonly entered: (number | undefined)[];
  readonly used: (readonly NodeId[])[];
  crash: PageNode['crash'];
  death: PageNode['death'];
  output: PageNode['output'];
  lastT: number | null;
  /** By round; a second one of the same round is the record's error and not shown. */
  readonly multicasts: Map<Round, Multicast>;
  /** receipts.get(from)[round], with the round that this node was in. */
  readonly receipts: Map<NodeId, Receipt[]>;
}

export interface Multicast {
  readonly t: number;
  readonly value: number;
  readonly to: 'all' | readonly NodeId[];
}

export interface Receipt {
  readonly event: ReceiveEvent;
  readonly isLate: boolean;
}

export interface Collection {
  readonly config: RunConfig | null;
  readonly nodes: Map<NodeId, CollectedNode>;
  readonly processes: Map<NodeId, PageProcess>;
  /** Of the master: what was done to the run from outside. */
  readonly acts: MasterEvent[];
  readonly registered: Set<NodeId>;
  readonly ready: Set<NodeId>;
  originToStartUs: number | null;
  decide: PageMaster['decide'];
  finish: PageMaster['finish'];
}

export function createCollection(config: RunConfig | null): Collection {
  const collection: Collection = {
    config,
    nodes: new Map(),
    processes: new Map(),
    acts: [],
    registered: new Set(),
    ready: new Set(),
    originToStartUs: null,
    decide: null,
    finish: null,
  };
  for (const { id, input } of config?.nodes ?? []) nodeOf(collection, id).values[0] = input;
  return collection;
}

/** Events of one node come in their order; those of different nodes in any. */
export function collectNodeEvent(collection: Collection, id: NodeId, event: NodeEvent): void {
  const node = nodeOf(collection, id);
  node.lastT = event.t;
  switch (event.kind) {
    case 'start':
      node.values[0] ??= event.input;
      return;
    case 'report':
      enter(node, event);
      return;
    case 'multicast': {
      const { t, round, value, to } = event;
      if (!node.multicasts.has(round)) node.multicasts.set(round, { t, value, to });
      return;
    }
    case 'receive':
    case 'pending':
      receive(collection, node, event);
      return;
    case 'crash':
      node.crash = { round: event.round, t: event.t };
      return;
    case 'output':
      noteOutput(node, event);
      return;
    case 'statistics':
      collection.processes.set(id, processOf(id, event));
      return;
    case 'duplicate':
    case 'stop':
    case 'hold':
    case 'release':
    case 'fail':
    case 'link':
    case 'refused':
    case 'finish':
    case 'abandoned':
      return;
  }
}

function enter(node: CollectedNode, event: Extract<NodeEvent, { kind: 'report' }>): void {
  const { round, value, used, t } = event;
  node.values[round] ??= value;
  node.entered[round] = t;
  if (round > 0) node.used[round] = used;
}

/** The first message per sender and round counts. What its sender had is known from it, too. */
function receive(collection: Collection, node: CollectedNode, event: ReceiveEvent): void {
  const { from, round, value } = event;
  nodeOf(collection, from).values[round] ??= value;
  const receipts = node.receipts.get(from) ?? [];
  node.receipts.set(from, receipts);
  const isLate = event.kind === 'receive' && round < node.entered.length - 1;
  receipts[round] ??= { event, isLate };
}

export function collectMasterEvent(collection: Collection, event: MasterEvent): void {
  switch (event.kind) {
    case 'start':
      collection.originToStartUs = event.t;
      return;
    case 'report':
      nodeOf(collection, event.from).values[event.round] ??= event.value;
      return;
    case 'output':
      noteOutput(nodeOf(collection, event.from), event);
      return;
    case 'death':
      noteDeath(collection, event);
      return;
    case 'decide':
      collection.decide ??= event;
      return;
    case 'finish':
      collection.finish ??= event;
      return;
    case 'statistics':
      collection.processes.set(MASTER, processOf(MASTER, event));
      return;
    case 'pause':
    case 'resume':
    case 'kill':
    case 'hold':
    case 'release':
      collection.acts.push(event);
      return;
    case 'registered':
    case 'ready':
      collection[event.kind].add(event.node);
      return;
    case 'fail':
    case 'link':
    case 'refused':
      return;
  }
}

/** One that is declared when the run is over changes nothing. */
function noteDeath(
  collection: Collection,
  { node, t, cause }: Extract<MasterEvent, { kind: 'death' }>,
): void {
  if (collection.finish === null) nodeOf(collection, node).death ??= { t, cause };
}

/** The node's own word or the master's, whichever is read first. */
function noteOutput(node: CollectedNode, event: Extract<NodeEvent, { kind: 'output' }>): void {
  const { round, value, t } = event;
  node.output ??= { round, value, t };
}

/** The life of a process counts from the run's origin: it is started right after it. */
function processOf(id: NodeId, event: StatisticsEvent): PageProcess {
  const { cpuUserUs, cpuSystemUs, rssBytesMax, loopBusyUs, t } = event;
  return { id, cpuUserUs, cpuSystemUs, rssBytesMax, loopBusyUs: loopBusyUs ?? null, lifeUs: t };
}

function nodeOf({ nodes }: Collection, id: NodeId): CollectedNode {
  const known = nodes.get(id);
  if (known !== undefined) return known;
  const node: CollectedNode = {
    id,
    values: [],
    entered: [],
    used: [],
    crash: null,
    death: null,
    output: null,
    lastT: null,
    multicasts: new Map(),
    receipts: new Map(),
  };
  nodes.set(id, node);
  return node;
}

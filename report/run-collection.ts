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
  originToStartUs: number | null;
  decide: PageMaster['decide'];
  finish: PageMaster['finish'];
}

export function createCollection(config: RunConfig | null): Collection {
  const collection: Collection = {
    config,
    nodes: new Map(),
    processes: new Map(),
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
      node.values[event.round] ??= event.value;
      node.entered[event.round] = event.t;
      if (event.round > 0) node.used[event.round] = event.used;
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
      node.output ??= { round: event.round, value: event.value, t: event.t };
      return;
    case 'statistics':
      collection.processes.set(id, processOf(id, event));
      return;
    case 'stop':
    case 'fail':
    case 'link':
    case 'refused':
    case 'finish':
    case 'abandoned':
      return;
  }
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
      nodeOf(collection, event.from).output ??= {
        round: event.round,
        value: event.value,
        t: event.t,
      };
      return;
    case 'death':
      // Declared when the run was over: it changed nothing.
      if (collection.finish !== null) return;
      nodeOf(collection, event.node).death ??= { t: event.t, cause: event.cause };
      return;
    case 'decide':
      collection.decide ??= { round: event.round, t: event.t };
      return;
    case 'finish':
      collection.finish ??= { outcome: event.outcome, reason: event.reason, t: event.t };
      return;
    case 'statistics':
      collection.processes.set(MASTER, processOf(MASTER, event));
      return;
    case 'registered':
    case 'ready':
    case 'fail':
    case 'link':
    case 'refused':
      return;
  }
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

/** Everything that the judgement of one run is based on, worked out once. */
import { algorithmOf } from '../agreement/algorithms.ts';
import type { Algorithm, NodeId } from '../agreement/algorithm.ts';
import { isResilient } from '../agreement/resilience.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { EventFile } from '../record/read-events.ts';
import type { NodeFile, RunRecord } from '../record/read-run.ts';
import type { LedgerEntry } from '../record/result.ts';
import { actionLedger } from './action-ledger.ts';
import { crashLedger } from './crash-ledger.ts';
import { recomputeDecision } from './decision.ts';
import type { Decision } from './decision.ts';
import { holdLedger } from './hold-ledger.ts';
import { linkLedger } from './link-ledger.ts';
import { observe } from './observe.ts';
import type { Observation } from './observe.ts';
import { replayNode } from './replay.ts';
import type { Replay } from './replay.ts';
import { walkUpdates } from './updates.ts';
import type { Walk } from './updates.ts';
import { scriptLedger } from './script-ledger.ts';
import { useLedger } from './use-ledger.ts';

export interface Case {
  readonly record: RunRecord;
  readonly observation: Observation;
  readonly ledger: readonly LedgerEntry[];
  /** Of the stopping rule, recomputed; null also under `stop rounds`, which has none. */
  readonly decision: Decision | null;
  /** Of every node whose file has no hole. */
  readonly replays: ReadonlyMap<NodeId, Replay>;
  /** Null: it is not known here. */
  readonly algorithm: Algorithm<unknown> | null;
  /** Files without a hole, in ascending order of ids. */
  readonly readable: ReadonlyMap<NodeId, NodeFile>;
  /** Nodes whose file is missing, or has lost lines before its last one. */
  readonly unreadable: readonly NodeId[];
  /** The updates of every node whose file has no hole. Empty without a config. */
  readonly walks: ReadonlyMap<NodeId, Walk>;
  /** The record says that no time passes between sending and arriving. */
  readonly isVirtual: boolean;
}

export function openCase(record: RunRecord): Case {
  const { config, master, nodes } = record;
  const observation = observe(record);
  const ledger = [
    ...crashLedger(record, observation),
    ...scriptLedger(record, observation),
    ...holdLedger(record),
    ...linkLedger(record),
    ...useLedger(record),
    ...actionLedger(record),
  ];
  const hasRule = config?.stop === 'frozen' && isReliable(record, master);
  const decision = hasRule ? recomputeDecision(config, master) : null;
  const readable = new Map([...nodes].filter(([, file]) => isReliable(record, file)));
  return {
    record,
    observation,
    ledger,
    decision,
    replays: replayAll(record, readable),
    algorithm: config === null ? null : algorithmOf(config, record.own),
    readable,
    unreadable: [...nodes.keys()].filter((node) => !readable.has(node)),
    walks: walkAll(config, readable),
    isVirtual: master.header?.process === 'simulator',
  };
}

function replayAll(
  { config, own }: RunRecord,
  readable: ReadonlyMap<NodeId, NodeFile>,
): Map<NodeId, Replay> {
  const replays = new Map<NodeId, Replay>();
  if (config === null) return replays;
  for (const [id, file] of readable) {
    const replay = replayNode(config, id, file, own);
    if (replay !== null) replays.set(id, replay);
  }
  return replays;
}

function walkAll(
  config: RunConfig | null,
  readable: ReadonlyMap<NodeId, NodeFile>,
): Map<NodeId, Walk> {
  if (config === null) return new Map();
  return new Map([...readable].map(([id, file]) => [id, walkUpdates(config, id, file)]));
}

/** Present, and every line of it up to its last one is there. */
export const isReliable = (record: RunRecord, file: EventFile<unknown>): boolean =>
  file.isPresent &&
  !record.damage.some(({ file: name, kind }) => name === file.file && kind !== 'cut-tail');

/** Reliable, and the last line is there too: what the file does not say did not happen. */
export const isWhole = (record: RunRecord, file: EventFile<unknown>): boolean =>
  isReliable(record, file) && !record.damage.some(({ file: name }) => name === file.file);

/** The node's life is in its file from the start to the finish record. */
export function isClosed({ record }: Case, file: NodeFile): boolean {
  return isWhole(record, file) && file.events.some(({ kind }) => kind === 'finish');
}

/** n is large enough for f under the configured algorithm, by our own arithmetic where possible. */
export function isSound(config: RunConfig): boolean {
  const algorithm = algorithmOf(config, null);
  if (algorithm === null) return !config.unsound;
  return isResilient(algorithm.resilience, config.nodes.length, config.f);
}

/** Everything that the judgement of one run is based on, worked out once. */
import { algorithmOf } from '../agreement/algorithms.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { isResilient } from '../agreement/resilience.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { EventFile } from '../record/read-events.ts';
import type { RunRecord } from '../record/read-run.ts';
import type { LedgerEntry } from '../record/result.ts';
import { crashLedger } from './crash-ledger.ts';
import { recomputeDecision } from './decision.ts';
import type { Decision } from './decision.ts';
import { holdLedger } from './hold-ledger.ts';
import { observe } from './observe.ts';
import type { Observation } from './observe.ts';
import { replayNode } from './replay.ts';
import type { Replay } from './replay.ts';

export interface Case {
  readonly record: RunRecord;
  readonly observation: Observation;
  readonly ledger: readonly LedgerEntry[];
  /** Of the stopping rule, recomputed; null also under `stop rounds`, which has none. */
  readonly decision: Decision | null;
  /** Of every node whose file has no hole. */
  readonly replays: ReadonlyMap<NodeId, Replay>;
}

export function openCase(record: RunRecord): Case {
  const { config, master } = record;
  const observation = observe(record);
  const ledger = [...crashLedger(record, observation), ...holdLedger(record)];
  const hasRule = config?.stop === 'frozen' && isReliable(record, master);
  const decision = hasRule ? recomputeDecision(config, master) : null;
  return { record, observation, ledger, decision, replays: replayAll(record, config) };
}

function replayAll(record: RunRecord, config: RunConfig | null): Map<NodeId, Replay> {
  const replays = new Map<NodeId, Replay>();
  if (config === null) return replays;
  for (const [id, file] of record.nodes) {
    const replay = isReliable(record, file) ? replayNode(config, id, file, record.own) : null;
    if (replay !== null) replays.set(id, replay);
  }
  return replays;
}

/** Present, and every line of it up to its last one is there. */
export const isReliable = (record: RunRecord, file: EventFile<unknown>): boolean =>
  file.isPresent &&
  !record.damage.some(({ file: name, kind }) => name === file.file && kind !== 'cut-tail');

/** Reliable, and the last line is there too: what the file does not say did not happen. */
export const isWhole = (record: RunRecord, file: EventFile<unknown>): boolean =>
  isReliable(record, file) && !record.damage.some(({ file: name }) => name === file.file);

/** n is large enough for f under the configured algorithm, by our own arithmetic where possible. */
export function isSound(config: RunConfig): boolean {
  const algorithm = algorithmOf(config, null);
  if (algorithm === null) return !config.unsound;
  return isResilient(algorithm.resilience, config.nodes.length, config.f);
}

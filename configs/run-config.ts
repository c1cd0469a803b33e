/** A run, resolved: defaults filled in, limits derived. The same in every process of the run. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { FaultSettings } from '../faults/settings.ts';

export interface Address {
  readonly host: string;
  /** 0: bind a free one and register it. */
  readonly port: number;
}

export interface NodeConfig extends Address {
  readonly id: NodeId;
  readonly input: number;
}

export interface RunConfig {
  /** Schema of resolved.json. */
  readonly version: 1;
  /** The file's base name without ending; names the run's folder. */
  readonly name: string;
  /** A built-in name, or the path of the user's file as written. */
  readonly algorithm: string;
  /** SHA-256 of the user's algorithm as it runs (algorithm.mjs), in hex; null: it is built in. */
  readonly algorithmHash: string | null;
  readonly epsilon: number;
  readonly f: number;
  readonly seed: number;
  /** Where the seed came from, for the summary. */
  readonly seedFrom: 'config' | 'flag' | 'file content' | 'random';
  /** frozen: the master's rule F. rounds: nodes output their value of round `rounds` unasked. */
  readonly stop: 'frozen' | 'rounds';
  /** Worst case by the rule's contraction, or null when nothing is proven. */
  readonly worstCase: Round | null;
  /** R: worst case plus one for rounding, or the config's `rounds`. */
  readonly rounds: Round;
  /** Nobody multicasts past it: R + 1, or R under `stop rounds`. */
  readonly lastRound: Round;
  readonly faults: FaultSettings;
  /** After its output a node starts no further round; absent (older records): it goes on to lastRound. */
  readonly restsAfterOutput?: true;
  /** The run ends as inconclusive this long after its start record. */
  readonly timeLimitMs: number;
  /** … or when no report has reached the master for this long. */
  readonly patienceMs: number;
  /** All connections are TLS; absent: none is. */
  readonly tls?: true;
  /** A connection ends when the other machine has not answered for this long; absent: 60 s. */
  readonly keepAliveMs?: number;
  /** Runs although n is too small for f; the verdict can then not be pass. */
  readonly unsound: boolean;
  readonly master: Address;
  /** nodes[i].id = i + 1. */
  readonly nodes: readonly NodeConfig[];
}

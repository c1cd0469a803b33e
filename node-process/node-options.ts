/** What a node is started with, whoever starts it. */
import type { NodeId } from '../agreement/algorithm.ts';
import type { Address } from '../configs/run-config.ts';
import type { Transport } from '../runtime/transport.ts';

export interface NodeOptions {
  readonly id: NodeId;
  /** The name of this machine, for its record. */
  readonly hostname: string;
  /**
   * The run's origin on this machine's monotonic clock, in microseconds; unless told it is found by
   * the wall clock.
   */
  readonly originMonotonicUs?: number;
  readonly listen: Address;
  /**
   * Under which host the others reach what `listen` binds. `local`: this end of the connection to the
   * master. Unless told the host of `listen`.
   */
  readonly advertise?: (local: string) => string;
  /** Write the record on this machine even where the run directory can be seen, and send it home. */
  readonly recordAway?: boolean;
  /** Where the master listens; under the launcher known a moment after the node's start. */
  readonly master: Promise<Address>;
  /** Of the config; empty: the node has none and takes the master's. */
  readonly digest: string;
  readonly transport: Transport;
  /** How long to wait for the master and for the other nodes, in milliseconds. */
  readonly waitMs: number;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Rejects when the node has to leave: the launcher is gone, Ctrl-C by hand. */
  readonly mustLeave: Promise<never>;
}

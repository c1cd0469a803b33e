/** Where a simulated run writes what its processes would have written. Null: nothing is recorded. */
import type { NodeId } from '../agreement/algorithm.ts';
import type { MasterEvent, NodeEvent } from '../record/events.ts';

export interface Recording {
  node(id: NodeId, event: NodeEvent): void;
  master(event: MasterEvent): void;
}

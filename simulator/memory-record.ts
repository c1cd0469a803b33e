/** The record of a simulated run in memory, for the checker: what read-run.ts would read from files. */
import { MASTER } from '../agreement/algorithm.ts';
import type { Algorithm, NodeId } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { MasterEvent, NodeEvent } from '../record/events.ts';
import type { EventFile } from '../record/read-events.ts';
import type { RunRecord } from '../record/read-run.ts';
import { runFiles } from '../record/run-directory.ts';
import type { Recording } from './recording.ts';

export interface MemoryRecord {
  readonly recording: Recording;
  /** What has been recorded so far. */
  read(): RunRecord;
}

export function createMemoryRecord(
  config: RunConfig,
  plan: FaultPlan,
  own: Algorithm<unknown> | null,
): MemoryRecord {
  const nodes = new Map<NodeId, NodeEvent[]>(config.nodes.map(({ id }) => [id, []]));
  const master: MasterEvent[] = [];
  return {
    recording: {
      node: (id, event) => nodes.get(id)?.push(event),
      master: (event) => master.push(event),
    },
    read: () => ({
      directory: '',
      config,
      digest: null,
      plan,
      command: null,
      own,
      nodes: new Map(
        [...nodes].map(([id, events]) => [id, fileOf(runFiles.events('', id), events)]),
      ),
      master: fileOf(runFiles.events('', MASTER), master),
      launcher: { ...fileOf(runFiles.launcherEvents(''), []), isPresent: false },
      damage: [],
    }),
  };
}

/** The first line of a file is its header. */
const fileOf = <Event>(file: string, events: readonly Event[]): EventFile<Event> => ({
  file,
  isPresent: true,
  header: null,
  events,
  lines: events.map((_, index) => index + 2),
});

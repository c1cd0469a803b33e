/** Writes a played run down, reads it back and judges it: the whole way, as the launcher goes it. */
import { rmSync } from 'node:fs';
import type { NodeId } from '../../../agreement/algorithm.ts';
import { judge } from '../../../checker/verdict.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import type { FaultSettings, ScriptedCrash } from '../../../faults/settings.ts';
import type { MasterEvent, NodeEvent } from '../../../record/events.ts';
import { readRun } from '../../../record/read-run.ts';
import type { Result } from '../../../record/result.ts';
import { noFaults, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';

/** `damage` may spoil the files before they are read. */
export function judged(
  run: RecordedRun,
  damage: (directory: string) => void = () => undefined,
): Result {
  const directory = writeRun(run);
  try {
    damage(directory);
    return judge(readRun(directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export const withFaults = (
  faults: Partial<FaultSettings>,
  config: Partial<RunConfig> = {},
): RunConfig => smallConfig({ ...config, faults: { ...noFaults, ...faults } });

/** "node 3 dies in round 2 after 2 sends" and the like. */
export const crashing = (...scriptedCrashes: ScriptedCrash[]): RunConfig =>
  withFaults({ scriptedCrashes });

/** Changes every event of one kind in the master's file; null removes it. */
export function editMaster<Kind extends MasterEvent['kind']>(
  run: RecordedRun,
  kind: Kind,
  edit: (event: Extract<MasterEvent, { kind: Kind }>) => MasterEvent | null,
): RecordedRun {
  run.master = run.master.flatMap((event) => {
    const edited =
      event.kind === kind ? edit(event as Extract<MasterEvent, { kind: Kind }>) : event;
    return edited === null ? [] : [edited];
  });
  return run;
}

/** The same in the file of one node. */
export function editNode(
  run: RecordedRun,
  id: NodeId,
  edit: (event: NodeEvent) => NodeEvent | null,
): RecordedRun {
  const edited = (run.nodes.get(id) ?? []).map(edit).filter((event) => event !== null);
  run.nodes.set(id, edited);
  return run;
}

/** The output of a node, in its own file and at the master: as if it had really been so. */
export function editOutput(run: RecordedRun, id: NodeId, value: number | null): RecordedRun {
  editNode(run, id, (event) =>
    event.kind !== 'output' ? event : value === null ? null : { ...event, value },
  );
  return editMaster(run, 'output', (event) =>
    event.from !== id ? event : value === null ? null : { ...event, value },
  );
}

/** A node's value of one round, wherever the record has it. */
export function editValue(run: RecordedRun, id: NodeId, round: number, value: number): RecordedRun {
  for (const [node, events] of run.nodes) {
    run.nodes.set(
      node,
      events.map((event): NodeEvent => {
        const isOwn = node === id && 'value' in event && event.kind !== 'receive';
        const isHeard = (event.kind === 'receive' || event.kind === 'pending') && event.from === id;
        const isMeant = 'round' in event && event.round === round;
        const isSubject = event.kind === 'pending' ? isHeard : isOwn || isHeard;
        return isMeant && isSubject ? ({ ...event, value } as NodeEvent) : event;
      }),
    );
  }
  for (const kind of ['report', 'output'] as const) {
    editMaster(run, kind, (event) =>
      event.from === id && event.round === round ? { ...event, value } : event,
    );
  }
  return run;
}

/** Node 4 ends round 0 and enters no round after that. */
export function standingStill(run: RecordedRun): RecordedRun {
  const events = run.nodes.get(4)!;
  const index = events.findIndex((event) => event.kind === 'report' && event.round === 2);
  const later = events.slice(index).filter(({ kind }) => !['report', 'multicast'].includes(kind));
  run.nodes.set(4, [...events.slice(0, index), ...later]);
  return run;
}

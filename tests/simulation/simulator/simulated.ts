/** Configs as text, simulated, with everything recorded in memory. */
import type { NodeId } from '../../../agreement/algorithm.ts';
import { parseConfig } from '../../../configs/load.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import type { HeaderEvent, NodeEvent } from '../../../record/events.ts';
import type { SimulatedRun } from '../../../simulator/finish-run.ts';
import { createMemoryRecord } from '../../../simulator/memory-record.ts';
import { planOf } from '../../../simulator/run-summary.ts';
import { simulate } from '../../../simulator/simulate.ts';

export const parse = (text: string, flags: Readonly<Record<string, string>> = {}): RunConfig =>
  parseConfig({ name: 'x.txt', text, flags, drawSeed: () => 1 });

/** Node lines for these inputs. */
export const nodeLines = (inputs: readonly number[]): string =>
  inputs.map((input, index) => `node ${index + 1} ${input} ::1 0`).join('\n');

export interface Simulated {
  readonly config: RunConfig;
  readonly run: SimulatedRun;
  readonly record: RunRecord;
}

export function simulated(config: RunConfig): Simulated {
  const plan = planOf(config);
  const memory = createMemoryRecord(config, plan, null);
  const run = simulate(config, plan, { recording: memory.recording });
  return { config, run, record: memory.read() };
}

/** The same without a record. */
export const played = (config: RunConfig): Pick<Simulated, 'config' | 'run'> => ({
  config,
  run: simulate(config, planOf(config)),
});

export const eventsOf = ({ record }: Simulated, id: NodeId): readonly NodeEvent[] =>
  record.nodes.get(id)?.events ?? [];

/** Values by node, round after round, as far as each got. */
export const valuesOf = ({ run }: Pick<Simulated, 'run'>): number[][] =>
  run.nodes.map(({ values }) => [...values]);

/** Largest minus smallest value of a round over all nodes that reached it. */
export function spreadIn(simulation: Pick<Simulated, 'run'>, round: number): number {
  const values = valuesOf(simulation).flatMap((history) => history.slice(round, round + 1));
  return Math.max(...values) - Math.min(...values);
}

/** In memory there are no headers; on disk a simulated run says in them that its time is virtual. */
export function asVirtual(record: RunRecord): RunRecord {
  const header = (id: number): HeaderEvent => ({
    kind: 'header',
    t: 0,
    schema: 1,
    run: 'simulated',
    process: 'simulator',
    id,
    originUs: 0,
    pid: 0,
    node: 'virtual time',
  });
  const nodes = [...record.nodes].map(
    ([id, file]) => [id, { ...file, header: header(id) }] as const,
  );
  return { ...record, nodes: new Map(nodes), master: { ...record.master, header: header(0) } };
}

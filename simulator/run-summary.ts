/**
 * One run of many: its verdict and the few numbers that are kept of it.
 *
 * The verdict comes from the predicates of agreement/properties.ts over everything that the nodes
 * ever held. A run that they do not clear at once, in which faults were scripted, or which is one of
 * the user's algorithm, is run again with a record in memory and judged by the checker, like any other run.
 */
import type { Algorithm } from '../agreement/algorithm.ts';
import { algorithmOf } from '../agreement/algorithms.ts';
import {
  epsilonAgreement,
  faultBound,
  hullOf,
  termination,
  validity,
} from '../agreement/properties.ts';
import type { NodeValue } from '../agreement/properties.ts';
import { isSound } from '../checker/case.ts';
import { judge } from '../checker/verdict.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { planFaults } from '../faults/plan.ts';
import type { Verdict } from '../record/result.ts';
import type { SimulatedRun } from './finish-run.ts';
import { createMemoryRecord } from './memory-record.ts';
import { simulate } from './simulate.ts';

export interface RunSummary {
  readonly seed: number;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** One sentence. */
  readonly reason: string;
  readonly run: SimulatedRun;
}

/** `own`: the user's algorithm; null: the config names a built-in one. */
export function runSeed(
  config: RunConfig,
  own: Algorithm<unknown> | null,
  seed: number,
): RunSummary {
  const seeded = { ...config, seed };
  const plan = planOf(seeded);
  const algorithm = algorithmOf(seeded, own);
  const options = algorithm === null ? {} : { algorithm };
  const run = simulate(seeded, plan, options);
  // What a user's algorithm promises, that it is deterministic among it, only the checker looks at.
  if (own === null && isClear(seeded, plan, run)) {
    return { seed, verdict: 'pass', exitCode: 0, reason: run.reason, run };
  }
  const memory = createMemoryRecord(seeded, plan, own);
  simulate(seeded, plan, { ...options, recording: memory.recording });
  const { verdict, exitCode, reason } = judge(memory.read());
  return { seed, verdict, exitCode, reason, run };
}

export function planOf({ nodes, f, lastRound, seed, faults }: RunConfig): FaultPlan {
  return planFaults({ n: nodes.length, f, lastRound, seed, faults });
}

/** Beyond doubt a pass; false says nothing. */
function isClear(config: RunConfig, plan: FaultPlan, run: SimulatedRun): boolean {
  const { nodes, f, epsilon, unsound } = config;
  if (run.outcome !== 'complete' || hasScript(config, plan)) return false;
  if (unsound || !isSound(config)) return false;
  const hull = hullOf(nodes.map(({ id, input }) => ({ node: id, value: input })));
  const faulty = new Set(run.nodes.filter(({ isCrashed }) => isCrashed).map(({ id }) => id));
  const correct = run.nodes.filter(({ isCrashed }) => !isCrashed);
  const outputs: NodeValue[] = [];
  for (const { id, output } of correct) {
    if (output !== null) outputs.push({ node: id, value: output.value });
  }
  const ids = correct.map(({ id }) => id);
  return (
    hull !== null &&
    validity(hull, valuesOf(run)).holds &&
    epsilonAgreement(outputs, epsilon).holds &&
    termination(ids, (id) => (run.nodes[id - 1]?.output ?? null) !== null).holds &&
    faultBound(faulty, f).holds
  );
}

/** Something is scripted that may not have happened: the checker looks for it in the record. */
const hasScript = (
  { faults }: RunConfig,
  { crashes, holds, timedHolds, partitions, kills, pauses }: FaultPlan,
): boolean =>
  holds.length > 0 ||
  faults.uses !== undefined ||
  timedHolds !== undefined ||
  partitions !== undefined ||
  kills !== undefined ||
  pauses !== undefined ||
  crashes.some(({ origin }) => origin === 'scripted');

/** Everything that any node ever held or output. */
function* valuesOf({ nodes }: SimulatedRun): Generator<NodeValue> {
  for (const { id, values, output } of nodes) {
    for (const value of values) yield { node: id, value };
    if (output !== null) yield { node: id, value: output.value };
  }
}

/** 1, 2 and 3: the whole cluster, the mesh, and from the start record to the end of the agreement. */
import type { Result } from '../../record/result.ts';
import { inTurns, measure } from '../measure.ts';
import type { Cost } from '../measure.ts';
import { clusterCommand, floorCommand } from '../processes.ts';
import { median, pairedRatio } from '../statistics.ts';
import { mostFaults, writeWorkload } from '../workload.ts';

/** What the floor's master prints. */
interface FloorReport {
  readonly connectMs: number;
  readonly agreeMs: number;
  readonly rounds: number;
  readonly sent: number;
}

/** Medians over all repeats. */
export interface WholeRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** From the last registration to the start record. */
  readonly connectMs: number;
  /** From the start record to the decision. */
  readonly agreeMs: number;
  /** Values between nodes, and reports. */
  readonly messages: number;
  /** That any node has reached. */
  readonly rounds: number;
}

export interface Whole {
  readonly n: number;
  readonly f: number;
  readonly repeats: number;
  readonly floor: WholeRun;
  readonly within: WholeRun;
  /** Medians of paired ratios, within over floor. */
  readonly ratios: { readonly wall: number; readonly cpu: number };
}

export async function measureWhole(directory: string, n: number, repeats: number): Promise<Whole> {
  const f = mostFaults(n);
  const { file, floor } = writeWorkload(directory, { n, f, rounds: null });
  const variants = {
    floor: () => measure(floorCommand(floor)),
    within: () => measure(clusterCommand(file, directory)),
  };
  // What is compiled and cached by the first run is there for all others.
  await variants.within();
  const costs = await inTurns(repeats, variants);
  const ratioOf = (of: (cost: Cost) => number): number =>
    pairedRatio(costs.within.map(of), costs.floor.map(of));
  return {
    ...{ n, f, repeats },
    floor: summary(costs.floor, floorPhases),
    within: summary(costs.within, withinPhases),
    ratios: { wall: ratioOf(({ wallMs }) => wallMs), cpu: ratioOf(({ cpuMs }) => cpuMs) },
  };
}

type Phases = Pick<WholeRun, 'connectMs' | 'agreeMs' | 'messages' | 'rounds'>;

function floorPhases({ stdout }: Cost): Phases {
  const { connectMs, agreeMs, sent, rounds } = JSON.parse(stdout) as FloorReport;
  return { connectMs, agreeMs, messages: sent, rounds };
}

function withinPhases({ stdout }: Cost): Phases {
  const { statistics, rounds } = JSON.parse(stdout) as Result;
  const { timing, messages } = statistics;
  const since = (from: number | null, to: number | null): number => (to ?? NaN) - (from ?? NaN);
  const reports = messages.traffic['report']?.messages ?? 0;
  return {
    connectMs: since(timing.registeredMs, timing.startMs),
    agreeMs: since(timing.startMs, timing.decideMs),
    messages: messages.sent + reports,
    rounds: rounds.largest ?? NaN,
  };
}

function summary(costs: readonly Cost[], phasesOf: (cost: Cost) => Phases): WholeRun {
  const all = costs.map((cost) => ({ ...cost, ...phasesOf(cost) }));
  const of = (name: keyof WholeRun): number => median(all.map((one) => one[name]));
  return {
    wallMs: of('wallMs'),
    cpuMs: of('cpuMs'),
    connectMs: of('connectMs'),
    agreeMs: of('agreeMs'),
    messages: of('messages'),
    rounds: of('rounds'),
  };
}

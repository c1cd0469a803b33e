/**
 * 3 and 5: the steady state. A run of many fixed rounds and one of few are measured in the same turn; what
 * the first costs more is what the messages cost that it has more, with starting and ending taken out.
 */
import { inTurns, measure } from '../measure.ts';
import type { Cost } from '../measure.ts';
import { bareRunCommand, floorCommand } from '../processes.ts';
import { median, pairedRatio } from '../statistics.ts';
import { writeWorkload } from '../workload.ts';
import type { Written } from '../workload.ts';

export const steadyVariants = ['floor', 'recording on', 'recording off', 'tls on'] as const;
export type SteadyVariant = (typeof steadyVariants)[number];

export interface SteadyCost {
  /** CPU of all processes. */
  readonly cpuUsPerMessage: number;
  readonly messagesPerSecond: number;
}

export interface Steady {
  readonly n: number;
  readonly f: number;
  readonly rounds: readonly [number, number];
  readonly repeats: number;
  readonly costs: Readonly<Record<SteadyVariant, SteadyCost>>;
  /** Medians of paired ratios. */
  readonly ratios: {
    readonly recordingOnOverFloor: number;
    readonly recordingOffOverFloor: number;
    readonly tlsOnOverOff: number;
    readonly recordingOnOverOff: number;
    /** The same of wall time: how much recording slows the agreement phase. */
    readonly recordingSlowdown: number;
  };
}

export interface SteadyRequest {
  readonly n: number;
  readonly f: number;
  readonly rounds: readonly [number, number];
  readonly repeats: number;
}

/** What the rounds in between cost, per message. */
interface Slope {
  readonly cpuMs: number;
  readonly wallMs: number;
}

export async function measureSteady(directory: string, request: SteadyRequest): Promise<Steady> {
  const { n, f, rounds, repeats } = request;
  const few = writeWorkload(directory, { n, f, rounds: rounds[0] });
  const many = writeWorkload(directory, { n, f, rounds: rounds[1] });
  // To every peer, and a report to the master.
  const messages = n * n * (rounds[1] - rounds[0]);
  const slope = async (command: (of: Written) => string[]): Promise<Slope> => {
    const [less, more] = [await measure(command(few)), await measure(command(many))];
    const per = (of: (cost: Cost) => number): number => (of(more) - of(less)) / messages;
    return { cpuMs: per(({ cpuMs }) => cpuMs), wallMs: per(({ wallMs }) => wallMs) };
  };
  const run = (isRecorded: boolean, tls: boolean) => () =>
    slope(({ file }) => bareRunCommand({ file, folder: directory, isRecorded, tls }));
  const slopes = await inTurns<SteadyVariant, Slope>(repeats, {
    floor: () => slope(({ floor }) => floorCommand(floor)),
    'recording on': run(true, false),
    'recording off': run(false, false),
    'tls on': run(true, true),
  });
  return { n, f, rounds, repeats, costs: costsOf(slopes), ratios: ratiosOf(slopes) };
}

type Slopes = Readonly<Record<SteadyVariant, readonly Slope[]>>;

function costsOf(slopes: Slopes): Steady['costs'] {
  const costOf = (variant: SteadyVariant): SteadyCost => ({
    cpuUsPerMessage: median(slopes[variant].map(({ cpuMs }) => cpuMs)) * 1000,
    messagesPerSecond: 1000 / median(slopes[variant].map(({ wallMs }) => wallMs)),
  });
  return Object.fromEntries(
    steadyVariants.map((variant) => [variant, costOf(variant)]),
  ) as Steady['costs'];
}

function ratiosOf(slopes: Slopes): Steady['ratios'] {
  const ratio = (of: keyof Slope, one: SteadyVariant, other: SteadyVariant): number =>
    pairedRatio(
      slopes[one].map((slope) => slope[of]),
      slopes[other].map((slope) => slope[of]),
    );
  return {
    recordingOnOverFloor: ratio('cpuMs', 'recording on', 'floor'),
    recordingOffOverFloor: ratio('cpuMs', 'recording off', 'floor'),
    tlsOnOverOff: ratio('cpuMs', 'tls on', 'recording on'),
    recordingOnOverOff: ratio('cpuMs', 'recording on', 'recording off'),
    recordingSlowdown: ratio('wallMs', 'recording on', 'recording off'),
  };
}

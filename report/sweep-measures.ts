/** What is measured of every run of a sweep. docs/sweep.md has the same table. */

export interface Measure {
  readonly name: string;
  /** For people. */
  readonly label: string;
  readonly unit: '' | 'ms' | 'B';
  /** One sentence. */
  readonly meaning: string;
}

export const measures = [
  {
    name: 'rounds',
    label: 'rounds',
    unit: '',
    meaning: 'the round whose values were output',
  },
  {
    name: 'largestRound',
    label: 'largest round',
    unit: '',
    meaning: 'the largest round that any node reached before the run was over',
  },
  {
    name: 'timeMs',
    label: 'time to agreement',
    unit: 'ms',
    meaning:
      'from the start barrier to the last output; virtual time in the simulator, wall time of OS processes',
  },
  {
    name: 'messages',
    label: 'messages',
    unit: '',
    meaning: 'values sent between nodes, n − 1 per multicast unless a crash cuts it short',
  },
  {
    name: 'bytes',
    label: 'bytes',
    unit: 'B',
    meaning: 'the same messages as frames on the wire',
  },
  {
    name: 'cpuMs',
    label: 'CPU',
    unit: 'ms',
    meaning: 'CPU time of all OS processes of the run that ended in order',
  },
  {
    name: 'memoryBytes',
    label: 'memory',
    unit: 'B',
    meaning: 'the largest resident memory of any OS process of the run',
  },
  {
    name: 'crashes',
    label: 'crashes',
    unit: '',
    meaning: 'nodes that died',
  },
  {
    name: 'spread',
    label: 'spread of the outputs',
    unit: '',
    meaning: 'the largest output of a correct node minus the smallest',
  },
  {
    name: 'startUpMs',
    label: 'processes up',
    unit: 'ms',
    meaning: 'phase: from the making of the run directory until all processes have registered',
  },
  {
    name: 'connectMs',
    label: 'connecting',
    unit: 'ms',
    meaning: 'phase: from there to the start barrier, with all connections up',
  },
  {
    name: 'agreeMs',
    label: 'agreement',
    unit: 'ms',
    meaning: 'phase: from the start barrier to the last output',
  },
  {
    name: 'stopMs',
    label: 'stopping',
    unit: 'ms',
    meaning: 'phase: from the last output until every OS process has ended',
  },
  {
    name: 'wholeMs',
    label: 'whole run',
    unit: 'ms',
    meaning: 'the phases together: what the run took, without judging it',
  },
] as const satisfies readonly Measure[];

export type MeasureName = (typeof measures)[number]['name'];

/** null: the run has no such number. */
export type Measured = Readonly<Record<MeasureName, number | null>>;

/** In the order of time. */
export const phases = [
  'startUpMs',
  'connectMs',
  'agreeMs',
  'stopMs',
] as const satisfies readonly MeasureName[];

export const nothingMeasured: Measured = {
  rounds: null,
  largestRound: null,
  timeMs: null,
  messages: null,
  bytes: null,
  cpuMs: null,
  memoryBytes: null,
  crashes: null,
  spread: null,
  startUpMs: null,
  connectMs: null,
  agreeMs: null,
  stopMs: null,
  wholeMs: null,
};

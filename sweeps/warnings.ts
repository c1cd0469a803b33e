/** What a reader of the numbers must know before believing them. Each is a sentence or two. */
import { short } from '../report/numbers.ts';
import type { CellResult, SweepSession } from '../report/sweep-data.ts';
import type { CrashHazard } from '../faults/settings.ts';
import type { Sweep } from './sweep.ts';

export interface Findings {
  readonly sweep: Sweep;
  /** Those that were run. */
  readonly cells: readonly CellResult[];
  /** Crash hazards by cell. */
  readonly hazards: ReadonlyMap<number, CrashHazard>;
  readonly sessions: readonly SweepSession[];
  readonly missing: number;
}

export const warningsOf = (findings: Findings): string[] => [
  ...missingRuns(findings),
  ...deathRate(findings),
  ...fewCores(findings),
  ...busyMachine(findings),
  ...otherMachines(findings),
  ...lackingNumbers(findings),
  ...fewRepetitions(findings),
];

function missingRuns({ missing }: Findings): string[] {
  if (missing === 0) return [];
  return [
    `The sweep is not complete: ${missing} runs are still to be made. All numbers are over those that are there.`,
  ];
}

/** At a fixed chance per send, n drives the death rate (docs/faults.md). */
function deathRate({ cells, hazards }: Findings): string[] {
  const perSend = cells.filter(({ cell }) => {
    const hazard = hazards.get(cell);
    return hazard?.per === 'send' && hazard.probability > 0;
  });
  const byN = new Map(perSend.map(({ n, cell }) => [n, hazards.get(cell)?.probability ?? 0]));
  const sizes = [...byN].toSorted(([one], [other]) => one - other);
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const said = ([n, p]: readonly [number, number]): string =>
    `${short(1 - (1 - p) ** (n - 1))} with n = ${n}`;
  return [
    `The crash hazard is per send, so n drives the death rate: a node dies in a round with probability 1 − (1 − p)^(n − 1), ` +
      `which is ${said(first)} and ${said(last)}. What changes with n here is to a good part the fault rate. ` +
      'With "crash P per-round" the hazard of a round is the same for every n.',
  ];
}

function fewCores({ sweep, cells, sessions }: Findings): string[] {
  if (sweep.engine !== 'cluster' || sessions.length === 0) return [];
  const cpus = Math.min(...sessions.map(({ machine }) => machine.cpus));
  const crowded = cells.filter(({ n }) => n + 1 > cpus).map(({ n }) => n);
  if (crowded.length === 0) return [];
  const [least, most] = [Math.min(...crowded), Math.max(...crowded)];
  const sizes = least === most ? `n = ${least}` : `n = ${least} to ${most}`;
  return [
    `More OS processes than processors: ${sizes}, each run with n + 1 processes on ${cpus} processors. ` +
      'Its times are those of processes that wait for each other, an upper bound of what the algorithm takes; ' +
      'rounds and messages are exact.',
  ];
}

function busyMachine({ sweep, sessions }: Findings): string[] {
  if (sweep.engine !== 'cluster') return [];
  const busiest = sessions
    .filter(({ loadAtStart, machine }) => loadAtStart > machine.cpus / 2)
    .toSorted((one, other) => other.loadAtStart - one.loadAtStart)[0];
  if (busiest === undefined) return [];
  return [
    `The machine was busy with other work when the sweep began: load ${short(busiest.loadAtStart)} on ${busiest.machine.cpus} processors. ` +
      'Times and CPU are not those of an idle machine; the load at each run is in runs.csv.',
  ];
}

function otherMachines({ sweep, sessions }: Findings): string[] {
  const machines = new Set(sessions.map(({ machine }) => JSON.stringify(machine)));
  if (machines.size < 2 || sweep.engine !== 'cluster') return [];
  return [
    `The runs come from ${machines.size} machines or versions: times of different ones do not compare.`,
  ];
}

/** Runs that never agreed have no number of rounds, and they would have had the largest ones. */
function lackingNumbers({ cells }: Findings): string[] {
  const lacking = cells.filter(({ runs, measures }) => (measures.rounds?.count ?? 0) < runs);
  const runs = lacking.reduce(
    (total, cell) => total + cell.runs - (cell.measures.rounds?.count ?? 0),
    0,
  );
  if (runs === 0) return [];
  return [
    `${runs} runs in ${lacking.length} cells came to no end that all correct nodes output. They are in no statistic of rounds or time, ` +
      'which would be larger with them; they are counted and listed.',
  ];
}

function fewRepetitions({ sweep }: Findings): string[] {
  if (sweep.repeat >= 10) return [];
  return [
    `${sweep.repeat} ${sweep.repeat === 1 ? 'run' : 'runs'} per cell: intervals of so few mean little. Say --repeat 30 or more.`,
  ];
}

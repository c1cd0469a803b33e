/**
 * Periods in which a link hands over nothing: holds by time, partitions, clogs. What would be handed
 * over in one waits for its end. All are functions of config, seed and time since the start record.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import { delayUs } from './delay.ts';
import { uniform } from './draw.ts';
import type { Clog, LinkFaults, Partition, Period } from './settings.ts';

/** No link has more clogs than this: a run that is so long, or a record that says so, must end. */
const CLOGS_MAX = 100_000;

/** From `startUs` on, to before `endUs`; Infinity: for ever. */
export interface Closure {
  readonly startUs: number;
  readonly endUs: number;
}

/** Those of one link, plain data. */
export interface Closures {
  readonly scripted: readonly Closure[];
  readonly clogs: Clogs | null;
}

/** The link's clogs as far as somebody has asked for them: each begins after the one before. */
export interface Clogs {
  readonly seed: number;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly clog: Clog;
  readonly known: Closure[];
}

/** Null: the link is always open. */
export function closuresOf(
  seed: number,
  { timedHolds = [], partitions = [], clog }: LinkFaults,
  from: NodeId,
  to: NodeId,
): Closures | null {
  const scripted = [
    ...timedHolds.filter((hold) => hold.from === from && hold.to === to),
    ...partitions.filter((partition) => isParted(partition, from, to)),
  ]
    .map(closureOf)
    .map(fromTheBeginning);
  if (scripted.length === 0 && clog === undefined) return null;
  const clogs = clog === undefined ? null : { seed, from, to, clog, known: [] };
  return { scripted, clogs };
}

/** Whether the two are in different sets. A node in none of them keeps all its links. */
export function isParted({ sets }: Partition, one: NodeId, other: NodeId): boolean {
  const of = (node: NodeId): number => sets.findIndex((set) => set.includes(node));
  return of(one) >= 0 && of(other) >= 0 && of(one) !== of(other);
}

export const closureOf = ({ fromMs, untilMs }: Period): Closure => ({
  startUs: inUs(fromMs),
  endUs: untilMs === null ? Infinity : inUs(untilMs),
});

/**
 * A message may come before the start: its sender was told earlier. A link that is closed from 0 on has
 * not been open for it.
 */
const fromTheBeginning = ({ startUs, endUs }: Closure): Closure => ({
  startUs: startUs === 0 ? -Infinity : startUs,
  endUs,
});

const inUs = (ms: number): number => Math.floor(ms * 1000 + 0.5);

/** The first moment from `dueUs` on at which the link hands over; Infinity: never. */
export function openAtUs({ scripted, clogs }: Closures, dueUs: number): number {
  let openUs = dueUs;
  for (let before = -Infinity; before < openUs && openUs < Infinity;) {
    before = openUs;
    for (const { startUs, endUs } of scripted) {
      if (startUs <= openUs && openUs < endUs) openUs = endUs;
    }
    if (clogs !== null && openUs < Infinity) openUs = clogAt(clogs, openUs)?.endUs ?? openUs;
  }
  return openUs;
}

/** The clog in which the moment lies; null: it lies in none. */
export function clogAt(clogs: Clogs, timeUs: number): Closure | null {
  const { known } = clogs;
  let knownUntilUs = known.at(-1)?.endUs ?? 0;
  while (knownUntilUs <= timeUs && known.length < CLOGS_MAX) {
    const clog = nextClog(clogs, knownUntilUs);
    known.push(clog);
    knownUntilUs = clog.endUs;
  }
  for (let index = known.length - 1; index >= 0; index -= 1) {
    const clog = known[index];
    if (clog === undefined || clog.startUs > timeUs) continue;
    return timeUs < clog.endUs ? clog : null;
  }
  return null;
}

/** Number k of a link begins and ends by draws with round k: attempt 0 its distance, 1 its length. */
function nextClog({ seed, from, to, clog, known }: Clogs, previousEndUs: number): Closure {
  const { everyMs, forMs, capMs } = clog;
  const number = known.length;
  const apart = { kind: 'exponential', minMs: 0, meanMs: everyMs, capMs: Infinity } as const;
  const lasting = { kind: 'exponential', minMs: 0, meanMs: forMs, capMs } as const;
  const gapUs = delayUs(apart, uniform(seed, 'clog', from, to, number, 0));
  const lengthUs = delayUs(lasting, uniform(seed, 'clog', from, to, number, 1));
  // At least a microsecond: a link that is never open between two clogs would be one long clog.
  const startUs = previousEndUs + Math.max(1, gapUs);
  return { startUs, endUs: startUs + Math.max(1, lengthUs) };
}

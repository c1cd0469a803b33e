/**
 * What was done to a run from outside, as the master recorded it: pauses and holds with both their
 * ends, and kills. Ledger, page and the command that repeats a run all read this one list.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import type { ActionOrigin, MasterEvent } from '../record/events.ts';

export interface Deed {
  readonly kind: 'pause' | 'hold' | 'kill';
  /** Who was paused or killed; the receiver of a held link. */
  readonly node: NodeId;
  /** The sender of a held link; null: it was about no link. */
  readonly from: NodeId | null;
  readonly origin: ActionOrigin;
  /** Microseconds since the run's origin. untilUs null: until the end of the run; a kill has no end. */
  readonly fromUs: number;
  readonly untilUs: number | null;
}

/** In order of their beginnings. */
export function deedsOf(events: readonly MasterEvent[]): Deed[] {
  const deeds: Deed[] = [];
  const open = new Map<string, number>();
  const begin = (key: string, deed: Omit<Deed, 'untilUs'>): void => {
    open.set(key, deeds.length);
    deeds.push({ ...deed, untilUs: null });
  };
  const end = (key: string, untilUs: number): void => {
    const index = open.get(key) ?? -1;
    const deed = deeds[index];
    if (deed !== undefined) deeds[index] = { ...deed, untilUs };
    open.delete(key);
  };
  for (const event of events) {
    if (event.kind === 'pause' || event.kind === 'kill') {
      const { kind, node, origin, t } = event;
      if (kind === 'kill') end(`pause ${node}`, t);
      begin(`${kind} ${node}`, { kind, node, from: null, origin, fromUs: t });
    } else if (event.kind === 'hold') {
      const { kind, from, to, origin, t } = event;
      begin(`hold ${from} ${to}`, { kind, node: to, from, origin, fromUs: t });
    } else if (event.kind === 'resume') end(`pause ${event.node}`, event.t);
    else if (event.kind === 'release') end(`hold ${event.from} ${event.to}`, event.t);
  }
  return deeds;
}

/** The start of the run's clock in the master's own time; 0: it never came to that. */
export const startUsOf = (events: readonly MasterEvent[]): number =>
  events.find(({ kind }) => kind === 'start')?.t ?? 0;

/**
 * A deed as the line of a config that does the same, in whole milliseconds after the start: keyword
 * and the rest of the line.
 */
export function lineOf(deed: Deed, startUs: number): readonly [keyword: string, rest: string] {
  const ms = (us: number): number => Math.max(0, Math.round((us - startUs) / 1000));
  const { kind, node, from, fromUs, untilUs } = deed;
  if (kind === 'kill') return ['kill', `${node} at ${ms(fromUs)}`];
  const until = untilUs === null ? 'never' : `${ms(untilUs)}`;
  const who = kind === 'hold' ? `${from} ${node}` : `${node}`;
  return [kind, `${who} from ${ms(fromUs)} until ${until}`];
}

/** What became of every copy of every multicast, in the columns of `PageMessages`. */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { sendOrder } from '../agreement/send-order.ts';
import type { Fate, PageMessages } from './page-data.ts';
import type { CollectedNode, Collection, Multicast, Receipt } from './run-collection.ts';

interface Columns {
  readonly from: NodeId[];
  readonly round: Round[];
  readonly t: number[];
  readonly value: number[];
  /** One letter per copy. */
  fates: string;
  readonly flight: number[];
  readonly asked: (number | null)[];
  readonly waited: number[];
  leftOut: number;
}

/** A browser copes with these, and the file stays within a few megabytes. */
export const COPIES_MAX = 250_000;

/** Times are written as counted from `origin`. Only whole rounds, the first ones, up to `most` copies. */
export function encodeMessages(
  collection: Collection,
  origin: number,
  most = COPIES_MAX,
): PageMessages {
  const columns: Columns = {
    from: [],
    round: [],
    t: [],
    value: [],
    fates: '',
    flight: [],
    asked: [],
    waited: [],
    leftOut: 0,
  };
  const n = collection.config?.nodes.length ?? Math.max(0, ...collection.nodes.keys());
  const rounds = n < 2 ? Infinity : Math.floor(most / (n * (n - 1)));
  for (let id = 1; id <= n; id += 1) {
    const sender = collection.nodes.get(id);
    if (sender === undefined) continue;
    for (const [round, multicast] of multicastsOf(collection, sender, n)) {
      if (round >= rounds) {
        columns.leftOut += n - 1;
        continue;
      }
      columns.from.push(id);
      columns.round.push(round);
      columns.t.push(multicast.t - origin);
      columns.value.push(multicast.value);
      for (const to of sendOrder(id, n)) addCopy(columns, collection, sender, round, multicast, to);
    }
  }
  return columns;
}

/** In order of rounds. What a lost or cut file lacks but receivers have seen is there, too. */
function multicastsOf(
  collection: Collection,
  sender: CollectedNode,
  n: number,
): [Round, Multicast][] {
  const all: [Round, Multicast][] = [];
  sender.values.forEach((value, round) => {
    if (value === undefined) return;
    const recorded = sender.multicasts.get(round);
    const multicast = recorded ?? { t: firstArrival(collection, sender.id, round, n), value };
    if (multicast.t === null) return;
    all.push([round, { to: 'all', ...multicast, t: multicast.t }]);
  });
  return all;
}

/** Null: nobody has recorded one. */
function firstArrival({ nodes }: Collection, from: NodeId, round: Round, n: number): number | null {
  let first: number | null = null;
  for (let to = 1; to <= n; to += 1) {
    const arrived = nodes.get(to)?.receipts.get(from)?.[round]?.event.arrived;
    if (arrived !== undefined && (first === null || arrived < first)) first = arrived;
  }
  return first;
}

function addCopy(
  columns: Columns,
  collection: Collection,
  sender: CollectedNode,
  round: Round,
  multicast: Multicast,
  to: NodeId,
): void {
  const receiver = collection.nodes.get(to);
  const receipt = receiver?.receipts.get(sender.id)?.[round];
  if (receipt === undefined || receiver === undefined) {
    columns.fates += unseenFate(sender, round, multicast, to, receiver);
    return;
  }
  const { event } = receipt;
  columns.fates += seenFate(sender, round, receiver, receipt);
  columns.flight.push(event.arrived - multicast.t);
  columns.asked.push(event.delay);
  if (event.kind === 'receive') columns.waited.push(event.t - event.arrived);
}

function seenFate(
  sender: CollectedNode,
  round: Round,
  receiver: CollectedNode,
  { event, isLate }: Receipt,
): Fate {
  if (event.kind === 'pending') return 'p';
  if (isLate) return 'l';
  return receiver.used[round + 1]?.includes(sender.id) === true ? 'u' : 'i';
}

/** Nobody has recorded its arrival: who did not live to do so? */
function unseenFate(
  sender: CollectedNode,
  round: Round,
  { to: reached }: Multicast,
  to: NodeId,
  receiver: CollectedNode | undefined,
): Fate {
  if (reached !== 'all' && !reached.includes(to)) return 'c';
  if (receiver === undefined || isDead(receiver)) return 'd';
  const isLast = round === sender.values.length - 1;
  return isDead(sender) && isLast && sender.crash === null ? 'c' : 'n';
}

const isDead = ({ crash, death }: CollectedNode): boolean => crash !== null || death !== null;

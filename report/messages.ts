/** The copies of all multicasts as columns in memory: a hundred thousand of them are a few MB. */
import { sendOrder } from '../agreement/send-order.ts';
import type { Fate, PageMessages } from './page-data.ts';

/** Times in microseconds since the start barrier; NaN: not recorded. */
export interface MessageTable {
  readonly count: number;
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly round: Uint16Array;
  readonly value: Float64Array;
  readonly sent: Float64Array;
  readonly arrived: Float64Array;
  /** Microseconds it was asked to wait; Infinity: for ever. */
  readonly asked: Float64Array;
  readonly handed: Float64Array;
  readonly fate: readonly Fate[];
}

const hasArrived = (fate: Fate): boolean =>
  fate === 'u' || fate === 'l' || fate === 'i' || fate === 'p';

export function decodeMessages(messages: PageMessages, n: number): MessageTable {
  const count = messages.fates.length;
  const table: MessageTable = {
    count,
    from: new Uint16Array(count),
    to: new Uint16Array(count),
    round: new Uint16Array(count),
    value: new Float64Array(count),
    sent: new Float64Array(count),
    arrived: new Float64Array(count).fill(NaN),
    asked: new Float64Array(count).fill(NaN),
    handed: new Float64Array(count).fill(NaN),
    fate: Array.from(messages.fates) as Fate[],
  };
  let copy = 0;
  messages.from.forEach((from, multicast) => {
    for (const to of sendOrder(from, n)) {
      table.from[copy] = from;
      table.to[copy] = to;
      table.round[copy] = messages.round[multicast] ?? 0;
      table.value[copy] = messages.value[multicast] ?? NaN;
      table.sent[copy] = messages.t[multicast] ?? NaN;
      copy += 1;
    }
  });
  fillTimes(table, messages);
  return table;
}

function fillTimes(table: MessageTable, { flight, asked, waited }: PageMessages): void {
  let arrival = 0;
  let handover = 0;
  table.fate.forEach((fate, copy) => {
    if (!hasArrived(fate)) return;
    const arrived = (table.sent[copy] ?? NaN) + (flight[arrival] ?? NaN);
    table.arrived[copy] = arrived;
    table.asked[copy] = asked[arrival] ?? Infinity;
    arrival += 1;
    if (fate === 'p') return;
    table.handed[copy] = arrived + (waited[handover] ?? NaN);
    handover += 1;
  });
}

/** By fate: how many copies. */
export function countFates(table: MessageTable): Record<Fate, number> {
  const counts: Record<Fate, number> = { u: 0, l: 0, i: 0, p: 0, c: 0, d: 0, n: 0 };
  for (const fate of table.fate) counts[fate] += 1;
  return counts;
}

/**
 * Multicasts on their way. One entry per multicast, not one per copy: its copies are sorted once by
 * when they are due, and a heap orders the multicasts by their next copy. With 1,000 nodes a million
 * copies are under way, but only thousands of multicasts: the heap stays in the processor's cache,
 * and a copy under way costs eight bytes.
 *
 * Copies come out by (due, sequence); sequence numbers are given in the order of sending. Everything
 * stands in columns that are used again: a run allocates nothing per multicast.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { sortAscending } from '../agreement/ascending.ts';
import { invariant } from '../agreement/invariant.ts';

export interface Message {
  readonly round: Round;
  readonly value: number;
}

/** One multicast is one slot; its copies are numbered by their position in the send order. */
export interface Flights {
  /** Heap of slots, by the due time and the sequence number of their next copies. */
  size: number;
  readonly dueUs: number[];
  readonly sequence: number[];
  readonly slots: number[];
  /** By slot. sentUs: microseconds; firstSequence: of position 0. */
  readonly from: NodeId[];
  readonly messages: Message[];
  readonly sentUs: number[];
  readonly firstSequence: number[];
  /** By slot: index of its next key and of the first one behind its last, in `keys`. */
  readonly next: number[];
  readonly end: number[];
  /** `copiesMax` for each slot: (due − sentUs) · stride + position, ascending from `next` to `end`. */
  keys: Float64Array;
  readonly copiesMax: number;
  /** A power of two above every position, so that keys come apart without rounding. */
  readonly stride: number;
  /** Slots of multicasts that are over. */
  readonly spare: number[];
}

const FIRST_SLOTS = 16;

/** `copiesMax`: of one multicast; their positions are below it. */
export function createFlights(copiesMax: number): Flights {
  let stride = 1;
  while (stride <= copiesMax) stride *= 2;
  return {
    size: 0,
    dueUs: [],
    sequence: [],
    slots: [],
    from: [],
    messages: [],
    sentUs: [],
    firstSequence: [],
    next: [],
    end: [],
    keys: new Float64Array(FIRST_SLOTS * copiesMax),
    copiesMax,
    stride,
    spare: [],
  };
}

/** A multicast without copies: `addCopy` for each of them, then `launch`. Returns its slot. */
export function prepareFlight(
  flights: Flights,
  from: NodeId,
  message: Message,
  sentUs: number,
  firstSequence: number,
): number {
  const slot = flights.spare.pop() ?? flights.from.length;
  const first = slot * flights.copiesMax;
  if (first + flights.copiesMax > flights.keys.length) growKeys(flights);
  flights.from[slot] = from;
  flights.messages[slot] = message;
  flights.sentUs[slot] = sentUs;
  flights.firstSequence[slot] = firstSequence;
  flights.next[slot] = first;
  flights.end[slot] = first;
  return slot;
}

/** A wait of up to 100 days is exact with 1,000 nodes. */
export function addCopy(flights: Flights, slot: number, waitUs: number, position: number): void {
  const key = waitUs * flights.stride + position;
  invariant(key <= Number.MAX_SAFE_INTEGER, () => `a copy that waits ${waitUs} µs`);
  const end = flights.end[slot] as number;
  flights.keys[end] = key;
  flights.end[slot] = end + 1;
}

export function launch(flights: Flights, slot: number): void {
  const first = flights.next[slot] as number;
  const end = flights.end[slot] as number;
  if (first === end) {
    flights.spare.push(slot);
    return;
  }
  sortAscending(flights.keys, first, end);
  flights.size += 1;
  rise(flights, flights.size - 1, slot);
}

/** Who gets the next copy is at this position of the send order of the first slot's sender. */
export const firstPosition = (flights: Flights): number =>
  nextPosition(flights, flights.slots[0] as number);

/** The first copy has come out: its multicast is ordered anew by the next one, or is over. */
export function advance(flights: Flights): void {
  const slot = flights.slots[0] as number;
  const next = (flights.next[slot] as number) + 1;
  flights.next[slot] = next;
  if (next < (flights.end[slot] as number)) {
    sink(flights, slot);
    return;
  }
  flights.spare.push(slot);
  flights.size -= 1;
  flights.dueUs.pop();
  flights.sequence.pop();
  const last = flights.slots.pop() as number;
  if (flights.size > 0) sink(flights, last);
}

function growKeys(flights: Flights): void {
  const larger = new Float64Array(2 * flights.keys.length);
  larger.set(flights.keys);
  flights.keys = larger;
}

function nextDueUs({ keys, next, sentUs, stride }: Flights, slot: number): number {
  const key = keys[next[slot] as number] as number;
  return (sentUs[slot] as number) + Math.floor(key / stride);
}

function nextPosition({ keys, next, stride }: Flights, slot: number): number {
  const key = keys[next[slot] as number] as number;
  return key - Math.floor(key / stride) * stride;
}

const nextSequence = (flights: Flights, slot: number): number =>
  (flights.firstSequence[slot] as number) + nextPosition(flights, slot);

function rise(flights: Flights, from: number, slot: number): void {
  const dueUs = nextDueUs(flights, slot);
  const sequence = nextSequence(flights, slot);
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (isBefore(flights, parent, dueUs, sequence)) break;
    move(flights, parent, hole);
    hole = parent;
  }
  place(flights, hole, dueUs, sequence, slot);
}

function sink(flights: Flights, slot: number): void {
  const { size, dueUs: dues, sequence: sequences } = flights;
  const dueUs = nextDueUs(flights, slot);
  const sequence = nextSequence(flights, slot);
  let hole = 0;
  for (let child = 1; child < size; child = 2 * hole + 1) {
    const right = child + 1;
    if (
      right < size &&
      isBefore(flights, right, dues[child] as number, sequences[child] as number)
    ) {
      child = right;
    }
    if (!isBefore(flights, child, dueUs, sequence)) break;
    move(flights, child, hole);
    hole = child;
  }
  place(flights, hole, dueUs, sequence, slot);
}

function isBefore(flights: Flights, index: number, dueUs: number, sequence: number): boolean {
  const other = flights.dueUs[index] as number;
  return other < dueUs || (other === dueUs && (flights.sequence[index] as number) < sequence);
}

function move(flights: Flights, from: number, to: number): void {
  flights.dueUs[to] = flights.dueUs[from] as number;
  flights.sequence[to] = flights.sequence[from] as number;
  flights.slots[to] = flights.slots[from] as number;
}

function place(flights: Flights, at: number, dueUs: number, sequence: number, slot: number): void {
  flights.dueUs[at] = dueUs;
  flights.sequence[at] = sequence;
  flights.slots[at] = slot;
}

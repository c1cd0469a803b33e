/**
 * Items ordered by the time they are due; those due at the same time in order of insertion.
 *
 * A binary heap in three parallel arrays: no object per entry, no comparison function. Both the
 * node process (with one timer for the earliest entry) and the simulator use it.
 */
import { invariant } from '../agreement/invariant.ts';

export interface DueQueue<Item> {
  size: number;
  /** Heap of due times in microseconds; the entry at i has its children at 2i + 1 and 2i + 2. */
  readonly dueUs: number[];
  /** Number of the insertion, beside dueUs: breaks ties. */
  readonly sequence: number[];
  readonly items: Item[];
  nextSequence: number;
}

export function createDueQueue<Item>(): DueQueue<Item> {
  return { size: 0, dueUs: [], sequence: [], items: [], nextSequence: 0 };
}

/** Adds an item. dueUs: any number but NaN, which has no place in an order. */
export function push<Item>(queue: DueQueue<Item>, dueUs: number, item: Item): void {
  invariant(dueUs === dueUs, 'due-queue: an item is due at NaN');
  const sequence = queue.nextSequence;
  queue.nextSequence += 1;
  let hole = queue.size;
  queue.size += 1;
  // The newcomer has the largest sequence: it moves up only past entries that are due later.
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if ((queue.dueUs[parent] as number) <= dueUs) break;
    moveEntry(queue, parent, hole);
    hole = parent;
  }
  setEntry(queue, hole, dueUs, sequence, item);
}

/** When the earliest item is due, in microseconds; null: the queue is empty. */
export function peekDue(queue: DueQueue<unknown>): number | null {
  return queue.dueUs[0] ?? null;
}

/** Removes the earliest item and returns it; undefined: the queue is empty. */
export function pop<Item>(queue: DueQueue<Item>): Item | undefined {
  if (queue.size === 0) return undefined;
  const first = queue.items[0] as Item;
  const dueUs = queue.dueUs.pop() as number;
  const sequence = queue.sequence.pop() as number;
  const item = queue.items.pop() as Item;
  queue.size -= 1;
  if (queue.size > 0) refill(queue, dueUs, sequence, item);
  return first;
}

/**
 * Fills the hole at the top: it sinks along the earlier children to a leaf, then the former last
 * entry rises from there. That entry belongs near the leaves, so this compares about half as much
 * as sinking the entry itself (R. Floyd; see D. E. Knuth, TAOCP 3, 5.2.3, exercise 18).
 */
function refill<Item>(queue: DueQueue<Item>, dueUs: number, sequence: number, item: Item): void {
  let hole = 0;
  for (let child = 1; child < queue.size; child = 2 * hole + 1) {
    if (child + 1 < queue.size && isBefore(queue, child + 1, child)) child += 1;
    moveEntry(queue, child, hole);
    hole = child;
  }
  setEntry(queue, hole, dueUs, sequence, item);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!isBefore(queue, hole, parent)) break;
    moveEntry(queue, parent, hole);
    setEntry(queue, parent, dueUs, sequence, item);
    hole = parent;
  }
}

function isBefore(queue: DueQueue<unknown>, a: number, b: number): boolean {
  const dueA = queue.dueUs[a] as number;
  const dueB = queue.dueUs[b] as number;
  if (dueA !== dueB) return dueA < dueB;
  return (queue.sequence[a] as number) < (queue.sequence[b] as number);
}

function moveEntry<Item>(queue: DueQueue<Item>, from: number, to: number): void {
  queue.dueUs[to] = queue.dueUs[from] as number;
  queue.sequence[to] = queue.sequence[from] as number;
  queue.items[to] = queue.items[from] as Item;
}

function setEntry<Item>(
  queue: DueQueue<Item>,
  at: number,
  dueUs: number,
  sequence: number,
  item: Item,
): void {
  queue.dueUs[at] = dueUs;
  queue.sequence[at] = sequence;
  queue.items[at] = item;
}

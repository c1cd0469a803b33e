/**
 * Messages between their arrival and the moment they are due. One timer serves them all: a timer per
 * message would fire up to two milliseconds early and cost more (docs/decisions/0004-delays.md).
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { createDueQueue, peekDue, pop, push } from '../faults/due-queue.ts';
import type { DueQueue } from '../faults/due-queue.ts';
import { dueUs } from '../faults/link-clock.ts';
import { copyDueUs } from '../faults/duplicates.ts';
import type { LinkClock } from '../faults/link-clock.ts';
import { TIMER_MS_MAX } from '../runtime/deferred.ts';
import type { RunClock } from '../runtime/run-clock.ts';

/** A message with its history. Times in microseconds since the run's origin. */
export interface Delivered {
  readonly kind: 'receive' | 'duplicate';
  readonly from: NodeId;
  readonly round: Round;
  readonly value: number;
  readonly arrived: number;
  /** What it was asked to wait, in microseconds; null: held for ever. */
  readonly delay: number | null;
}

type Arrived = Omit<Delivered, 'kind' | 'delay'>;

export interface Delivery {
  readonly linkClock: LinkClock;
  readonly nowUs: RunClock;
  readonly deliver: (message: Delivered) => void;
  readonly queue: DueQueue<Delivered>;
  /** Held for ever, or here before the barrier opened. */
  readonly heldForEver: Delivered[];
  readonly early: Arrived[];
  /** Senders whose messages wait for a word of the master; those that are due, in order. */
  readonly held: Map<NodeId, Delivered[]>;
  /** When the start record came, microseconds since the origin; null before it. */
  startedUs: number | null;
  timer: NodeJS.Timeout | null;
}

export const createDelivery = (
  linkClock: LinkClock,
  nowUs: RunClock,
  deliver: (message: Delivered) => void,
): Delivery => ({
  linkClock,
  nowUs,
  deliver,
  queue: createDueQueue(),
  heldForEver: [],
  early: [],
  held: new Map(),
  startedUs: null,
  timer: null,
});

/** The start record: due times count from here, also those of messages that were faster than it. */
export function open(delivery: Delivery, startedUs: number): void {
  delivery.startedUs = startedUs;
  for (const message of delivery.early.splice(0)) schedule(delivery, message);
}

export function arrive(delivery: Delivery, from: NodeId, round: Round, value: number): void {
  const message = { from, round, value, arrived: delivery.nowUs() };
  if (delivery.startedUs === null) delivery.early.push(message);
  else schedule(delivery, message);
}

/** From now on nothing of `from` is handed over; it queues up behind what is due first. */
export function hold(delivery: Delivery, from: NodeId): void {
  if (!delivery.held.has(from)) delivery.held.set(from, []);
}

/** Hands over, in order, what was due while it was held. It was asked to wait until now. */
export function release(delivery: Delivery, from: NodeId): void {
  const waiting = delivery.held.get(from) ?? [];
  delivery.held.delete(from);
  for (const message of waiting) {
    delivery.deliver({ ...message, delay: delivery.nowUs() - message.arrived });
  }
}

/** What will not be handed over any more. */
export function closeDelivery(delivery: Delivery): Delivered[] {
  if (delivery.timer !== null) clearTimeout(delivery.timer);
  const waiting = [...delivery.heldForEver];
  for (const messages of delivery.held.values()) {
    waiting.push(...messages.map((message) => ({ ...message, delay: null })));
  }
  for (let next = pop(delivery.queue); next !== undefined; next = pop(delivery.queue)) {
    waiting.push(next);
  }
  return waiting;
}

function schedule(delivery: Delivery, message: Arrived): void {
  const { linkClock } = delivery;
  const { from, round, arrived } = message;
  const startedUs = delivery.startedUs ?? arrived;
  const due = dueUs(linkClock, from, round, arrived - startedUs);
  if (due === null) {
    delivery.heldForEver.push(delivered('receive', message, null));
    return;
  }
  handOverAt(delivery, 'receive', message, due + startedUs);
  const copyDue = copyDueUs(linkClock, from, round, due);
  if (copyDue !== null) handOverAt(delivery, 'duplicate', message, copyDue + startedUs);
}

/** Field by field: to spread an object costs ten times as much, and this happens to every message. */
const delivered = (
  kind: Delivered['kind'],
  { from, round, value, arrived }: Arrived,
  delay: number | null,
): Delivered => ({ kind, from, round, value, arrived, delay });

function handOverAt(
  delivery: Delivery,
  kind: Delivered['kind'],
  message: Arrived,
  due: number,
): void {
  const delay = Math.max(0, due - message.arrived);
  const asked = delivered(kind, message, delay);
  // No delay: the same turn of the loop, exactly as if there were no delays at all.
  if (delay === 0 && delivery.queue.size === 0) {
    handOver(delivery, asked);
    return;
  }
  push(delivery.queue, due, asked);
  // Nor may it overtake one of its link that is due already, and waits for a late timer.
  if (delay === 0) deliverDue(delivery);
  else setTimer(delivery);
}

/** Only ever late, never early: rounded up, and checked against the clock when it fires. */
function setTimer(delivery: Delivery): void {
  const due = peekDue(delivery.queue);
  if (delivery.timer !== null) clearTimeout(delivery.timer);
  delivery.timer = null;
  if (due === null) return;
  const waitMs = Math.min(Math.max(1, Math.ceil((due - delivery.nowUs()) / 1000)), TIMER_MS_MAX);
  delivery.timer = setTimeout(() => {
    deliverDue(delivery);
  }, waitMs);
}

function deliverDue(delivery: Delivery): void {
  const now = delivery.nowUs();
  for (let due = peekDue(delivery.queue); due !== null && due <= now;) {
    const message = pop(delivery.queue);
    if (message !== undefined) handOver(delivery, message);
    due = peekDue(delivery.queue);
  }
  setTimer(delivery);
}

function handOver(delivery: Delivery, message: Delivered): void {
  const queue = delivery.held.size === 0 ? undefined : delivery.held.get(message.from);
  if (queue === undefined) delivery.deliver(message);
  else queue.push(message);
}

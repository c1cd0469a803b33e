/**
 * Drives the participant on a real network: messages that are due become events, effects become
 * sends, and the fault plan says between which two of them the node dies.
 *
 * Order of a step: its effects are cut at a planned crash, all events are recorded, and only then the
 * first send happens. Record and sends of a turn of the event loop reach the kernel together at its
 * end, the record first (runtime/outbox.ts). So the record of a node that is killed at any moment is
 * a prefix of its life.
 */
import type { Algorithm, Effect, Event, NodeId, Round } from '../agreement/algorithm.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { invariant } from '../agreement/invariant.ts';
import { parametersOf } from '../agreement/parameters.ts';
import { sendOrder } from '../agreement/send-order.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan, PlannedCrash } from '../faults/fault-plan.ts';
import { createLinkClock } from '../faults/link-clock.ts';
import { admit, createReceiveGate, takeFreed } from '../faults/receive-gate.ts';
import type { ReceiveGate } from '../faults/receive-gate.ts';
import type { NodeEvent } from '../record/events.ts';
import type { RunClock } from '../runtime/run-clock.ts';
import { arrive, closeDelivery, createDelivery, hold, open, release } from './delivery.ts';
import type { Delivered, Delivery } from './delivery.ts';

/** What the driver may do to the world. */
export interface World {
  readonly nowUs: RunClock;
  record(event: NodeEvent): void;
  report(round: Round, value: number): void;
  multicast(round: Round, value: number, to: readonly NodeId[]): void;
  output(round: Round, value: number): void;
  /** The planned crash; what has been sent must still reach the kernel. */
  die(reached: readonly NodeId[]): void;
  /** The user's algorithm has failed: record it, and tell whoever leads the run to end it. */
  giveUp(error: AlgorithmError): void;
}

export interface Driver {
  readonly id: NodeId;
  readonly config: RunConfig;
  readonly algorithm: Algorithm<unknown>;
  readonly world: World;
  readonly state: unknown;
  readonly peers: readonly NodeId[];
  readonly crash: PlannedCrash | null;
  readonly delivery: Delivery;
  /** Null: no receive set is scripted for this node. */
  readonly gate: ReceiveGate<Delivered> | null;
  /** The participant's; −1 before the start. */
  round: Round;
  /** Crashed, given up, or the run is over: nothing happens any more. */
  isOver: boolean;
}

export function createDriver(
  id: NodeId,
  config: RunConfig,
  algorithm: Algorithm<unknown>,
  plan: FaultPlan,
  world: World,
): Driver {
  const n = config.nodes.length;
  const linkClock = createLinkClock(id, n, config.seed, config.faults);
  const driver: Driver = {
    id,
    config,
    algorithm,
    world,
    peers: sendOrder(id, n),
    crash: plan.crashes.find((planned) => planned.node === id) ?? null,
    delivery: createDelivery(linkClock, world.nowUs, (message) => {
      receive(driver, message);
    }),
    state: algorithm.initialState(parametersOf(id, config)),
    gate: createReceiveGate(id, config.faults),
    round: -1,
    isOver: false,
  };
  return driver;
}

/** The master's start record: the barrier is open. */
export function startDriver(driver: Driver): void {
  const input = driver.config.nodes[driver.id - 1]?.input;
  invariant(input !== undefined, `node ${driver.id} has no input`);
  const t = driver.world.nowUs();
  driver.world.record({ kind: 'start', t, input });
  step(driver, { kind: 'start', input });
  open(driver.delivery, t);
}

/** A value's bytes are here; it is handed over when it is due. */
export function arriveAt(driver: Driver, from: NodeId, round: Round, value: number): void {
  if (!driver.isOver) arrive(driver.delivery, from, round, value);
}

/** The master's output record names the round to output. */
export function stopDriver(driver: Driver, round: Round): void {
  if (driver.isOver) return;
  driver.world.record({ kind: 'stop', t: driver.world.nowUs(), round });
  step(driver, { kind: 'stop', round });
}

/** The master's word: hold back what comes from a peer, or let it go. */
export function holdLink(driver: Driver, from: NodeId, held: boolean): void {
  if (driver.isOver) return;
  driver.world.record({ kind: held ? 'hold' : 'release', t: driver.world.nowUs(), from });
  if (held) hold(driver.delivery, from);
  else release(driver.delivery, from);
}

/** The run is over. What still waits for its due time is recorded as pending. */
export function closeDriver(driver: Driver): void {
  if (driver.isOver) return;
  driver.isOver = true;
  const withheld = driver.gate?.withheld.map((message) => ({ ...message, delay: null })) ?? [];
  for (const { kind, ...message } of [...withheld, ...closeDelivery(driver.delivery)]) {
    if (kind === 'duplicate') continue;
    driver.world.record({ kind: 'pending', t: driver.world.nowUs(), ...message });
  }
}

/** A message is due; a receive set may keep it back, and set others free once the round is over. */
function receive(driver: Driver, message: Delivered): void {
  const { gate } = driver;
  if (gate === null) {
    handOver(driver, message);
    return;
  }
  let next = admit(gate, driver.round, message) ? message : null;
  while (next !== null) {
    handOver(driver, { ...next, delay: driver.world.nowUs() - next.arrived });
    next = takeFreed(gate, driver.round);
  }
}

function handOver(driver: Driver, message: Delivered): void {
  if (driver.isOver) return;
  const { kind, from, round, value, arrived, delay } = message;
  const t = driver.world.nowUs();
  driver.world.record({ kind, t, from, round, value, arrived, delay });
  step(driver, { kind: 'receive', from, message: { round, value } });
}

function step(driver: Driver, event: Event): void {
  const answer = answerTo(driver, event);
  if (answer.length === 0) return;
  const effects = upToCrash(driver, answer);
  for (const effect of effects) recordEffect(driver, effect);
  for (const effect of effects) perform(driver, effect);
}

/**
 * A user's algorithm may throw. The node lives on, and says so: its silence, or its death, would look
 * like a crash, and the run would be judged as if the algorithm had survived it.
 */
function answerTo(driver: Driver, event: Event): Effect[] {
  try {
    return driver.algorithm.step(driver.state, event);
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    driver.isOver = true;
    driver.world.giveUp(error);
    return [];
  }
}

/** What would follow the multicast that the node does not survive never happens. */
function upToCrash(driver: Driver, effects: Effect[]): Effect[] {
  const last = effects.findIndex((effect) => crashIn(driver, effect) !== null);
  return last < 0 ? effects : effects.slice(0, last + 1);
}

function crashIn(driver: Driver, effect: Effect): PlannedCrash | null {
  if (driver.crash === null || effect.kind !== 'multicast') return null;
  return effect.message.round === driver.crash.round ? driver.crash : null;
}

function recordEffect(driver: Driver, effect: Effect): void {
  const { world } = driver;
  const t = world.nowUs();
  if (effect.kind === 'report') driver.round = effect.round;
  if (effect.kind !== 'multicast') {
    world.record({ t, ...effect });
    return;
  }
  const { round, value } = effect.message;
  const crash = crashIn(driver, effect);
  world.record({ kind: 'multicast', t, round, value, to: crash?.reached ?? 'all' });
  if (crash === null) return;
  driver.isOver = true;
  const mode = driver.config.faults.crashMode;
  world.record({ kind: 'crash', t, round: crash.round, mode });
}

function perform(driver: Driver, effect: Effect): void {
  switch (effect.kind) {
    case 'report':
      driver.world.report(effect.round, effect.value);
      return;
    case 'multicast': {
      const crash = crashIn(driver, effect);
      const to = crash?.reached ?? driver.peers;
      driver.world.multicast(effect.message.round, effect.message.value, to);
      if (crash !== null) driver.world.die(crash.reached);
      return;
    }
    case 'output':
      driver.world.output(effect.round, effect.value);
  }
}

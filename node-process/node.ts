/** The life of one node: bind, register, be welcomed, connect, take part, leave. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { Address, RunConfig } from '../configs/run-config.ts';
import { AlgorithmError } from '../agreement/guarded-algorithm.ts';
import { planFaults } from '../faults/plan.ts';
import { WIRE_VERSION } from '../proto/records.ts';
import type { WelcomeRecord } from '../proto/records.ts';
import { loadAlgorithm } from '../record/load-algorithm.ts';
import { headerOf, processStatistics } from '../record/process-statistics.ts';
import { openRecorder } from '../record/recorder.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import { deadlineIn } from '../runtime/deadline.ts';
import { within } from '../runtime/deferred.ts';
import { createDoorkeeper } from '../runtime/doorkeeper.ts';
import { createAcceptor } from '../runtime/inbound.ts';
import type { InboundPolicy } from '../runtime/inbound.ts';
import { listen } from '../runtime/listen.ts';
import type { Listener } from '../runtime/listen.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { dial } from '../runtime/outbound.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { createRunClock } from '../runtime/run-clock.ts';
import type { Transport } from '../runtime/transport.ts';
import { closeDriver, createDriver } from './driver.ts';
import { createHeard } from './heard.ts';
import { closeMesh, connectMesh } from './mesh.ts';
import { findRecordPlace, removePlace } from './record-place.ts';
import { closeRecord, createSession, identify, record } from './session.ts';
import type { Session, SessionLog } from './session.ts';
import { createWorld } from './world.ts';

export interface NodeOptions {
  readonly id: NodeId;
  /** The name of this machine, for its record. */
  readonly hostname: string;
  /**
   * The run's origin on this machine's monotonic clock, in microseconds; unless told it is found by
   * the wall clock.
   */
  readonly originMonotonicUs?: number;
  readonly listen: Address;
  /**
   * Under which host the others reach what `listen` binds. `local`: this end of the connection to the
   * master. Unless told the host of `listen`.
   */
  readonly advertise?: (local: string) => string;
  /** Write the record on this machine even where the run directory can be seen, and send it home. */
  readonly recordAway?: boolean;
  /** Where the master listens; under the launcher known a moment after the node's start. */
  readonly master: Promise<Address>;
  /** Of the config; empty: the node has none and takes the master's. */
  readonly digest: string;
  readonly transport: Transport;
  /** How long to wait for the master and for the other nodes, in milliseconds. */
  readonly waitMs: number;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Rejects when the node has to leave: the launcher is gone, Ctrl-C by hand. */
  readonly mustLeave: Promise<never>;
}

/**
 * The master may have said why before it hung up: refused, fenced. That word comes on the master's
 * own connection, which is read in its own time, in milliseconds.
 */
const LAST_WORD_MS = 1_000;

/**
 * Resolves to the exit code. Rejects with OperatingError when the run cannot be joined or is lost, and
 * with AlgorithmError when the user's algorithm has failed.
 */
export async function runNode(options: NodeOptions): Promise<number> {
  const { transport } = options;
  const session = createSession(options.id, transport);
  const policy: InboundPolicy = {
    door: createDoorkeeper(),
    identify: (first, _bytes, close) => identify(session, first, close),
    onRefused: session.refusals.note,
  };
  const listener = await listen(options.listen, createAcceptor(transport, policy));
  try {
    const life = takePart(session, options, listener);
    return await Promise.race([life, session.lost.promise, options.mustLeave]);
  } catch (error) {
    if (error !== session.gaveUp) {
      record(session, (t) => ({ kind: 'abandoned', t, reason: String(error) }));
    }
    throw error;
  } finally {
    session.refusals.flush();
    session.log?.recorder.close();
    leaveRecord(session, options);
    listener.close();
    // The master first: it must learn of this end no later than the peers do.
    if (!session.isFinished) session.toMaster?.end();
    // A process that ends now leaves its many connections to the kernel, which is faster.
    setImmediate(closeConnections, session);
  }
}

function closeConnections({ toMaster, mesh }: Session): void {
  toMaster?.end();
  closeMesh(mesh);
}

/** A record that nobody has asked for any more stays where it is; of a run that never began, nothing. */
function leaveRecord({ log, driver }: Session, { say }: NodeOptions): void {
  if (log === null || log.isHome || !log.place.isAway) return;
  const hasStarted = driver !== null && driver.delivery.startedUs !== null;
  if (hasStarted) say(`its record stays on this machine, in ${log.place.directory}`);
  else removePlace(log.place);
}

async function takePart(
  session: Session,
  options: NodeOptions,
  listener: Listener,
): Promise<number> {
  const here = listener.address;
  const toMaster = await reachMaster(session, options);
  const register = { kind: 'register', version: WIRE_VERSION, id: options.id } as const;
  const host = options.advertise?.(toMaster.localHost()) ?? here.host;
  toMaster.send({ ...register, host, port: here.port, digest: options.digest });
  options.say(`registered with the master; waiting for the other nodes`);
  const welcome = await inTime(session.welcome.promise, options, 'the other nodes to register');
  await enterRun(session, options, welcome, toMaster);
  const addresses = new Map(welcome.addresses.map((entry) => [entry.id, entry]));
  await connectMesh(session.mesh, welcome.run, addresses);
  // Everybody who belongs here is here: whoever comes now is a stranger.
  listener.close();
  toMaster.send({ kind: 'ready', from: options.id });
  options.say(`connected to all ${addresses.size - 1} peers; waiting for the start`);
  await inTime(session.started.promise, options, 'the start record');
  options.say('running');
  return Promise.race([leaveAfterFinish(session, toMaster), leaveAfterCrash(session)]);
}

async function reachMaster(session: Session, options: NodeOptions): Promise<Outbound> {
  const address = await inTime(options.master, options, 'the address of the master');
  const where = `${address.host}:${address.port}`;
  options.say(`waiting for the master at ${where}`);
  const onEnd = (how: string): void => {
    const gone = `the connection to the master at ${where} ended: ${how}.${hintFor(session)}`;
    setTimeout(() => {
      if (!session.isFinished && !session.isDying)
        session.lost.reject(new OperatingError('master-gone', gone));
    }, LAST_WORD_MS).unref();
  };
  const party = { to: MASTER, transport: session.transport };
  const toMaster = await dial(address, deadlineIn(options.waitMs), onEnd, session.outbox, party);
  if (toMaster === null) {
    throw new OperatingError(
      'master-missing',
      `no master answered at ${where} within ${options.waitMs / 1000} s. Start it with: npm run master -- FILE (the same config), or wait longer with --wait.`,
    );
  }
  session.toMaster = toMaster;
  return toMaster;
}

/** Who was never welcomed was probably turned away, and nobody could tell it why. */
function hintFor({ log, transport }: Session): string {
  if (log !== null) return '';
  return transport.tls === null
    ? ' If the master runs with tls on, start this process with tls on and keys too.'
    : ' If the master does not know these keys, make them anew with npm run keys, for all processes.';
}

/** From the welcome on the node knows the run: its config, its faults, where to record. */
async function enterRun(
  session: Session,
  options: NodeOptions,
  welcome: WelcomeRecord,
  toMaster: Outbound,
): Promise<void> {
  // The digest both sides compared covers everything that matters here; the master has validated it.
  const config = JSON.parse(welcome.config) as RunConfig;
  const n = config.nodes.length;
  const { f, lastRound, seed, faults } = config;
  const nowUs = createRunClock(welcome.originUs, options.originMonotonicUs);
  const { id } = session;
  const { run, originUs } = welcome;
  const place = findRecordPlace(id, welcome, options.recordAway === true);
  const header = headerOf({
    process: 'node',
    id,
    host: options.hostname,
    run,
    originUs,
    t: nowUs(),
  });
  const recorder = openRecorder(place.directory, id, header);
  const log: SessionLog = { nowUs, recorder, place, isHome: false };
  session.log = log;
  const plan = planFaults({ n, f, lastRound, seed, faults });
  const world = createWorld(session, log, toMaster, options.say);
  try {
    // Before the node is ready: an algorithm that is not there ends the run before it begins.
    const algorithm = await loadAlgorithm(place.directory, config);
    session.driver = createDriver(id, config, algorithm, plan, world);
    session.heard = createHeard(lastRound);
    session.refusals.flush();
  } catch (error) {
    if (error instanceof AlgorithmError) world.giveUp(error);
    await toMaster.flushed();
    throw error;
  }
}

async function leaveAfterCrash(session: Session): Promise<number> {
  await session.crashed.promise;
  await closeRecord(session);
  refuseLostRecord(session);
  return EXIT.inconclusive;
}

function refuseLostRecord({ log }: Session): void {
  const failure = log?.recorder.failure() ?? null;
  if (failure !== null) throw new OperatingError('run-failed', failure);
}

/** Everything is written and said before the master lets go; only then the connections close. */
async function leaveAfterFinish(session: Session, toMaster: Outbound): Promise<number> {
  const { outcome } = await session.finish.promise;
  if (session.driver !== null) closeDriver(session.driver);
  record(session, (t) => ({ kind: 'finish', t, outcome }));
  session.refusals.flush();
  // The counts are the last word: what still comes belongs to no run any more.
  record(session, (t) => processStatistics(t, session.sent, session.received));
  await closeRecord(session);
  toMaster.send({ kind: 'done', from: session.id });
  await session.released.promise;
  refuseLostRecord(session);
  if (session.gaveUp !== null) throw session.gaveUp;
  return session.hasOutput ? EXIT.pass : EXIT.inconclusive;
}

async function inTime<T>(promise: Promise<T>, options: NodeOptions, what: string): Promise<T> {
  const value = await within(promise, options.waitMs);
  if (value !== null) return value;
  throw new OperatingError(
    'peer-missing',
    `waited ${options.waitMs / 1000} s for ${what}. Start what is missing (the master's terminal names it), or wait longer with --wait.`,
  );
}

/** The life of one node: bind, register, be welcomed, connect, take part, leave. */
import { WIRE_VERSION } from '../proto/records.ts';
import { within } from '../runtime/deferred.ts';
import { createDoorkeeper } from '../runtime/doorkeeper.ts';
import { createAcceptor } from '../runtime/inbound.ts';
import type { InboundPolicy } from '../runtime/inbound.ts';
import { listen } from '../runtime/listen.ts';
import type { Listener } from '../runtime/listen.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { enterRun } from './enter-run.ts';
import { createSession, identify } from './join.ts';
import { closeConnections, leaveAfterCrash, leaveAfterFinish, leaveRecord } from './leaving.ts';
import { connectMesh } from './mesh.ts';
import type { NodeOptions } from './node-options.ts';
import { reachMaster } from './reach-master.ts';
import { record } from './session.ts';
import type { Session } from './session.ts';

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

async function takePart(
  session: Session,
  options: NodeOptions,
  listener: Listener,
): Promise<number> {
  const here = listener.address;
  const masterAt = await inTime(options.master, options, 'the address of the master');
  const toMaster = await reachMaster(session, options, masterAt);
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

async function inTime<T>(promise: Promise<T>, options: NodeOptions, what: string): Promise<T> {
  const value = await within(promise, options.waitMs);
  if (value !== null) return value;
  throw new OperatingError(
    'peer-missing',
    `waited ${options.waitMs / 1000} s for ${what}. Start what is missing (the master's terminal names it), or wait longer with --wait.`,
  );
}

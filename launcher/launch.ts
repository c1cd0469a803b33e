/** Starts the master and the nodes of a run, each with what it has to know. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { Address } from '../configs/run-config.ts';
import { keysFileName } from '../runtime/identity.ts';
import type { LaunchedNode } from '../runtime/ipc.ts';
import type { TransportOptions } from '../runtime/transport.ts';
import { spawnMaster, spawnNode } from './children.ts';
import type { Child, Spawning } from './children.ts';
import { keepAliveOf } from './exposure.ts';
import type { PreparedRun } from './prepare-run.ts';

export interface LaunchOptions {
  readonly waitMs: number;
  /** Use the ports of the config instead of free ones. */
  readonly fixedPorts: boolean;
  /** False, for bench/ alone: no process of the run records, so nobody can judge it. */
  readonly isRecorded?: boolean;
}

type ConfiguredNode = PreparedRun['config']['nodes'][number];

/** Who has them could take part in this run; nobody needs them once it is over. */
export const keysFolder = (directory: string): string => join(directory, 'private');

export function launchMaster(
  prepared: PreparedRun,
  options: LaunchOptions,
  spawning: Spawning,
): Child {
  const { directory, run, originUs, originMonotonicUs, digest, config } = prepared;
  const { waitMs, isRecorded = true } = options;
  const at = {
    listen: listenAt(options, config.master),
    transport: transportTo(prepared, MASTER),
  };
  const origin = { originUs, originMonotonicUs };
  return spawnMaster({ directory, isRecorded, run, ...origin, digest, ...at, waitMs }, spawning);
}

export const launchNode = (
  prepared: PreparedRun,
  options: LaunchOptions & { readonly snapshot: string | null },
  node: ConfiguredNode,
  spawning: Spawning,
): Child => spawnNode(nodeOptions(prepared, options, node), options.snapshot, spawning);

export function nodeOptions(
  prepared: PreparedRun,
  options: LaunchOptions,
  { id, ...address }: ConfiguredNode,
): LaunchedNode {
  const { originMonotonicUs, digest } = prepared;
  const at = { listen: listenAt(options, address), transport: transportTo(prepared, id) };
  const asked = { id, hostname: hostname(), originMonotonicUs, ...at, digest };
  return { ...asked, waitMs: options.waitMs };
}

const listenAt = ({ fixedPorts }: LaunchOptions, { host, port }: Address): Address => ({
  host,
  port: fixedPorts ? port : 0,
});

function transportTo({ config, directory }: PreparedRun, id: NodeId): TransportOptions {
  const keys = config.tls === true ? join(keysFolder(directory), keysFileName(id)) : null;
  return { self: id, keepAliveMs: keepAliveOf(config), keys };
}

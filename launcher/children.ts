/** Starts the OS processes of a run and learns of their end. They never outlive this process. */
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { LaunchedMaster, LaunchedNode } from '../runtime/ipc.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Child {
  readonly id: NodeId;
  readonly pid: number;
  tell(message: object): void;
  kill(): void;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
}

export interface Spawning {
  /** Where the children's own words go (errors, mostly): a file that is open already. */
  readonly output: WriteStream;
  readonly onMessage?: (message: unknown) => void;
}

const bundles = import.meta.dirname;

export const spawnMaster = (options: LaunchedMaster, spawning: Spawning): Child =>
  spawn('master', MASTER, options, spawning);

export const spawnNode = (options: LaunchedNode, spawning: Spawning): Child =>
  spawn('node', options.id, options, spawning);

function spawn(bundle: string, id: NodeId, options: object, spawning: Spawning): Child {
  const child = execaNode(join(bundles, 'run.cjs'), [bundle, JSON.stringify(options)], {
    // A clean environment: a child must behave the same whatever the user's shell exports, and
    // NODE_EXTRA_CA_CERTS alone costs each start 35 ms.
    extendEnv: false,
    env: {},
    nodeOptions: [],
    serialization: 'json',
    ipc: true,
    stdin: 'ignore',
    stdout: spawning.output,
    stderr: spawning.output,
    buffer: false,
    reject: false,
  });
  if (spawning.onMessage !== undefined) child.on('message', spawning.onMessage);
  return {
    id,
    pid: child.pid ?? -1,
    tell(message) {
      // A child that has just ended cannot be told; its end is reported by itself.
      if (child.connected) child.send(message, () => undefined);
    },
    kill: () => child.kill('SIGKILL'),
    exited: exitOf(child),
  };
}

async function exitOf(
  child: PromiseLike<{ exitCode?: number | undefined; signal?: string | undefined }>,
): Promise<Exit> {
  const { exitCode, signal } = await child;
  return { code: exitCode ?? null, signal: signal ?? null };
}

export const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${code}` : `killed by ${signal}`;

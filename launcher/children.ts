/** Starts the OS processes of a run and learns of their end. They never outlive this process. */
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { LaunchedMaster, LaunchedNode } from '../runtime/ipc.ts';
import { LINE_DESCRIPTOR, openLine } from '../runtime/launcher-line.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Child {
  readonly id: NodeId;
  readonly pid: number;
  readonly tell: (message: object) => void;
  kill(): void;
  /** Never rejects. */
  readonly exited: Promise<Exit>;
}

export interface Spawning {
  /** Where the children's own words go (errors, mostly): the descriptor of an open file. */
  readonly output: number;
  readonly onMessage?: (message: unknown) => void;
}

/**
 * Of all runs of this process. Children leave by themselves when it ends, also after kill -9; but who is
 * stopped (SIGSTOP) does not, so whoever leaves in an orderly way, a second Ctrl-C included, kills them.
 */
const running = new Set<() => void>();

process.once('exit', () => {
  for (const kill of running) kill();
});

const bundles = import.meta.dirname;

/** V8 would start four threads for its own work in each; all of them together have few processors. */
const ONE_HELPER = '--v8-pool-size=1';

/**
 * A clean environment: a child must behave the same whatever the user's shell exports, and
 * NODE_EXTRA_CA_CERTS alone costs each start 35 ms. What glibc is told, in bytes, keeps the megabytes that a
 * snapshot is read into among its blocks for everything: they are used again, and no page has to come anew.
 */
export const CHILD_ENVIRONMENT = { MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024) };

/**
 * A snapshot starts under the flags that it was made with, no others. Many nodes share few processors, so V8's
 * own threads would only wait for each other; a small nursery and little inlining save memory, and cost no
 * time that could be measured.
 */
export const FLAGS_OF_SNAPSHOT = [
  '--single-threaded',
  '--max-semi-space-size=1',
  '--max-inlined-bytecode-size-cumulative=300',
];

export const spawnMaster = (options: LaunchedMaster, spawning: Spawning): Child =>
  start(fromBundle('master'), MASTER, options, spawning);

/** `snapshot`: what it starts from (node-snapshot.ts); null: from its bundle. */
export function spawnNode(
  options: LaunchedNode,
  snapshot: string | null,
  spawning: Spawning,
): Child {
  if (snapshot === null) return start(fromBundle('node'), options.id, options, spawning);
  const program = [...FLAGS_OF_SNAPSHOT, '--snapshot-blob', snapshot, 'node'];
  return start(program, options.id, options, spawning);
}

const fromBundle = (program: string): string[] => [join(bundles, 'run.cjs'), program];

function start(program: readonly string[], id: NodeId, options: object, spawning: Spawning): Child {
  const { output, onMessage = () => undefined } = spawning;
  // Any descriptor will do; the types of execa know those up to 9.
  const into = output as 3;
  const words = [ONE_HELPER, ...program, JSON.stringify(options)];
  const child = execa(process.execPath, words, {
    extendEnv: false,
    env: CHILD_ENVIRONMENT,
    stdio: ['ignore', into, into, 'pipe'],
    buffer: false,
    reject: false,
    // They leave by themselves when their line ends, also after kill -9 of this process.
    cleanup: false,
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  running.add(kill);
  const exited = exitOf(child).finally(() => running.delete(kill));
  const line = openLine(child.stdio[LINE_DESCRIPTOR] as unknown as Socket, onMessage);
  return {
    id,
    pid: child.pid ?? -1,
    tell: line.tell,
    kill,
    exited,
  };
}

/** A process that could not even be started ends with neither code nor signal. */
async function exitOf(
  child: PromiseLike<{ exitCode?: number | undefined; signal?: string | undefined }>,
): Promise<Exit> {
  const { exitCode, signal } = await child;
  return { code: exitCode ?? null, signal: signal ?? null };
}

export const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${code}` : `killed by ${signal}`;

/** Starts the OS processes of a run and learns of their end. They never outlive this process. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
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

const bundles = import.meta.dirname;

export const spawnMaster = (options: LaunchedMaster, spawning: Spawning): Child =>
  start('master', MASTER, options, spawning);

export const spawnNode = (options: LaunchedNode, spawning: Spawning): Child =>
  start('node', options.id, options, spawning);

function start(program: string, id: NodeId, options: object, spawning: Spawning): Child {
  const { output, onMessage = () => undefined } = spawning;
  const words = [join(bundles, 'run.cjs'), program, JSON.stringify(options)];
  const child = spawn(process.execPath, words, {
    // A clean environment: a child must behave the same whatever the user's shell exports, and
    // NODE_EXTRA_CA_CERTS alone costs each start 35 ms.
    env: {},
    stdio: ['ignore', output, output, 'pipe'],
  });
  const exited = exitOf(child);
  const line = openLine(child.stdio[LINE_DESCRIPTOR] as Socket, onMessage);
  return {
    id,
    pid: child.pid ?? -1,
    tell: line.tell,
    kill: () => child.kill('SIGKILL'),
    exited,
  };
}

/** A process that could not even be started ends with neither code nor signal. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
    child.once('error', () => {
      resolve({ code: null, signal: null });
    });
  });
}

export const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${code}` : `killed by ${signal}`;

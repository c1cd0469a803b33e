/**
 * Runs the OS processes of one run to their end: the master and one per node. Whatever happens, no
 * child is alive when this returns.
 */
import { closeSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { nameNodes } from '../master-process/members.ts';
import type { Address } from '../configs/run-config.ts';
import type { LauncherEvent } from '../record/events.ts';
import { headerOf } from '../record/process-statistics.ts';
import { createRecorder } from '../record/recorder.ts';
import { runFiles } from '../record/run-directory.ts';
import { within } from '../runtime/deferred.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import type { Action } from '../runtime/action.ts';
import type { FromMaster, Progress } from '../runtime/ipc.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { createRunClock } from '../runtime/run-clock.ts';
import { keysFileName } from '../runtime/identity.ts';
import type { TransportOptions } from '../runtime/transport.ts';
import { keepAliveOf } from './exposure.ts';
import { removeKeys, writeKeys } from './run-keys.ts';
import { describeExit, spawnMaster, spawnNode } from './children.ts';
import type { Child, Exit, Spawning } from './children.ts';
import { watchMaster } from './deaf-master.ts';
import type { DeafMaster } from './deaf-master.ts';
import type { PreparedRun } from './prepare-run.ts';
import { createRequests } from './requests.ts';

export interface RunOptions {
  readonly waitMs: number;
  /** Use the ports of the config instead of free ones. */
  readonly fixedPorts: boolean;
  /** False, for bench/ alone: no process of the run records, so nobody can judge it. */
  readonly isRecorded?: boolean;
  onProgress(progress: Progress): void;
  /** The master is there: what may be asked of it while the run goes on. */
  onMaster?(act: Act): void;
  /** Resolves with the signal's name when the user wants the run to end. */
  readonly interrupted: Promise<string>;
}

/** Resolves to why it cannot be done, or null. */
export type Act = (action: Action) => Promise<string | null>;

/** How long children may take to leave once the run is over, in milliseconds. */
const LEAVE_MS = 5_000;

/** Resolves when all children have ended. Rejects with OperatingError when the master failed. */
export async function runProcesses(prepared: PreparedRun, options: RunOptions): Promise<void> {
  const { directory, run, originUs, originMonotonicUs } = prepared;
  const nowUs = createRunClock(originUs, originMonotonicUs);
  const header = headerOf({ process: 'launcher', run, originUs, t: nowUs() });
  const recorder = createRecorder(runFiles.launcherEvents(directory), header);
  const output = openSync(outputFile(directory), 'a');
  const children: Child[] = [];
  const keys = join(directory, KEYS_FOLDER);
  try {
    if (prepared.config.tls === true)
      await writeKeys(keys, prepared.config.nodes.length, KEYS_DAYS);
    await launch(prepared, options, { children, output, record: recorder.write, nowUs });
  } finally {
    removeKeys(keys);
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.exited));
    recorder.close();
    closeSync(output);
  }
  const failure = recorder.failure();
  if (failure !== null) throw new OperatingError('run-failed', failure);
}

/** Who has them could take part in this run; nobody needs them once it is over. */
const KEYS_FOLDER = 'private';
const KEYS_DAYS = 30;

function transportTo({ config, directory }: PreparedRun, id: NodeId): TransportOptions {
  const keys = config.tls === true ? join(directory, KEYS_FOLDER, keysFileName(id)) : null;
  return { self: id, keepAliveMs: keepAliveOf(config), keys };
}

/** What the children said on standard output and error: normally nothing. */
export const outputFile = (directory: string): string => join(directory, 'processes.log');

interface Stage {
  readonly children: Child[];
  /** Descriptor of the file for what they say. */
  readonly output: number;
  record(event: LauncherEvent): void;
  nowUs(): number;
}

async function launch(prepared: PreparedRun, options: RunOptions, stage: Stage): Promise<void> {
  const requests = createRequests();
  const nodes: Child[] = [];
  const deafness = watchMaster(prepared.config.timeLimitMs, options.interrupted);
  const onMessage = (message: unknown): void => {
    deafness.heard();
    const said = message as FromMaster;
    if (said.kind === 'progress') options.onProgress(said.progress);
    else if (said.kind === 'acted') requests.answer(said.request, said.problem);
    else for (const node of nodes) node.tell({ kind: 'master-at', address: said.address });
  };
  const master = launchMaster(prepared, options, { output: stage.output, onMessage });
  noteChild(stage, master, () => {
    requests.close();
    deafness.stop();
  });
  options.onMaster?.((action) =>
    requests.ask((request) => {
      master.tell({ kind: 'act', request, action });
    }),
  );
  const failed: NodeId[] = [];
  for (const node of prepared.config.nodes) {
    const { id } = node;
    const child = launchNode(prepared, options, node, { output: stage.output });
    nodes.push(child);
    noteChild(stage, child, (exit) => {
      if (isFailure(exit)) failed.push(id);
      // Who has passed was let go by the master itself.
      if (exit.code !== EXIT.pass)
        master.tell({ kind: 'exited', node: id, how: describeExit(exit) });
    });
  }
  void options.interrupted.then((signal) => {
    stage.record({ kind: 'interrupted', t: stage.nowUs(), signal });
    master.tell({ kind: 'interrupt', signal });
  });
  await seeOff(master, nodes, deafness);
  judgeNodeExits(failed);
}

function launchMaster(prepared: PreparedRun, options: RunOptions, spawning: Spawning): Child {
  const { directory, run, originUs, originMonotonicUs, digest, config } = prepared;
  const { waitMs, isRecorded = true } = options;
  const at = {
    listen: listenAt(options, config.master),
    transport: transportTo(prepared, MASTER),
  };
  const origin = { originUs, originMonotonicUs };
  return spawnMaster({ directory, isRecorded, run, ...origin, digest, ...at, waitMs }, spawning);
}

function launchNode(
  prepared: PreparedRun,
  options: RunOptions,
  { id, ...address }: PreparedRun['config']['nodes'][number],
  spawning: Spawning,
): Child {
  const { originMonotonicUs, digest } = prepared;
  const at = { listen: listenAt(options, address), transport: transportTo(prepared, id) };
  const asked = { id, hostname: hostname(), originMonotonicUs, ...at, digest };
  return spawnNode({ ...asked, waitMs: options.waitMs }, spawning);
}

const listenAt = ({ fixedPorts }: RunOptions, { host, port }: Address): Address => ({
  host,
  port: fixedPorts ? port : 0,
});

async function seeOff(
  master: Child,
  nodes: readonly Child[],
  { isDeaf }: DeafMaster,
): Promise<void> {
  const exit = await Promise.race([master.exited, isDeaf]);
  if (typeof exit === 'string') {
    const what = `the master ${exit}, so it was killed. Without it the run cannot be judged`;
    throw new OperatingError('run-failed', what);
  }
  judgeMasterExit(exit);
  if (exit.code !== EXIT.pass) for (const node of nodes) node.tell({ kind: 'leave' });
  await within(Promise.all(nodes.map((node) => node.exited)), LEAVE_MS);
}

function noteChild(stage: Stage, child: Child, onExit: (exit: Exit) => void): void {
  stage.children.push(child);
  stage.record({ kind: 'spawned', t: stage.nowUs(), node: child.id, pid: child.pid });
  void child.exited.then((exit) => {
    stage.record({ kind: 'exited', t: stage.nowUs(), node: child.id, ...exit });
    onExit(exit);
  });
}

/** 0 as it should be, 2 cut short or crashed as planned; killed from outside is a crash, no failure. */
const isFailure = ({ code, signal }: Exit): boolean =>
  signal === null && code !== EXIT.pass && code !== EXIT.inconclusive;

/** Without the master there is nobody left to judge the run. */
function judgeMasterExit(exit: Exit): void {
  if (exit.signal === null && !isFailure(exit)) return;
  throw new OperatingError(
    'run-failed',
    `the master (process ${MASTER}) ended with ${describeExit(exit)}; without it the run cannot be judged`,
  );
}

/** A node that fails by itself (taken port, lost record, a bug) is no crash of the algorithm. */
function judgeNodeExits(failed: readonly NodeId[]): void {
  if (failed.length === 0) return;
  throw new OperatingError(
    'run-failed',
    `the tool itself failed at ${nameNodes(failed)}; the run cannot be judged`,
  );
}

/**
 * Runs the OS processes of one run to their end: the master and one per node. Whatever happens, no
 * child is alive when this returns.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { NodeId } from '../agreement/algorithm.ts';
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
import { describeExit } from './children.ts';
import type { Child, Exit } from './children.ts';
import { watchMaster } from './deaf-master.ts';
import type { DeafMaster } from './deaf-master.ts';
import { isFailure, judgeMasterExit, judgeNodeExits } from './judge-exits.ts';
import { keysFolder, launchMaster, launchNode } from './launch.ts';
import type { LaunchOptions } from './launch.ts';
import { nodeSnapshot } from './node-snapshot.ts';
import type { PreparedRun } from './prepare-run.ts';
import { createRequests } from './requests.ts';
import { KEYS_DAYS, removeKeys, writeKeys } from './run-keys.ts';

export interface RunOptions extends LaunchOptions {
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

/** How long after a failure the signal may come that was its cause, in milliseconds. */
const SIGNAL_GRACE_MS = 200;

/**
 * Resolves when all children have ended. Rejects with OperatingError when the master failed; if that was
 * by an interruption, `interrupted` has resolved by then.
 */
export async function runProcesses(prepared: PreparedRun, options: RunOptions): Promise<void> {
  try {
    await runAndRecord(prepared, options);
  } catch (error) {
    // Ctrl-C reaches the children and this process at once; the news of a child's end may be first.
    await Promise.race([options.interrupted, setTimeout(SIGNAL_GRACE_MS)]);
    throw error;
  }
}

async function runAndRecord(prepared: PreparedRun, options: RunOptions): Promise<void> {
  const { directory, run, originUs, originMonotonicUs } = prepared;
  const nowUs = createRunClock(originUs, originMonotonicUs);
  const header = headerOf({ process: 'launcher', run, originUs, t: nowUs() });
  const recorder = createRecorder(runFiles.launcherEvents(directory), header);
  const output = openSync(outputFile(directory), 'a');
  const children: Child[] = [];
  const keys = keysFolder(directory);
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
  const snapshot = await nodeSnapshot();
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
    const child = launchNode(prepared, { ...options, snapshot }, node, { output: stage.output });
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

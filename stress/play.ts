/** Runs one trial: the cluster command as a user types it, disturbed as drawn, watched to its end. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import type { LauncherEvent, MasterEvent } from '../record/events.ts';
import { makeFolder } from '../record/make-folder.ts';
import { runFiles } from '../record/run-directory.ts';
import { isStopped, listeningPort, membersOf, resetConnection, signal } from './os-processes.ts';
import type { Disturbance, Trial } from './trial.ts';

export interface Played {
  readonly trial: Trial;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Null: it never came so far. */
  readonly directory: string | null;
  /** It had to be killed. */
  readonly isHung: boolean;
  /** Processes that outlived the launcher. */
  readonly orphans: readonly number[];
  /** What was really done: the process was there, the connection stood. */
  readonly done: readonly Disturbance[];
  readonly said: string;
}

/** A run may take this long before it counts as hanging; its own limits are shorter. */
const HANG_MS = 240_000;
const LEAVE_MS = 20_000;
const POLL_MS = 5;

/** `folder`: of its own, for its config and its run. `program`: what runs `cluster`, as words. */
export async function playTrial(
  trial: Trial,
  folder: string,
  program: readonly string[],
): Promise<Played> {
  makeFolder(folder);
  const config = join(folder, 'trial.txt');
  writeFileSync(config, trial.config);
  const [command = '', ...words] = program;
  const asked = ['cluster', config, '--folder', join(folder, 'runs'), '--wait', '120'];
  const child = spawn(command, [...words, ...asked], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  }
  const group = child.pid ?? -1;
  const done: Disturbance[] = [];
  let isOver = false;
  const ended = new Promise<Pick<Played, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, by) => {
      isOver = true;
      resolve({ code, signal: by });
    });
  });
  const stage: Stage = { folder, group, done, isOver: () => isOver };
  const disturbing = disturb(trial, stage);
  const isHung = (await Promise.race([ended, wait(HANG_MS, null, { ref: false })])) === null;
  if (isHung) for (const pid of membersOf(group)) signal(pid, 'SIGKILL');
  await disturbing;
  const end = await ended;
  const orphans = await whoStays(group);
  return { trial, ...end, directory: runIn(folder), isHung, orphans, done, said };
}

interface Stage {
  readonly folder: string;
  /** Of processes; also the launcher's pid. */
  readonly group: number;
  readonly done: Disturbance[];
  isOver(): boolean;
}

/** Children leave when the launcher is gone, and need a moment for it. */
async function whoStays(group: number): Promise<number[]> {
  for (let waited = 0; waited < LEAVE_MS; waited += 50) {
    const left = membersOf(group);
    if (left.length === 0) return [];
    await wait(50);
  }
  const left = membersOf(group);
  for (const pid of left) signal(pid, 'SIGKILL');
  return left;
}

async function disturb({ disturbances }: Trial, stage: Stage): Promise<void> {
  const hasStarted = (): boolean =>
    masterEvents(runIn(stage.folder)).some(({ kind }) => kind === 'start');
  while (!hasStarted()) {
    if (stage.isOver()) return;
    await wait(POLL_MS);
  }
  await Promise.all(
    disturbances.map(async (disturbance) => {
      await wait(disturbance.atMs);
      if (!stage.isOver() && (await act(disturbance, stage))) stage.done.push(disturbance);
    }),
  );
}

/** Returns whether there was still something to act on. */
async function act(disturbance: Disturbance, stage: Stage): Promise<boolean> {
  const run = runIn(stage.folder);
  const pidOf = (node: NodeId): number => pids(run).get(node) ?? -1;
  switch (disturbance.kind) {
    case 'kill':
      return isThere(stage, pidOf(disturbance.node)) && signal(pidOf(disturbance.node), 'SIGKILL');
    case 'kill-launcher':
      return signal(stage.group, 'SIGKILL');
    case 'interrupt':
      return signal(stage.group, disturbance.signal);
    case 'pause':
      return pause(stage, pidOf(disturbance.node), disturbance.forMs);
    case 'reset': {
      const port = await portOf(run, disturbance.to);
      const pid = pidOf(disturbance.from);
      return port !== null && isThere(stage, pid) && resetConnection(pid, port);
    }
    case 'stranger':
      return intrude(await portOf(run, MASTER), disturbance.words);
  }
}

/** Its id may belong to somebody else by now. */
const isThere = ({ group }: Stage, pid: number): boolean => membersOf(group).includes(pid);

async function pause(stage: Stage, pid: number, forMs: number): Promise<boolean> {
  if (!isThere(stage, pid) || !signal(pid, 'SIGSTOP')) return false;
  await wait(20);
  const wasStopped = isStopped(pid);
  await wait(forMs);
  if (isThere(stage, pid)) signal(pid, 'SIGCONT');
  return wasStopped;
}

/** A stranger gets no answer; that the connection was made is all it can know. */
function intrude(port: number | null, words: Buffer): Promise<boolean> {
  if (port === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => {
      resolve(false);
    });
    socket.on('connect', () => {
      socket.end(words);
      resolve(true);
    });
    socket.setTimeout(10_000, () => socket.destroy()).unref();
  });
}

/** The only run in the folder. */
export function runIn(folder: string): string | null {
  const runs = join(folder, 'runs', 'trial');
  const [run] = existsSync(runs) ? readdirSync(runs) : [];
  return run === undefined ? null : join(runs, run);
}

/** Whole lines of a file that may still grow. */
function eventsOf<Event>(file: string): Event[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Event);
}

export const masterEvents = (run: string | null): MasterEvent[] =>
  run === null ? [] : eventsOf(runFiles.events(run, MASTER));

function pids(run: string | null): Map<NodeId, number> {
  const events = run === null ? [] : eventsOf<LauncherEvent>(runFiles.launcherEvents(run));
  return new Map(
    events.flatMap((event) => (event.kind === 'spawned' ? [[event.node, event.pid]] : [])),
  );
}

/** A node's is in the record; the master listens on a port of the system's choice. */
async function portOf(run: string | null, node: NodeId): Promise<number | null> {
  const pid = pids(run).get(MASTER);
  if (node === MASTER) return pid === undefined ? null : listeningPort(pid);
  for (const event of masterEvents(run)) {
    if (event.kind === 'registered' && event.node === node) return event.port;
  }
  return null;
}

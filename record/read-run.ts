/**
 * Reads a whole run directory, whatever state it is in: a run that was killed, is still going on, or
 * was damaged afterwards. What cannot be used is null and named in `damage`.
 */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { MASTER } from '../agreement/algorithm.ts';
import type { Algorithm, NodeId } from '../agreement/algorithm.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { configDigest } from './config-digest.ts';
import { launcherShapes, masterShapes, nodeShapes } from './event-shape.ts';
import type { HeaderEvent, LauncherEvent, MasterEvent, NodeEvent, ProcessKind } from './events.ts';
import { isObject, shapeProblem } from './field-check.ts';
import type { Shape } from './field-check.ts';
import { commandShape, configProblem, configShape, planShape } from './plan-shape.ts';
import { parseJson } from './first-line.ts';
import { readBytes, readEvents } from './read-events.ts';
import type { Damage, EventFile } from './read-events.ts';
import type { RunCommand } from './run-command.ts';
import { runFiles } from './run-directory.ts';

export type NodeFile = EventFile<NodeEvent>;
export type MasterFile = EventFile<MasterEvent>;
export type LauncherFile = EventFile<LauncherEvent>;

export interface RunRecord {
  readonly directory: string;
  readonly config: RunConfig | null;
  /** Of `config` (config-digest.ts); null without one, and where no command was given that could name another. */
  readonly digest: string | null;
  readonly plan: FaultPlan | null;
  readonly command: RunCommand | null;
  /** Every node of the config, and every other one that left a file. */
  readonly nodes: ReadonlyMap<NodeId, NodeFile>;
  readonly master: MasterFile;
  /** Not present when the processes were started by hand. */
  readonly launcher: LauncherFile;
  /** The user's algorithm, once loaded (load-algorithm.ts); null for a built-in one. */
  readonly own: Algorithm<unknown> | null;
  readonly damage: readonly Damage[];
}

/** There is no such directory: the user's mistake (exit code 254). */
export class RunNotFoundError extends Error {
  override readonly name = 'RunNotFoundError';
}

/** A directory with this file holds many runs (sweeps/): judging it as one would write over its results. */
const SWEEP_FILE = 'sweep.json';

const isSweep = (directory: string): RunNotFoundError =>
  new RunNotFoundError(
    `${directory} holds a sweep, not a run. Its page and tables are made again by npm run sweep -- --resume ${directory}; runs that it has kept are in its records/.`,
  );

/** Throws RunNotFoundError, and nothing for anything that is in the directory of a run. */
export function readRun(directory: string): RunRecord {
  const present = filesIn(directory);
  if (present.includes(SWEEP_FILE)) throw isSweep(directory);
  const damage: Damage[] = [];
  const config = readConfig(directory, damage);
  const plan = readDocument(runFiles.plan(directory), planShape, damage) as FaultPlan | null;
  const command = readDocument(
    runFiles.command(directory),
    commandShape,
    damage,
  ) as RunCommand | null;
  const nodes = new Map<NodeId, NodeFile>();
  for (const id of nodeIds(config, present)) {
    nodes.set(id, readEvents<NodeEvent>(runFiles.events(directory, id), nodeShapes, damage));
  }
  const master = readEvents<MasterEvent>(runFiles.events(directory, MASTER), masterShapes, damage);
  const launcher = readLauncher(directory, present, damage);
  const digest = config === null ? null : configDigest(config);
  const files = { nodes, master, launcher, damage };
  const record = { directory, config, digest, plan, command, own: null, ...files };
  return withoutForeign(record, damage);
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    throw new RunNotFoundError(
      `${directory} is not a run directory that can be read. ` +
        'Expected one made by a run, for example runs/latest.',
    );
  }
}

/** A JSON document of the run: null and named unless it is there and as its shape says. */
function readDocument(path: string, shape: Shape, damage: Damage[]): unknown {
  const file = basename(path);
  const bytes = readBytes(path, file, damage);
  if (bytes === null) return null;
  const document = parseJson(bytes.toString('utf8'));
  const problem = isObject(document) ? shapeProblem(document, shape) : 'not a JSON object';
  if (problem === null) return document;
  damage.push({ kind: 'malformed', file, line: null, reason: problem });
  return null;
}

/** A config whose fields have the right shapes but do not belong together is none. */
function readConfig(directory: string, damage: Damage[]): RunConfig | null {
  const path = runFiles.resolved(directory);
  const config = readDocument(path, configShape, damage) as RunConfig | null;
  const problem = config === null ? null : configProblem(config);
  if (problem === null) return config;
  damage.push({ kind: 'malformed', file: basename(path), line: null, reason: problem });
  return null;
}

/** In ascending order. */
function nodeIds(config: RunConfig | null, present: readonly string[]): NodeId[] {
  const ids = new Set(config?.nodes.map(({ id }) => id));
  for (const name of present) {
    const id = Number(/^node-([1-9]\d{0,5})\.ndjson$/.exec(name)?.[1] ?? 0);
    if (id > 0) ids.add(id);
  }
  return [...ids].sort((one, other) => one - other);
}

function readLauncher(
  directory: string,
  present: readonly string[],
  damage: Damage[],
): LauncherFile {
  const path = runFiles.launcherEvents(directory);
  const file = basename(path);
  if (present.includes(file)) return readEvents<LauncherEvent>(path, launcherShapes, damage);
  return { file, isPresent: false, header: null, events: [], lines: [] };
}

/** A file of another run or of another process proves nothing about this one: its events go. */
function withoutForeign(record: RunRecord, damage: Damage[]): RunRecord {
  const { config, master, launcher, nodes } = record;
  const run = [master, launcher, ...nodes.values()].find(({ header }) => header !== null)?.header
    ?.run;
  const own = <Event>(file: EventFile<Event>, process: ProcessKind, id: NodeId) => {
    const reason = strangeness(file.header, process, id, run);
    if (reason === null) return file;
    damage.push({ kind: 'foreign', file: file.file, line: 1, reason });
    return { ...file, events: [], lines: [] };
  };
  const ownNodes = new Map<NodeId, NodeFile>();
  for (const [id, file] of nodes) {
    if (config === null || id <= config.nodes.length) ownNodes.set(id, own(file, 'node', id));
    else {
      const reason = `node ${id} is not in the config`;
      damage.push({ kind: 'foreign', file: file.file, line: null, reason });
    }
  }
  return {
    ...record,
    nodes: ownNodes,
    master: own(master, 'master', MASTER),
    launcher: own(launcher, 'launcher', MASTER),
  };
}

function strangeness(
  header: HeaderEvent | null,
  process: ProcessKind,
  id: NodeId,
  run: string | undefined,
): string | null {
  if (header === null) return null;
  const isOwnKind = header.process === process || header.process === 'simulator';
  if (isOwnKind && header.id === id && header.run === run) return null;
  return `written by ${header.process} ${header.id} of run ${header.run}`;
}

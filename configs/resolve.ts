/** A draft without problems → the config of the run. */
import { invariant } from '../agreement/invariant.ts';
import { allNodes } from '../agreement/resilience.ts';
import type {
  FaultSettings,
  Hold,
  LinkFaults,
  Partition,
  Period,
  ProcessFaults,
  ReceiveSet,
  ScriptedCrash,
  TimedHold,
} from '../faults/settings.ts';
import type { Draft } from './draft.ts';
import { defaultPatienceMs, defaultTimeLimitMs, longestWaitMs } from './limits.ts';
import type { NodeConfig, RunConfig } from './run-config.ts';
import type { DraftNode } from './resize.ts';
import { idsOf } from './rules-receive-sets.ts';
import type { Located, ScriptedPartition, ScriptedUse } from './settings.ts';

/** Throws InvariantError when the draft has a problem that no rule has found. */
export function resolveDraft(
  { file, settings, nodes, limits, own }: Draft,
  seed: Pick<RunConfig, 'seed' | 'seedFrom'>,
): RunConfig {
  invariant(limits !== null, `${file}: no limits without a problem`);
  const faults = resolveFaults({ settings, nodes });
  const longestMs = longestWaitMs(faults);
  return {
    version: 1,
    name: runName(file),
    algorithm: only(settings.algorithm),
    algorithmHash: own !== null && 'hash' in own ? own.hash : null,
    epsilon: only(settings.epsilon),
    f: only(settings.f),
    ...seed,
    stop: only(settings.stop),
    ...limits,
    restsAfterOutput: true,
    faults,
    timeLimitMs:
      settings['time-limit'][0]?.value ?? defaultTimeLimitMs(limits.lastRound, longestMs),
    patienceMs: settings.patience[0]?.value ?? defaultPatienceMs(longestMs),
    ...(only(settings.tls) === 'on' && { tls: true }),
    ...resolveKeepAlive(settings),
    unsound: only(settings.unsound) === 'yes',
    master: only(settings.master),
    nodes: nodes.map(resolveNode).sort((a, b) => a.id - b.id),
  };
}

const resolveKeepAlive = (settings: Draft['settings']): Pick<RunConfig, 'keepAliveMs'> => {
  const keepAliveMs = settings['keep-alive'][0]?.value;
  return keepAliveMs === undefined ? {} : { keepAliveMs };
};

function resolveFaults({ settings, nodes }: Pick<Draft, 'settings' | 'nodes'>): FaultSettings {
  return {
    crash: only(settings['crash-hazard']),
    crashMode: only(settings['crash-mode']),
    candidates: settings.candidates[0]?.value.toSorted((a, b) => a - b) ?? allNodes(nodes.length),
    scriptedCrashes: settings['crash-script'].map(({ value }) => value).sort(byNode),
    holds: settings.hold.map(({ value }) => value).sort(byLink),
    ...(settings.use.length > 0 && { uses: settings.use.map(({ value }) => receiveSet(value)) }),
    delay: only(settings.delay),
    order: only(settings.order),
    ...resolveLinkFaults(settings),
    ...resolveProcessFaults(settings),
  };
}

/** What nobody asks for is absent. */
function resolveLinkFaults(settings: Draft['settings']): LinkFaults {
  const timedHolds = settings['hold-by-time'].map(({ value }) => value).sort(byLinkAndTime);
  const partitions = settings.partition.map(({ value }) => partition(value)).sort(byTime);
  const slow = settings.slow.map(({ value }) => value).sort(byNode);
  const [loss, duplicate, clog] = [settings.loss[0], settings.duplicate[0], settings.clog[0]];
  return {
    ...(timedHolds.length > 0 && { timedHolds }),
    ...(partitions.length > 0 && { partitions }),
    ...(slow.length > 0 && { slow }),
    ...(loss && { loss: loss.value }),
    ...(duplicate && { duplicate: duplicate.value }),
    ...(clog && { clog: clog.value }),
  };
}

function resolveProcessFaults(settings: Draft['settings']): ProcessFaults {
  const kills = settings.kill.map(({ value }) => value).sort(byNode);
  const pauses = settings.pause
    .map(({ value }) => value)
    .sort((a, b) => byNode(a, b) || byPeriod(a, b));
  return {
    ...(kills.length > 0 && { kills }),
    ...(pauses.length > 0 && { pauses }),
  };
}

/** Sorted, so that the order of lines says nothing. */
const byNode = (a: Pick<ScriptedCrash, 'node'>, b: Pick<ScriptedCrash, 'node'>): number =>
  a.node - b.node;

const byLink = (a: Hold, b: Hold): number =>
  a.from - b.from ||
  a.to - b.to ||
  a.firstRound - b.firstRound ||
  a.lastRound - b.lastRound ||
  (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity) ||
  0;

const byPeriod = (a: Period, b: Period): number =>
  a.fromMs - b.fromMs || compareEnds(a.untilMs, b.untilMs);

/** Infinity − Infinity is no order. */
const compareEnds = (a: number | null, b: number | null): number =>
  a === b ? 0 : (a ?? Infinity) - (b ?? Infinity);

const byLinkAndTime = (a: TimedHold, b: TimedHold): number =>
  a.from - b.from || a.to - b.to || byPeriod(a, b);

const byTime = (a: Partition, b: Partition): number =>
  byPeriod(a, b) || (JSON.stringify(a.sets) < JSON.stringify(b.sets) ? -1 : 1);

/** Each set in ascending order, and the sets by their first ids. */
const partition = ({ sets, fromMs, untilMs }: ScriptedPartition): Partition => ({
  sets: sets.map((set) => idsOf(set).sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b),
  fromMs,
  untilMs,
});

const receiveSet = ({ receivers, rounds, senders }: ScriptedUse): ReceiveSet => ({
  nodes: idsOf([receivers]),
  firstRound: rounds.first,
  lastRound: rounds.last,
  from: idsOf(senders),
});

function resolveNode({ value: { id, input, host, port } }: DraftNode): NodeConfig {
  const isWhole =
    id !== undefined && input !== undefined && host !== undefined && port !== undefined;
  invariant(isWhole, `node ${id} is incomplete without a problem`);
  return { id, input, host, port };
}

function only<T>(settings: readonly Located<T>[]): T {
  const [setting] = settings;
  invariant(setting !== undefined, 'a setting is missing without a problem');
  return setting.value;
}

/** The file's base name without its ending, fit to be a folder's name. */
export function runName(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? '';
  const safe = base
    .replace(/(?<=.)\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  return safe === '' ? 'config' : safe.slice(0, NAME_LENGTH_MAX);
}

const NAME_LENGTH_MAX = 80;

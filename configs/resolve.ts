/** A draft without problems → the config of the run. */
import { invariant } from '../agreement/invariant.ts';
import { allNodes } from '../agreement/resilience.ts';
import type { FaultSettings, Hold, ReceiveSet, ScriptedCrash } from '../faults/settings.ts';
import type { Draft } from './draft.ts';
import { defaultPatienceMs, defaultTimeLimitMs, longestWaitMs } from './limits.ts';
import type { NodeConfig, RunConfig } from './run-config.ts';
import type { DraftNode } from './resize.ts';
import { idsOf } from './rules-receive-sets.ts';
import type { Located, ScriptedUse } from './settings.ts';

/** Throws InvariantError when the draft has a problem that no rule has found. */
export function resolveDraft(
  { file, settings, nodes, limits, own }: Draft,
  seed: Pick<RunConfig, 'seed' | 'seedFrom'>,
): RunConfig {
  invariant(limits !== null, `${file}: no limits without a problem`);
  const faults = resolveFaults({ settings, nodes });
  const longestMs = longestWaitMs(faults.delay, faults.holds);
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
    faults,
    timeLimitMs:
      settings['time-limit'][0]?.value ?? defaultTimeLimitMs(limits.lastRound, longestMs),
    patienceMs: settings.patience[0]?.value ?? defaultPatienceMs(longestMs),
    unsound: only(settings.unsound) === 'yes',
    master: only(settings.master),
    nodes: nodes.map(resolveNode).sort((a, b) => a.id - b.id),
  };
}

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
  };
}

/** Sorted, so that the order of lines says nothing. */
const byNode = (a: ScriptedCrash, b: ScriptedCrash): number => a.node - b.node;

const byLink = (a: Hold, b: Hold): number =>
  a.from - b.from ||
  a.to - b.to ||
  a.firstRound - b.firstRound ||
  a.lastRound - b.lastRound ||
  (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity) ||
  0;

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

/** What one run of a soak is: its config, and what is done to it from outside. Pure. */
import type { NodeId } from '../agreement/algorithm.ts';
import { allNodes } from '../agreement/resilience.ts';
import { createChance } from './chance.ts';
import type { Chance } from './chance.ts';

/** 0 is the master; `launcher` has no number. `atMs` counts from the master's start record. */
export type Disturbance =
  | { readonly kind: 'kill'; readonly node: NodeId; readonly atMs: number }
  | { readonly kind: 'kill-launcher'; readonly atMs: number }
  | { readonly kind: 'interrupt'; readonly signal: 'SIGINT' | 'SIGTERM'; readonly atMs: number }
  | {
      readonly kind: 'pause';
      readonly node: NodeId;
      readonly atMs: number;
      readonly forMs: number;
    }
  /** The connection that `from` dialled to `to` is reset under both of them. */
  | { readonly kind: 'reset'; readonly from: NodeId; readonly to: NodeId; readonly atMs: number }
  /** Somebody who does not belong there talks to the master, also before the start. */
  | { readonly kind: 'stranger'; readonly atMs: number; readonly words: Buffer };

export interface Trial {
  readonly seed: number;
  readonly number: number;
  readonly config: string;
  readonly n: number;
  readonly f: number;
  /** Kinds of faults that the config asks for. */
  readonly asked: readonly string[];
  readonly disturbances: readonly Disturbance[];
}

export interface Powers {
  /** Connections of other processes can be reset: Linux, root, and a kernel that lets ss do it. */
  readonly canReset: boolean;
}

export function drawTrial(seed: number, number: number, powers: Powers): Trial {
  const chance = createChance(seed, number);
  const n = chance.whole('n', 3, 8);
  const f = chance.whole('f', 1, Math.ceil(n / 2) - 1);
  const links = linkLines(chance, n);
  const lines = [...settingLines(chance, f), ...links.map(({ line }) => line)];
  const nodes = allNodes(n).map(
    (id) => `node ${id} ${chance.uniform(`input ${id}`).toFixed(6)} 127.0.0.1 0`,
  );
  return {
    ...{ seed, number, n, f },
    config: [...lines, ...nodes, ''].join('\n'),
    asked: links.map(({ kind }) => kind),
    disturbances: disturbancesOf(chance, n, f, powers),
  };
}

function settingLines(chance: Chance, f: number): string[] {
  const high = chance.pick('delay', [0, 5, 40]);
  return [
    `algorithm ${chance.pick('algorithm', ['mean', 'midpoint', 'select'])}`,
    `f ${f}`,
    `epsilon ${chance.pick('epsilon', [0.1, 0.001, 0.000001])}`,
    `seed ${chance.whole('seed', 0, 1_000_000)}`,
    `delay 0 ${high}`,
    `order ${chance.pick('order', ['fifo', 'any'])}`,
    `crash ${chance.pick('crash', ['0', '0.03', '0.2', '0.1 per-round', '0.1 round-end'])}`,
    `crash-mode ${chance.pick('mode', ['announce', 'silent'])}`,
    `stop ${chance.pick('stop', ['frozen', 'frozen', 'rounds'])}`,
    `tls ${chance.happens('tls', 0.15) ? 'on' : 'off'}`,
    // A crowded machine is slow; it must not look like a run that stands still.
    'patience 60 s',
    'time-limit 150 s',
  ];
}

interface AskedLine {
  readonly kind: string;
  readonly line: string;
}

function linkLines(chance: Chance, n: number): AskedLine[] {
  const cut = chance.whole('cut', 1, n - 1);
  const sides = [allNodes(n).slice(0, cut), allNodes(n).slice(cut)];
  const until = chance.whole('heal', 30, 400);
  const victim = chance.whole('slow node', 1, n);
  const lines: readonly (AskedLine & { readonly probability: number })[] = [
    {
      ...{ kind: 'partition', probability: 0.2 },
      line: `partition ${sides.map((side) => side.join(' ')).join(' | ')} from 0 until ${until}`,
    },
    { kind: 'loss', probability: 0.2, line: 'loss 0.2 rto 5 cap 300' },
    { kind: 'duplicate', probability: 0.2, line: 'duplicate 0.2' },
    { kind: 'clog', probability: 0.15, line: 'clog every 80 for 20 cap 200' },
    { kind: 'slow', probability: 0.15, line: `slow ${victim} plus 0 30` },
  ];
  return lines
    .filter(({ kind, probability }) => chance.happens(kind, probability))
    .map(({ kind, line }) => ({ kind, line }));
}

const LATEST_MS = 250;

function disturbancesOf(chance: Chance, n: number, f: number, powers: Powers): Disturbance[] {
  const at = (name: string): number => chance.whole(`${name} at`, 0, LATEST_MS);
  const some: Disturbance[] = [];
  for (const node of allNodes(n)) {
    if (chance.happens(`kill ${node}`, (0.5 * f) / n)) {
      some.push({ kind: 'kill', node, atMs: at(`kill ${node}`) });
    }
    if (!chance.happens(`pause ${node}`, 0.12)) continue;
    const forMs = chance.whole(`pause ${node} for`, 20, 1_500);
    some.push({ kind: 'pause', node, atMs: at(`pause ${node}`), forMs });
  }
  if (chance.happens('pause 0', 0.1)) {
    some.push({ kind: 'pause', node: 0, atMs: at('pause 0'), forMs: 700 });
  }
  if (powers.canReset && chance.happens('reset', 0.25)) some.push(reset(chance, n, at('reset')));
  for (let i = 0; i < chance.whole('strangers', 0, 3); i += 1) {
    const words = chance.bytes(`stranger ${i}`, chance.whole(`stranger ${i} length`, 0, 400));
    some.push({ kind: 'stranger', atMs: at(`stranger ${i}`), words });
  }
  const end = chance.uniform('end');
  if (end < 0.03) some.push({ kind: 'kill-launcher', atMs: at('end') });
  else if (end < 0.06) some.push({ kind: 'kill', node: 0, atMs: at('end') });
  else if (end < 0.1) {
    const signal = chance.pick('signal', ['SIGINT', 'SIGTERM'] as const);
    some.push({ kind: 'interrupt', signal, atMs: at('end') });
  }
  return some.sort((one, other) => one.atMs - other.atMs);
}

/** Between two nodes, or from a node to the master. */
function reset(chance: Chance, n: number, atMs: number): Disturbance {
  const from = chance.whole('reset from', 1, n);
  const others = allNodes(n).filter((id) => id !== from);
  return { kind: 'reset', from, to: chance.pick('reset to', [0, ...others]), atMs };
}

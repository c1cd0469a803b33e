/**
 * What a running cluster looks like in a terminal: a block that is redrawn, or, when the stream is no
 * terminal, one plain line a second.
 */
import { createLogUpdate } from 'log-update';
import type { RunConfig } from '../configs/run-config.ts';
import type { NodeProgress, Progress } from '../runtime/ipc.ts';

export interface ProgressView {
  readonly show: (progress: Progress) => void;
  /** Leaves the last state on the screen. */
  close(): void;
}

const NODE_LINES_MAX = 20;
const PLAIN_LINE_MS = 1_000;
const BAR_WIDTH = 31;

export function createProgressView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? blockView(config, stream) : plainView(config, stream);
}

function blockView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  const update = createLogUpdate(stream);
  return {
    show(progress) {
      update(blockLines(config, progress).join('\n'));
    },
    close() {
      update.done();
    },
  };
}

function plainView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  let lastMs = performance.now();
  return {
    show(progress) {
      if (performance.now() - lastMs < PLAIN_LINE_MS) return;
      lastMs = performance.now();
      stream.write(`${statusLine(config, progress)}\n`);
    },
    close: () => undefined,
  };
}

export function blockLines(config: RunConfig, progress: Progress): string[] {
  const status = statusLine(config, progress);
  if (progress.nodes.length > NODE_LINES_MAX) return [status];
  const inputs = config.nodes.map((node) => node.input);
  const low = Math.min(...inputs);
  const high = Math.max(...inputs);
  return [...progress.nodes.map((node) => nodeLine(node, low, high)), status];
}

function nodeLine(node: NodeProgress, low: number, high: number): string {
  const name = `node ${node.id}`.padEnd(8);
  const round = node.round === null ? '' : `round ${node.round}`;
  const value = node.value === null ? '' : node.value.toFixed(6);
  const bar = node.value === null ? '' : barOf(node.value, low, high);
  return `${name} ${node.state.padEnd(8)} ${round.padEnd(9)} ${value.padStart(12)}  ${bar}`.trimEnd();
}

/** Where a value lies between the smallest and the largest input. */
function barOf(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const at = Math.round(Math.min(Math.max(share, 0), 1) * (BAR_WIDTH - 1));
  return `${'·'.repeat(at)}●${'·'.repeat(BAR_WIDTH - 1 - at)}`;
}

export function statusLine(config: RunConfig, progress: Progress): string {
  const { nodes, stage, decided } = progress;
  const count = (state: NodeProgress['state']) => nodes.filter((n) => n.state === state).length;
  const living = nodes.filter((node) => node.state !== 'dead');
  if (stage === 'joining')
    return `starting: ${nodes.length - count('awaited')} of ${nodes.length} joined`;
  if (stage === 'connecting') return `connecting: ${count('ready')} of ${nodes.length} ready`;
  const parts = [...rangeOf(config, living), `${living.length} of ${nodes.length} alive`];
  if (decided !== null) parts.push(`output of round ${decided}: ${count('output')} done`);
  return parts.join(' · ');
}

function rangeOf({ epsilon }: RunConfig, living: readonly NodeProgress[]): string[] {
  if (living.length === 0) return [];
  const rounds = living.map((node) => node.round ?? 0);
  const values = living.flatMap((node) => (node.value === null ? [] : [node.value]));
  const spread = values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
  return [
    `rounds ${Math.min(...rounds)}–${Math.max(...rounds)}`,
    `last values ${spread.toExponential(2)} apart (ε ${epsilon})`,
  ];
}

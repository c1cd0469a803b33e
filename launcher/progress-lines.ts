/** What a running cluster looks like in words and bars; progress-view.ts puts it on the screen. */
import type { RunConfig } from '../configs/run-config.ts';
import type { Paint } from '../report/summary.ts';
import type { NodeProgress, Progress } from '../runtime/ipc.ts';

const NODE_LINES_MAX = 20;
const BAR_WIDTH = 31;

/** A line per node, as long as they fit on a screen; the spread; the state of the run. */
export function blockLines(
  config: RunConfig,
  progress: Progress,
  spreads: readonly number[],
  paint: Paint,
): string[] {
  const status = statusLine(config, progress);
  const spread = spreadLine(config, spreads);
  const below = spread === null ? [status] : [spread, status];
  if (progress.nodes.length > NODE_LINES_MAX) return below;
  const hull = hullOf(config.nodes.map((node) => node.input));
  const now = hullOf(living(progress).flatMap(({ value }) => (value === null ? [] : [value])));
  return [...progress.nodes.map((node) => nodeLine(node, hull, now, paint)), ...below];
}

interface Hull {
  readonly low: number;
  readonly high: number;
}

const hullOf = (values: readonly number[]): Hull => ({
  low: Math.min(...values),
  high: Math.max(...values),
});

const TONES = { dead: 'bad', output: 'good', awaited: 'dim' } as const;

function nodeLine(node: NodeProgress, inputs: Hull, now: Hull, paint: Paint): string {
  const { id, state, round, value } = node;
  const tone = state in TONES ? TONES[state as keyof typeof TONES] : null;
  const padded = state.padEnd(8);
  const shown = tone === null ? padded : paint(padded, tone);
  const start = `${`node ${id}`.padEnd(8)} ${shown}`;
  if (value === null) return start.trimEnd();
  const place = `${`round ${round ?? 0}`.padEnd(9)} ${value.toFixed(6).padStart(12)}`;
  return `${start} ${place}  ${barOf(value, inputs)} ${fromCentre(value, now)}`.trimEnd();
}

/** Where a value lies between the smallest and the largest input. */
function barOf(value: number, { low, high }: Hull): string {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const at = Math.round(Math.min(Math.max(share, 0), 1) * (BAR_WIDTH - 1));
  return `${'·'.repeat(at)}●${'·'.repeat(BAR_WIDTH - 1 - at)}`;
}

/** How far it is from the middle of the hull of all last values. */
function fromCentre(value: number, { low, high }: Hull): string {
  const distance = value - (low / 2 + high / 2);
  if (!Number.isFinite(distance) || distance === 0) return '0';
  return `${distance > 0 ? '+' : '−'}${Math.abs(distance).toExponential(1)}`;
}

const STEPS = '▁▂▃▄▅▆▇█';
const TRAIL_LENGTH = 40;

/**
 * The spread of the last values as it fell so far, on a logarithmic scale from ε (lowest) to that of
 * the inputs (highest). Null: nothing is known yet.
 */
function spreadLine({ nodes, epsilon }: RunConfig, spreads: readonly number[]): string | null {
  const spread = spreads.at(-1);
  if (spread === undefined) return null;
  const { low, high } = hullOf(nodes.map(({ input }) => input));
  const decades = Math.log((high - low) / epsilon);
  const trail = spreads.slice(-TRAIL_LENGTH).map((each) => {
    const share = decades > 0 ? Math.log(each / epsilon) / decades : 0;
    const step = Math.floor(Math.min(Math.max(share, 0), 1) * STEPS.length);
    return STEPS[Math.min(step, STEPS.length - 1)] ?? '';
  });
  const reached = spread <= epsilon ? '≤' : '>';
  return `spread   ${trail.join('')} ${spread.toExponential(2)} ${reached} ε ${epsilon} (log scale)`;
}

export function statusLine(config: RunConfig, progress: Progress): string {
  const { nodes, stage, decided } = progress;
  const count = (state: NodeProgress['state']) => nodes.filter((n) => n.state === state).length;
  const alive = living(progress);
  if (stage === 'joining')
    return `starting: ${nodes.length - count('awaited')} of ${nodes.length} joined`;
  if (stage === 'connecting') return `connecting: ${count('ready')} of ${nodes.length} ready`;
  const parts = [...rangeOf(config, progress), `${alive.length} of ${nodes.length} alive`];
  if (decided !== null) parts.push(`output of round ${decided}: ${count('output')} done`);
  return parts.join(' · ');
}

function rangeOf({ epsilon }: RunConfig, progress: Progress): string[] {
  const alive = living(progress);
  if (alive.length === 0) return [];
  const rounds = alive.map((node) => node.round ?? 0);
  const spread = spreadOf(progress) ?? 0;
  return [
    `rounds ${Math.min(...rounds)}–${Math.max(...rounds)}`,
    `last values ${spread.toExponential(2)} apart (ε ${epsilon})`,
  ];
}

/** Of the last values of those who live; null: none is known. Not what the master decides by. */
export function spreadOf(progress: Progress): number | null {
  const values = living(progress).flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return null;
  const { low, high } = hullOf(values);
  return high - low;
}

const living = ({ nodes }: Progress): NodeProgress[] =>
  nodes.filter((node) => node.state !== 'dead');

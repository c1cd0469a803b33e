/**
 * A running cluster on the screen: a block that is redrawn, or, when the stream is no terminal, one
 * plain line a second. A death is said at once in both, and stays.
 */
import { createLogUpdate } from 'log-update';
import type { RunConfig } from '../configs/run-config.ts';
import { nameNodes } from '../master-process/members.ts';
import type { NodeProgress, Progress } from '../runtime/ipc.ts';
import { monotonicMs } from '../runtime/run-clock.ts';
import { paintFor } from './paint.ts';
import { blockLines, spreadOf, statusLine } from './progress-lines.ts';

export interface ProgressView {
  readonly show: (progress: Progress) => void;
  /** Leaves the last state on the screen. */
  close(): void;
}

const PLAIN_LINE_MS = 1_000;

export function createProgressView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? blockView(config, stream) : plainView(config, stream);
}

function blockView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  const update = createLogUpdate(stream);
  const paint = paintFor(stream);
  const newlyDead = watchDeaths();
  const spreads: number[] = [];
  return {
    show(progress) {
      const deaths = newlyDead(progress);
      if (deaths !== null) {
        // Above the block, where it stays.
        update.clear();
        stream.write(`${paint(deaths, 'bad')}\n`);
      }
      const spread = progress.stage === 'joining' ? null : spreadOf(progress);
      if (spread !== null) spreads.push(spread);
      update(blockLines(config, progress, spreads, paint).join('\n'));
    },
    close() {
      update.done();
    },
  };
}

function plainView(config: RunConfig, stream: NodeJS.WriteStream): ProgressView {
  const newlyDead = watchDeaths();
  let lastMs = monotonicMs();
  return {
    show(progress) {
      const deaths = newlyDead(progress);
      if (deaths !== null) stream.write(`${deaths}\n`);
      if (monotonicMs() - lastMs < PLAIN_LINE_MS) return;
      lastMs = monotonicMs();
      stream.write(`${statusLine(config, progress)}\n`);
    },
    close: () => undefined,
  };
}

/** What there is to say of those who have died since the last call; null: nobody has. */
function watchDeaths(): (progress: Progress) => string | null {
  const known = new Set<number>();
  return ({ nodes }) => {
    const dead = nodes.filter(({ id, state }) => state === 'dead' && !known.has(id));
    for (const { id } of dead) known.add(id);
    return dead.length === 0 ? null : deathsInWords(dead);
  };
}

function deathsInWords(dead: readonly NodeProgress[]): string {
  const { round = null } = dead[0] ?? {};
  const last = dead.length > 1 || round === null ? '' : `; its last report was of round ${round}`;
  const ids = dead.map(({ id }) => id);
  return `✕ ${nameNodes(ids)} ${dead.length === 1 ? 'has' : 'have'} died${last}`;
}

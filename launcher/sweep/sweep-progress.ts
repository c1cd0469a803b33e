/** How far a sweep is: a bar in a terminal, a line now and then elsewhere. */
import { barLine } from '../runs-bar.ts';

const LINE_EVERY_MS = 30_000;

export interface SweepProgress {
  show(done: number): void;
  /** Leaves nothing of the bar. */
  close(): void;
}

/** `runs`: that are still to be made. */
export function createSweepProgress(runs: number, stream: NodeJS.WriteStream): SweepProgress {
  const startedMs = performance.now();
  let saidMs = startedMs;
  return {
    show(done) {
      const nowMs = performance.now();
      const line = barLine(done, runs, (nowMs - startedMs) / 1000);
      if (stream.isTTY) {
        stream.write(`\r${line}`);
      } else if (nowMs - saidMs > LINE_EVERY_MS) {
        saidMs = nowMs;
        stream.write(`${plain(line)}\n`);
      }
    },
    close() {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
  };
}

const CLEAR_LINE = '\r\u001b[K';

/** Without the bar itself and what clears the rest of the line. */
const plain = (line: string): string =>
  line.replace(/^[\u2588\u2591]+ /, '').replace('\u001b[K', '');

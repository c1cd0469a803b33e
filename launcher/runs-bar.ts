/** How far `simulate --runs` is: a bar in a terminal, nothing elsewhere; and at the end how fast. */
const WIDTH = 40;

export interface RunsBar {
  readonly show: (done: number) => void;
  /** Leaves nothing of the bar. */
  readonly close: () => void;
  sayHowFast(delivered: number): void;
}

export function createRunsBar(runs: number, stream: NodeJS.WriteStream): RunsBar {
  const startedMs = performance.now();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  return {
    show(done) {
      if (stream.isTTY) stream.write(`\r${barLine(done, runs, seconds())}`);
    },
    close() {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
    sayHowFast(delivered) {
      const perSecond = delivered / seconds() / 1e6;
      stream.write(
        `${runs} runs in ${seconds().toFixed(1)} s, ${perSecond.toFixed(2)} million deliveries per second\n`,
      );
    },
  };
}

const CLEAR_LINE = '\r\u001b[K';

export function barLine(done: number, runs: number, seconds: number): string {
  const share = done / runs;
  const full = Math.floor(share * WIDTH);
  const left = done === 0 ? '' : ` · ${((seconds / share) * (1 - share)).toFixed(0)} s left`;
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done} of ${runs} runs${left}\u001b[K`;
}

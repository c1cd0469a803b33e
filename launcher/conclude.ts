/** The end of a run of real processes, whoever has started them. */
import { relative } from 'node:path';
import type { Result } from '../record/result.ts';
import { renderSummary } from '../report/summary.ts';
import { judgeRun } from '../report/write-result.ts';
import type { LiveRun } from './live/live-run.ts';
import { optimizeLate } from './optimize-late.ts';
import { tryReport } from './page-assets.ts';
import { paintFor } from './paint.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { Interruption } from './signals.ts';

/** Judges the record, shows the summary, and says with which code to exit. */
export async function conclude(
  { directory, config }: Pick<PreparedRun, 'directory' | 'config'>,
  isJson: boolean,
  { live, interruption }: Concluding,
): Promise<number> {
  optimizeLate();
  const isOwn = config.algorithmHash !== null;
  // Nobody can tell how long code of the user's takes to be replayed.
  const heed = isOwn ? interruption.leaveToSystem() : () => undefined;
  const interrupted = interruption.exitCode();
  const run = await judgeRun(directory);
  heed();
  const { result } = run;
  const screen = isJson ? process.stderr : process.stdout;
  screen.write(`\n${renderSummary(result, paintFor(screen))}`);
  screen.write(`record  ${relative(process.cwd(), directory) || '.'}\n`);
  const report = tryReport(run);
  screen.write(`report  ${report}\n`);
  if (isJson) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (live !== null && live.conclude(run, report) > 0 && interrupted === null) {
    screen.write('live    stays until nobody has the page open; Ctrl-C ends it now\n');
    await Promise.race([live.deserted(), interruption.interrupted]);
  }
  await live?.close();
  return exitCodeOf(result, interrupted);
}

interface Concluding {
  readonly live: LiveRun | null;
  readonly interruption: Interruption;
}

/** A violated property outranks the shell's code for an interruption. */
const exitCodeOf = (result: Result, interrupted: number | null): number =>
  result.verdict === 'violated' ? result.exitCode : (interrupted ?? result.exitCode);

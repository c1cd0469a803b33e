/** How much a live page that somebody watches slows the agreement phase, on whole runs. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Result } from '../../record/result.ts';
import { OperatingError } from '../../runtime/operating-error.ts';
import { inTurns } from '../measure.ts';
import { clusterCommand } from '../processes.ts';
import { median, pairedRatio } from '../statistics.ts';
import { writeWorkload } from '../workload.ts';

export interface Watched {
  readonly n: number;
  readonly f: number;
  readonly rounds: number;
  readonly repeats: number;
  /** From the start record to the last output, milliseconds. */
  readonly unwatchedMs: number;
  readonly watchedMs: number;
  /** Median of paired ratios. */
  readonly slowdown: number;
}

export async function measureWatched(
  directory: string,
  { n, f, rounds, repeats }: Pick<Watched, 'n' | 'f' | 'rounds' | 'repeats'>,
): Promise<Watched> {
  const { file } = writeWorkload(directory, { n, f, rounds });
  const times = await inTurns(repeats, {
    unwatched: () => agreementMs(clusterCommand(file, directory)),
    watched: () => agreementMs(clusterCommand(file, directory, '--ui')),
  });
  return {
    ...{ n, f, rounds, repeats },
    unwatchedMs: median(times.unwatched),
    watchedMs: median(times.watched),
    slowdown: pairedRatio(times.watched, times.unwatched),
  };
}

async function agreementMs([command = '', ...words]: readonly string[]): Promise<number> {
  const child = spawn(command, words, { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  const leaving = new AbortController();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    const before = said;
    said += part;
    // The whole line: it may come in pieces.
    const link = /^live +(http:\S+)\n/m;
    const found = link.exec(said)?.[1];
    if (found !== undefined && !link.test(before)) void watch(found, leaving);
  });
  const printed = await text(child.stdout);
  const result = printed === '' ? null : (JSON.parse(printed) as Result);
  const { startMs = null, lastOutputMs = null } = result?.statistics.timing ?? {};
  if (result?.verdict !== 'pass' || startMs === null || lastOutputMs === null) {
    throw new OperatingError('run-failed', `a run on all cores is no pass:\n${said}`);
  }
  return lastOutputMs - startMs;
}

/** As a browser does: takes every event until the last. Then it leaves, and the launcher may end. */
async function watch(link: string, leaving: AbortController): Promise<void> {
  const { body } = await fetch(new URL('/events', link), { signal: leaving.signal });
  const decoder = new TextDecoder();
  let tail = '';
  for await (const chunk of body ?? []) {
    tail = (tail + decoder.decode(chunk as Uint8Array, { stream: true })).slice(-TAIL_LENGTH);
    if (tail.includes('event: end')) break;
  }
  leaving.abort();
}

/** The end is a short event. */
const TAIL_LENGTH = 1_000;

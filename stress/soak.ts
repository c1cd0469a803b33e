/** Many trials, one after the other or a few at once, until the time is over or one has failed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from './findings.ts';
import { canReset } from './os-processes.ts';
import { playTrial } from './play.ts';
import { count, openTally } from './tally.ts';
import type { Tally } from './tally.ts';
import { drawTrial } from './trial.ts';
import { makeFolder } from '../record/make-folder.ts';

export interface SoakRequest {
  readonly seed: number;
  /** Number of the first trial; they are numbered on from there. */
  readonly first: number;
  /** Ends after so many, or at this time (performance.now), whatever comes first. */
  readonly runsMax: number;
  readonly deadlineMs: number;
  readonly atOnce: number;
  /** Where trials leave their files; those of trials that went well are removed. */
  readonly folder: string;
  /** What runs `cluster`: a program and its first words. */
  readonly program: readonly string[];
  onTrial(tally: Tally): void;
  /** A trial that showed a fault of the tool: its files stay in `folder`. */
  onProblem(number: number, folder: string, problems: readonly string[]): void;
  readonly isStopped: () => boolean;
}

export interface Soaked {
  readonly tally: Tally;
  readonly problems: number;
  readonly canReset: boolean;
}

export async function soak(request: SoakRequest): Promise<Soaked> {
  const powers = { canReset: await canReset() };
  const tally = openTally();
  let next = request.first;
  let problems = 0;
  const worker = async (): Promise<void> => {
    while (!isOver(request, next)) {
      const number = next;
      next += 1;
      const folder = join(request.folder, `trial-${request.seed}-${number}`);
      const trial = drawTrial(request.seed, number, powers);
      const played = await playTrial(trial, folder, request.program);
      const findings = examine(played);
      count(tally, played, findings);
      if (findings.problems.length > 0) {
        problems += 1;
        request.onProblem(number, folder, findings.problems);
      } else rmSync(folder, { recursive: true, force: true });
      request.onTrial(tally);
    }
  };
  makeFolder(request.folder);
  await Promise.all(Array.from({ length: request.atOnce }, worker));
  return { tally, problems, canReset: powers.canReset };
}

const isOver = ({ first, runsMax, deadlineMs, isStopped }: SoakRequest, next: number): boolean =>
  next >= first + runsMax || performance.now() >= deadlineMs || isStopped();

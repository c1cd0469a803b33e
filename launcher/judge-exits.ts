/** Which ends of the OS processes are part of a run, and which are failures of the tool. */
import { MASTER } from '../agreement/algorithm.ts';
import type { NodeId } from '../agreement/algorithm.ts';
import { nameNodes } from '../master-process/members.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { describeExit } from './children.ts';
import type { Exit } from './children.ts';

/** 0 as it should be, 2 cut short or crashed as planned; killed from outside is a crash, no failure. */
export const isFailure = ({ code, signal }: Exit): boolean =>
  signal === null && code !== EXIT.pass && code !== EXIT.inconclusive;

/** Without the master there is nobody left to judge the run. */
export function judgeMasterExit(exit: Exit): void {
  if (exit.signal === null && !isFailure(exit)) return;
  throw new OperatingError(
    'run-failed',
    `the master (process ${MASTER}) ended with ${describeExit(exit)}; without it the run cannot be judged`,
  );
}

/** A node that fails by itself (taken port, lost record, a bug) is no crash of the algorithm. */
export function judgeNodeExits(failed: readonly NodeId[]): void {
  if (failed.length === 0) return;
  throw new OperatingError(
    'run-failed',
    `the tool itself failed at ${nameNodes(failed)}; the run cannot be judged`,
  );
}

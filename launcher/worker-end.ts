/** Worker threads that end before they are told to. */
import type { Worker } from 'node:worker_threads';
import { ENDED_BY_OTHERS } from '../runtime/lifecycle.ts';
import { OperatingError } from '../runtime/operating-error.ts';

/** It has thrown, or code of the user's in it has ended it: whoever waits for its answer must not go on waiting. */
export function onWorkerEnd(worker: Worker, fail: (error: Error) => void): void {
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new OperatingError('run-failed', `a thread was ${ENDED_BY_OTHERS}`));
  });
}

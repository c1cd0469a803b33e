/**
 * Loads the user's code for a first time, in a thread that can be ended: code that loops while it is
 * loaded would otherwise hold up this process for ever, and no signal would be heard.
 */
import { Worker } from 'node:worker_threads';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { within } from '../runtime/deferred.ts';

/** Far more than a large file takes on a busy machine, in milliseconds. */
const LOAD_MS = 10_000;

/** Or it has thrown, which the importer says better. */
const LOADED = 'loaded';

const TRIAL = `
  const { parentPort, workerData } = require('node:worker_threads');
  const leave = () => parentPort.postMessage('${LOADED}');
  import('data:text/javascript;base64,' + workerData).then(leave, leave);
`;

/** `file`: as the user named it. Throws AlgorithmError; what else is wrong shows when it is loaded here. */
export async function refuseEndless(code: string, file: string): Promise<void> {
  const workerData = Buffer.from(code).toString('base64');
  // What it prints is printed when it is loaded here.
  const trial = new Worker(TRIAL, { eval: true, workerData, stdout: true, stderr: true });
  const end = new Promise<string>((resolve) => {
    trial.once('message', resolve);
    trial.once('exit', () => {
      resolve('it ends the process while it is loaded');
    });
    trial.on('error', () => undefined);
  });
  const what = (await within(end, LOAD_MS)) ?? `it is still being loaded after ${LOAD_MS / 1000} s`;
  await trial.terminate();
  if (what === LOADED) return;
  throw new AlgorithmError(
    file,
    what,
    'code that only defines',
    'look for what is outside of functions',
  );
}

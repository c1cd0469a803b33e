/** A node started by the launcher: everything it needs is on its command line or comes by IPC. */
import { AlgorithmError } from '../agreement/guarded-algorithm.ts';
import { deferred } from '../runtime/deferred.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import type { LaunchedNode, ToNode } from '../runtime/ipc.ts';
import { runEntryPoint, surviveInterruptUntilLauncherGone } from '../runtime/lifecycle.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import type { Address } from '../configs/run-config.ts';
import { runNode } from './node.ts';

// The launcher writes this argument itself (launcher/children.ts).
const options = JSON.parse(process.argv[2] ?? '{}') as LaunchedNode;
const mustLeave = deferred<never>();
const master = deferred<Address>();

surviveInterruptUntilLauncherGone(() => {
  mustLeave.reject(new OperatingError('launcher-gone', 'the launcher is gone; leaving'));
});
process.on('message', (message: ToNode) => {
  if (message.kind === 'master-at') master.resolve(message.address);
  else mustLeave.reject(new OperatingError('dismissed', 'the run was cut short'));
});

runEntryPoint(`node ${options.id}`, async () => {
  try {
    return await runNode({
      ...options,
      master: master.promise,
      mustLeave: mustLeave.promise,
      // The launcher shows what the master sees; a node speaks up only when something is wrong.
      say: () => undefined,
    });
  } catch (error) {
    // The master has been told why and ends the run: the node has not failed by itself.
    if (error instanceof AlgorithmError) return EXIT.inconclusive;
    throw error;
  }
});

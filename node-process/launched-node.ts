/** A node started by the launcher: everything it needs is on its command line or comes from it. */
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { deferred } from '../runtime/deferred.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import type { LaunchedNode, ToNode } from '../runtime/ipc.ts';
import { lineToLauncher, openLine } from '../runtime/launcher-line.ts';
import { runChild } from '../runtime/lifecycle.ts';
import { OperatingError } from '../runtime/operating-error.ts';
import { openTransport } from '../runtime/transport.ts';
import type { Address } from '../configs/run-config.ts';
import { runNode } from './node.ts';

/** `options`: from the command line. */
export function runLaunchedNode(options: LaunchedNode): void {
  const mustLeave = deferred<never>();
  const master = deferred<Address>();
  const obey = (said: unknown): void => {
    const message = said as ToNode;
    if (message.kind === 'master-at') master.resolve(message.address);
    else mustLeave.reject(new OperatingError('dismissed', 'the run was cut short'));
  };
  openLine(lineToLauncher(), obey, () => {
    mustLeave.reject(new OperatingError('launcher-gone', 'the launcher is gone; leaving'));
  });
  runChild(`node ${options.id}`, () =>
    live(options, { master: master.promise, mustLeave: mustLeave.promise }),
  );
}

/** `told`: what comes from the launcher later. Resolves to the exit code. */
export async function live(
  options: LaunchedNode,
  told: { readonly master: Promise<Address>; readonly mustLeave: Promise<never> },
): Promise<number> {
  try {
    return await runNode({
      ...options,
      ...told,
      transport: await openTransport(options.transport),
      // The launcher shows what the master sees; a node speaks up only when something is wrong.
      say: () => undefined,
    });
  } catch (error) {
    // The master has been told why and ends the run: the node has not failed by itself.
    if (error instanceof AlgorithmError) return EXIT.inconclusive;
    throw error;
  }
}

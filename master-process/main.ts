/** A master started by the launcher: it tells where it listens and how far the run is. */
import { readFileSync } from 'node:fs';
import type { RunConfig } from '../configs/run-config.ts';
import { runFiles } from '../record/run-directory.ts';
import { EXIT } from '../runtime/exit-codes.ts';
import type { FromMaster, LaunchedMaster, ToMaster } from '../runtime/ipc.ts';
import { lineToLauncher, openLine } from '../runtime/launcher-line.ts';
import { runChild } from '../runtime/lifecycle.ts';
import { openTransport } from '../runtime/transport.ts';
import { startMaster } from './master.ts';
import type { Master } from './master.ts';

const PROGRESS_MS = 100;

// The launcher writes this argument itself (launcher/children.ts) and has validated the config.
const options = JSON.parse(process.argv[2] ?? '{}') as LaunchedMaster;

runChild('master', async () => {
  const resolved = readFileSync(runFiles.resolved(options.directory), 'utf8');
  const master = startMaster({
    ...options,
    directory: options.isRecorded ? options.directory : '',
    transport: await openTransport(options.transport),
    config: JSON.parse(resolved) as RunConfig,
    onListening(address) {
      tell({ kind: 'listening', address });
    },
    onChange: () => undefined,
  });
  const line = openLine(
    lineToLauncher(),
    (message) => {
      obey(master, message as ToMaster, tell);
    },
    () => {
      master.interrupt('the end of the launcher');
    },
  );
  const tell = (message: FromMaster): void => {
    line.tell(message);
  };
  const timer = setInterval(() => {
    tell({ kind: 'progress', progress: master.progress() });
  }, PROGRESS_MS);
  const { outcome } = await master.ending;
  clearInterval(timer);
  return outcome === 'complete' ? EXIT.pass : EXIT.inconclusive;
});

function obey(master: Master, message: ToMaster, tell: (answer: FromMaster) => void): void {
  switch (message.kind) {
    case 'exited':
      master.exited(message.node, message.how);
      return;
    case 'interrupt':
      master.interrupt(message.signal);
      return;
    case 'act': {
      const { request, action } = message;
      tell({ kind: 'acted', request, problem: master.act(action) });
    }
  }
}

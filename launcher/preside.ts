/** A master in this very process, shown to whoever looks at its terminal or its log. */
import type { Address } from '../configs/run-config.ts';
import { startMaster } from '../master-process/master.ts';
import type { MasterOptions } from '../master-process/master.ts';
import { nameNodes } from '../master-process/members.ts';
import type { Refusal } from '../runtime/refusals.ts';
import type { LiveRun } from './live/live-run.ts';
import type { PreparedRun } from './prepare-run.ts';
import { createProgressView } from './progress-view.ts';
import type { Interruption } from './signals.ts';

const PROGRESS_MS = 100;

/** What a master has to have before anybody may come. */
export type Claim = Pick<MasterOptions, 'listen' | 'transport'>;

export interface Presiding {
  readonly screen: NodeJS.WriteStream;
  readonly interruption: Interruption;
  readonly live: LiveRun | null;
}

/** Resolves when the run is over and the master has written everything. */
export async function preside(
  prepared: PreparedRun,
  claim: Claim & Pick<MasterOptions, 'waitMs'>,
  { screen, interruption, live }: Presiding,
): Promise<void> {
  const running = startMaster({ ...prepared, ...claim, ...newsTo(screen) });
  void interruption.interrupted.then(running.interrupt);
  live?.obey((action) => Promise.resolve(running.act(action)));
  const view = createProgressView(prepared.config, screen);
  const timer = setInterval(() => {
    const progress = running.progress();
    if (progress.stage !== 'joining') view.show(progress);
  }, PROGRESS_MS);
  await running.ending.finally(() => {
    clearInterval(timer);
    view.close();
  });
}

/** What people have to know while nodes come, or fail to. */
function newsTo(screen: NodeJS.WriteStream) {
  return {
    onListening: ({ host, port }: Address) => screen.write(`listening on ${host}:${port}\n`),
    onRefused: ({ reason }: Refusal) => screen.write(`turned away: ${reason}\n`),
    onChange(awaited: readonly number[]) {
      if (awaited.length > 0) screen.write(`waiting for ${nameNodes(awaited)}\n`);
    },
  };
}

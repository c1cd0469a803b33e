/** --ui: what `cluster` and `master` have in common about the live page. */
import type { Argv } from 'yargs';
import type { PreparedRun } from '../prepare-run.ts';
import type { LiveRun } from './live-run.ts';

export function withLiveOptions(parser: Argv): Argv {
  return parser
    .option('ui', {
      type: 'boolean',
      default: false,
      describe: 'a page to watch the run and act on it, on loopback only; its link is printed',
    })
    .option('ui-port', { type: 'string', default: '0', describe: 'its port; 0: any free one' });
}

/** `port`: as livePort says. Null: nobody wants to watch. */
export async function openLive(
  port: number | null,
  { directory, config }: PreparedRun,
  screen: NodeJS.WriteStream,
): Promise<LiveRun | null> {
  if (port === null) return null;
  // Its server is loaded only by those who watch.
  const { openLiveRun } = await import('./live-run.ts');
  const live = await openLiveRun(directory, config, port);
  screen.write(`live    ${live.link}\n`);
  return live;
}

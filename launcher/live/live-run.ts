/** A run that can be watched and acted on in a browser while it goes on. */
import type { RunConfig } from '../../configs/run-config.ts';
import { pageDataOf } from '../../report/build-page-data.ts';
import { renderHtml } from '../../report/html-report.ts';
import { PAGE_SCHEMA } from '../../report/page-data.ts';
import type { JudgedRun } from '../../report/write-result.ts';
import { deferred, within } from '../../runtime/deferred.ts';
import { pageAssets } from '../page-assets.ts';
import type { Act } from '../run-processes.ts';
import { createBroadcast } from './broadcast.ts';
import type { Broadcast } from './broadcast.ts';
import { startLiveServer } from './live-server.ts';
import { createRunFeed } from './run-feed.ts';
import type { RunFeed } from './run-feed.ts';

export interface LiveRun {
  readonly link: string;
  /** Until somebody looks, for a while at most, or `given` resolves. */
  waitForViewer(given: Promise<unknown>): Promise<void>;
  /** The master is there and takes actions. */
  readonly obey: (act: Act) => void;
  /** The last state, with its verdict. `report`: where the page is kept. Returns how many look. */
  conclude(run: JudgedRun, report: string): number;
  /** Resolves when those have left who look when it is asked, and who come meanwhile. */
  deserted(): Promise<true>;
  close(): Promise<void>;
}

/** The page is redrawn no more often than this, in milliseconds … */
const TICK_MS = 200;
/** … and so rarely that this process spends at most this share of a core on it. */
const SHARE_MAX = 1 / 8;
/** A short run would be over before anybody has opened the page, in milliseconds. */
const FIRST_LOOK_MS = 15_000;
/** A page that is loaded again leaves and comes back, in milliseconds. */
const RELOAD_MS = 1_500;

export async function openLiveRun(
  directory: string,
  config: RunConfig,
  port: number,
): Promise<LiveRun> {
  const broadcast = createBroadcast();
  const feed = createRunFeed(directory, config);
  const viewed = firstViewer(broadcast);
  let act: Act = () => Promise.resolve('the run has not begun');
  const shell = { version: PAGE_SCHEMA, kind: 'live', run: feed.data() } as const;
  const page = renderHtml(shell, pageAssets(), 'This page needs scripts.');
  const server = await startLiveServer({ port, page, broadcast, act: (action) => act(action) });
  const stop = follow(feed, broadcast);
  return {
    link: server.link,
    async waitForViewer(given) {
      await within(Promise.race([viewed, given]), FIRST_LOOK_MS);
    },
    obey: (given) => {
      act = given;
    },
    conclude({ record, result }, report) {
      stop();
      act = () => Promise.resolve('the run is over');
      broadcast.say({ event: 'run', data: JSON.stringify(pageDataOf(record, result)) });
      broadcast.say({ event: 'end', data: JSON.stringify({ report }) });
      return broadcast.viewers();
    },
    deserted: () => untilDeserted(broadcast),
    async close() {
      stop();
      feed.close();
      await server.close();
    },
  };
}

function firstViewer(broadcast: Broadcast): Promise<true> {
  const came = deferred<true>();
  broadcast.onChange = (viewers) => {
    if (viewers > 0) came.resolve(true);
  };
  return came.promise;
}

/** When the last of those who look now, or come meanwhile, has left. */
function untilDeserted(broadcast: Broadcast): Promise<true> {
  const left = deferred<true>();
  broadcast.onChange = (viewers) => {
    if (viewers > 0) return;
    setTimeout(() => {
      if (broadcast.viewers() === 0) left.resolve(true);
    }, RELOAD_MS).unref();
  };
  return left.promise;
}

/** Nothing is read or built while nobody looks. Returns what ends it. */
function follow(feed: RunFeed, broadcast: Broadcast): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const tick = (): void => {
    const begin = performance.now();
    if (broadcast.viewers() > 0 && feed.read()) {
      broadcast.say({ event: 'run', data: JSON.stringify(feed.data()) });
    }
    const spentMs = performance.now() - begin;
    if (isStopped) return;
    timer = setTimeout(tick, Math.max(TICK_MS, spentMs / SHARE_MAX));
    timer.unref();
  };
  tick();
  return () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
  };
}

/** What a process writes about itself: who it is (first line) and what it has cost (last line). */
import { MASTER } from '../agreement/algorithm.ts';
import { EVENT_SCHEMA } from './events.ts';
import type { HeaderEvent, StatisticsEvent, Traffic } from './events.ts';

export type Identity = Pick<HeaderEvent, 'process' | 'run' | 'originUs' | 't'> & {
  readonly id?: number;
  /** The name of its machine; nodes say it. */
  readonly host?: string;
};

export const headerOf = (identity: Identity): HeaderEvent => ({
  kind: 'header',
  t: identity.t,
  schema: EVENT_SCHEMA,
  run: identity.run,
  process: identity.process,
  id: identity.id ?? MASTER,
  originUs: identity.originUs,
  pid: process.pid,
  node: process.version,
  ...(identity.host !== undefined && { host: identity.host }),
});

/** Seconds. */
const LOOP_COUNTS_S = 2;

/**
 * CPU in microseconds, peak resident memory in bytes, of this OS process so far. The loop's busy time
 * is one the runtime counts anyway; a delay monitor would wake every process 50 times a second. To ask
 * for it costs a millisecond, so a process that has hardly lived does not: it was starting all the time.
 */
export function processStatistics(t: number, sent: Traffic, received: Traffic): StatisticsEvent {
  const usage = process.resourceUsage();
  return {
    kind: 'statistics',
    t,
    cpuUserUs: usage.userCPUTime,
    cpuSystemUs: usage.systemCPUTime,
    rssBytesMax: usage.maxRSS * 1024,
    ...(process.uptime() >= LOOP_COUNTS_S && {
      loopBusyUs: Math.round(performance.eventLoopUtilization().active * 1000),
    }),
    sent,
    received,
  };
}

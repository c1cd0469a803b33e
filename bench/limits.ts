/** The ratios that were promised, beside what was measured. */
import type { Results } from './results.ts';

export interface LimitedRatio {
  readonly name: string;
  readonly ratio: number;
  /** It should be at most this. */
  readonly limit: number;
}

/** Of the whole cluster by n. */
const WHOLE_LIMITS: ReadonlyMap<number, number> = new Map([
  [5, 2.5],
  [20, 1.5],
  [50, 1.3],
  [100, 1.2],
]);

export function ratiosWithLimits({ parts }: Results): LimitedRatio[] {
  const { whole, steady, memory, watched } = parts;
  const ratios: LimitedRatio[] = [];
  for (const { n, ratios: measured } of whole?.value ?? []) {
    const limit = WHOLE_LIMITS.get(n);
    if (limit === undefined) continue;
    ratios.push({ name: `CPU, n = ${n}`, ratio: measured.cpu, limit });
    ratios.push({ name: `wall, n = ${n}`, ratio: measured.wall, limit });
  }
  if (steady !== undefined) {
    const { recordingOnOverFloor, recordingOffOverFloor, recordingSlowdown } = steady.value.ratios;
    ratios.push({ name: 'CPU a message', ratio: recordingOnOverFloor, limit: 1.5 });
    ratios.push({ name: '… without record', ratio: recordingOffOverFloor, limit: 1.3 });
    ratios.push({ name: 'recording on / off', ratio: recordingSlowdown, limit: 1.2 });
  }
  if (memory !== undefined)
    ratios.push({ name: 'PSS', ratio: memory.value.ratios.pss, limit: 1.4 });
  if (watched !== undefined)
    ratios.push({ name: 'watched / not', ratio: watched.value.slowdown, limit: 1.2 });
  return ratios;
}

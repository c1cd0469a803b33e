import { allNodes } from '../../../agreement/resilience.ts';
import type { FaultSettings } from '../../../faults/settings.ts';

/** Settings without any fault or delay for n nodes, all of them candidates; changed as told. */
export function settingsFor(n: number, changes: Partial<FaultSettings> = {}): FaultSettings {
  return {
    crash: { probability: 0, per: 'send' },
    crashMode: 'silent',
    candidates: allNodes(n),
    scriptedCrashes: [],
    holds: [],
    delay: { kind: 'constant', delayMs: 0 },
    order: 'fifo',
    ...changes,
  };
}

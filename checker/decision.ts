/**
 * What the stopping rule says about the reports and deaths that the master recorded, in the order in
 * which it recorded them: the decision that it should have taken, and when.
 */
import type { Round } from '../agreement/algorithm.ts';
import { initialStoppingState, stepStoppingRule } from '../agreement/stopping-rule.ts';
import type { StoppingEvent } from '../agreement/stopping-rule.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { MasterEvent } from '../record/events.ts';
import type { MasterFile } from '../record/read-run.ts';

export interface Decision {
  readonly round: Round;
  /** Index of the report or death that settled it, in the master's events. */
  readonly settledAt: number;
}

/**
 * Null: nothing was ever settled. The run ends with its (f+1)-th death or with the finish record,
 * whichever is first; what comes later decides nothing.
 */
export function recomputeDecision(config: RunConfig, master: MasterFile): Decision | null {
  const state = initialStoppingState(config.nodes.length, config.epsilon);
  const leastLive = config.nodes.length - config.f;
  for (const [index, event] of master.events.entries()) {
    if (event.kind === 'finish') return null;
    const stopping = stoppingEvent(event, config.lastRound);
    if (stopping === null) continue;
    const isLast = stopping.kind === 'death' && state.live.size <= leastLive;
    if (isLast && state.live.has(stopping.node)) return null;
    const round = stepStoppingRule(state, stopping);
    if (round !== null) return { round, settledAt: index };
  }
  return null;
}

function stoppingEvent(event: MasterEvent, lastRound: Round): StoppingEvent | null {
  if (event.kind === 'death') return { kind: 'death', node: event.node };
  if (event.kind !== 'report' || event.round > lastRound) return null;
  const { from, round, value } = event;
  return { kind: 'report', from, round, value };
}

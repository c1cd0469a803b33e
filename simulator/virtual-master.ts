/**
 * The master in virtual time: the same stopping rule, the same deaths, the same endings as
 * master-process/session.ts, without connections that could break.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { initialStoppingState, stepStoppingRule } from '../agreement/stopping-rule.ts';
import type { StoppingEvent, StoppingState } from '../agreement/stopping-rule.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { Outcome } from '../record/events.ts';

export interface Ending {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
}

export interface VirtualMaster {
  readonly config: RunConfig;
  readonly stopping: StoppingState;
  readonly dead: NodeId[];
  readonly withOutput: Set<NodeId>;
  /** Microseconds of the last report or output: patience counts from here. */
  heardUs: number;
  decided: { readonly round: Round; readonly t: number } | null;
  ending: (Ending & { readonly t: number }) | null;
}

export const createMaster = (config: RunConfig): VirtualMaster => ({
  config,
  stopping: initialStoppingState(config.nodes.length, config.epsilon),
  dead: [],
  withOutput: new Set(),
  heardUs: 0,
  decided: null,
  ending: null,
});

export function onReport(
  master: VirtualMaster,
  report: { readonly from: NodeId; readonly round: Round; readonly value: number },
  t: number,
): Round | null {
  const { from, round, value } = report;
  master.heardUs = t;
  return decide(master, { kind: 'report', from, round, value }, t);
}

/** The node's connection has ended, and all that it had sent is read. */
export function onDeath(master: VirtualMaster, node: NodeId, t: number): Round | null {
  const { f } = master.config;
  master.dead.push(node);
  if (master.dead.length > f) {
    const names = master.dead.join(', ');
    end(master, 'too-many-deaths', `nodes ${names} died; at most f = ${f} may`, t);
    return null;
  }
  const round = decide(master, { kind: 'death', node }, t);
  endIfAllHaveOutput(master, t);
  return round;
}

export function onOutput(master: VirtualMaster, from: NodeId, t: number): void {
  master.heardUs = t;
  master.withOutput.add(from);
  endIfAllHaveOutput(master, t);
}

/** When the master's patience or the time limit ends the run, unless something happens before. */
export function deadlineUs({ config, heardUs }: VirtualMaster): number {
  return Math.min(config.timeLimitMs * 1000, heardUs + config.patienceMs * 1000);
}

export function onDeadline(master: VirtualMaster): void {
  const { timeLimitMs, patienceMs } = master.config;
  const t = deadlineUs(master);
  if (t >= timeLimitMs * 1000) {
    end(master, 'time-limit', `not finished after ${timeLimitMs / 1000} s (time-limit)`, t);
  } else {
    end(master, 'no-progress', `no report for ${patienceMs / 1000} s (patience)`, t);
  }
}

/** The first ending counts. */
export function end(master: VirtualMaster, outcome: Outcome, reason: string, t: number): void {
  master.ending ??= { outcome, reason, t };
}

/** Under `stop rounds` the nodes need no word of the master; it only keeps the tally. */
function decide(master: VirtualMaster, event: StoppingEvent, t: number): Round | null {
  const round = stepStoppingRule(master.stopping, event);
  if (round === null || master.config.stop !== 'frozen') return null;
  master.decided = { round, t };
  return round;
}

function endIfAllHaveOutput(master: VirtualMaster, t: number): void {
  const { live } = master.stopping;
  if (live.size === 0) return;
  for (const id of live) if (!master.withOutput.has(id)) return;
  end(master, 'complete', `all ${live.size} correct nodes have output`, t);
}

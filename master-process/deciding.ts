/** Drives the stopping rule: when the nodes are told to output, and when the run is complete. */
import { MASTER } from '../agreement/algorithm.ts';
import { stepStoppingRule } from '../agreement/stopping-rule.ts';
import type { StoppingEvent } from '../agreement/stopping-rule.ts';
import { alive } from './members.ts';
import { end, record, sendTo } from './session.ts';
import type { MasterSession } from './session.ts';

/** Under `stop rounds` the nodes need no word of the master; it only keeps the tally. */
export function step(session: MasterSession, event: StoppingEvent): void {
  const round = stepStoppingRule(session.stopping, event);
  if (round === null || session.config.stop !== 'frozen' || session.stage !== 'running') return;
  session.stage = 'deciding';
  record(session, { kind: 'decide', t: session.nowUs(), round });
  session.recorder.flush();
  const order = {
    kind: 'message',
    from: MASTER,
    value: null,
    round,
    output: true,
    fail: false,
  } as const;
  sendTo(session, alive(session.members), order);
}

export function endIfAllHaveOutput(session: MasterSession): void {
  const living = alive(session.members);
  if (living.length === 0 || living.some((member) => member.state !== 'output')) return;
  end(session, 'complete', `all ${living.length} correct nodes have output`);
}

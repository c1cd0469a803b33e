/** Kills and pauses of the config, by the clock of the run: from the start record on. */
import { scriptOf } from '../faults/script.ts';
import { act } from './actions.ts';
import type { MasterSession } from './session.ts';

/**
 * Returns what calls off all that has not happened yet. An action that cannot be done any more, on a
 * dead node or after the end, is not done: the ledger tells what became of each line.
 */
export function startScript(session: MasterSession): () => void {
  const startedUs = session.nowUs();
  const actions = scriptOf(session.config.faults) ?? [];
  let timer: NodeJS.Timeout | undefined;
  const goOn = (): void => {
    // A timer may fire up to a millisecond early: only what is due is done.
    const nowUs = session.nowUs() - startedUs;
    for (let next = actions[0]; next !== undefined && next.atUs <= nowUs; next = actions[0]) {
      actions.shift();
      act(session, { kind: next.kind, node: next.node }, 'scripted');
    }
    const [next] = actions;
    if (next !== undefined) timer = setTimeout(goOn, Math.ceil((next.atUs - nowUs) / 1000));
  };
  goOn();
  return () => {
    clearTimeout(timer);
  };
}

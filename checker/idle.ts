/**
 * Who could have brought a missing output about, and did not? Only that makes a missing output a
 * violation: a node that waits for messages, or a master that waits for reports, does nothing wrong.
 */
import type { NodeId } from '../agreement/algorithm.ts';
import { isWhole } from './case.ts';
import type { Case } from './case.ts';
import { nodesInWords } from './in-words.ts';
import { effectInWords } from './replay.ts';

/** One sentence, or null: nobody is known to have been idle. `missing`: correct, without output. */
export const idleWitness = (of: Case, missing: readonly NodeId[]): string | null =>
  idleMaster(of, missing) ?? idleNode(of);

function idleMaster(
  { record, observation, decision }: Case,
  missing: readonly NodeId[],
): string | null {
  const { finish, decide, faulty } = observation;
  if (finish === null || !isWhole(record, record.master)) return null;
  if (decision !== null && decide === null) {
    return `the master had every live report of round ${decision.round} within ε and did not decide`;
  }
  const isWithinF = record.config !== null && faulty.size <= record.config.f;
  if (finish.outcome !== 'complete' || !isWithinF) return null;
  return `the master called the run complete without ${nodesInWords(missing)}`;
}

/** A correct node with its quorum, or its word to output, that did not take the step. */
function idleNode({ record, observation, replays }: Case): string | null {
  for (const node of observation.correct) {
    const file = record.nodes.get(node);
    const due = replays.get(node)?.due ?? null;
    if (file === undefined || due === null || !isWhole(record, file)) continue;
    // A file without its closing line may end early because the process was killed at the end.
    if (!file.events.some(({ kind }) => kind === 'finish')) continue;
    return `node ${node} had all that it needed for its ${effectInWords(due)} and stopped`;
  }
  return null;
}

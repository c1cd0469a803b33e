/**
 * Who could have brought a missing output about, and did not? Only that makes a missing output a
 * violation: a node that waits for messages, or a master that waits for reports, does nothing wrong.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { quorum } from '../agreement/resilience.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { RecordedEvent } from '../record/events.ts';
import type { NodeFile } from '../record/read-run.ts';
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
    if (file === undefined || !isWhole(record, file)) continue;
    // A file without its closing line may end early because the process was killed at the end; one
    // whose algorithm failed says so, and is no verdict on a guarantee.
    const kinds = new Set(file.events.map(({ kind }) => kind));
    if (!kinds.has('finish') || kinds.has('abandoned')) continue;
    const due = replays.get(node)?.due ?? null;
    if (due !== null) {
      return `node ${node} had all that it needed for its ${effectInWords(due)} and stopped`;
    }
    const { config } = record;
    const isResting = config === null || isAtRest(config, file);
    const round = isResting ? null : roundOfUnusedQuorum(config, file.events);
    if (round !== null) {
      return `node ${node} was handed n − f values of round ${round}, its own included, and never left it`;
    }
  }
  return null;
}

/** It has output, and that was the last that it had to do. */
export const isAtRest = (config: RunConfig, { events }: NodeFile): boolean =>
  config.restsAfterOutput === true && events.some(({ kind }) => kind === 'output');

/**
 * The round a node never left although the lines of its file show a quorum of it; null: none. Asks no
 * participant: one that drops messages believes that it still waits. To wait for more than n − f
 * values is to wait for nodes that may be dead.
 */
function roundOfUnusedQuorum(config: RunConfig, events: readonly RecordedEvent[]): Round | null {
  const last = events.findLast((event) => event.kind === 'report');
  if (last === undefined || last.round >= config.lastRound) return null;
  const others = events.flatMap((event) =>
    event.kind === 'receive' && event.round === last.round ? [event.from] : [],
  );
  return new Set(others).size >= quorum(config.nodes.length, config.f) - 1 ? last.round : null;
}

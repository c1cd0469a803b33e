/**
 * Every update of a node, read from its own lines: what it had heard by then, and what it made of it.
 * The quorum is worked out again from the receive lines; what the node says it used stands beside it.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { quorum } from '../agreement/resilience.ts';
import type { RunConfig } from '../configs/run-config.ts';
import type { NodeFile } from '../record/read-run.ts';

/** A message of a round, the first one of its sender. */
export interface Heard {
  readonly from: NodeId;
  readonly value: number;
}

export interface Update {
  readonly node: NodeId;
  /** Of the value that came out. */
  readonly round: Round;
  readonly value: number;
  /** The node's own value of the round before; null: its line is missing. */
  readonly before: number | null;
  /** As the node recorded it. */
  readonly used: readonly NodeId[];
  /** The first n − f − 1 messages of the round before that had been handed over; fewer: that few. */
  readonly heard: readonly Heard[];
  /** Index of the report in the file's events. */
  readonly index: number;
}

export interface Walk {
  readonly updates: readonly Update[];
  /** The round in which the file ends; −1: it never started. */
  readonly round: Round;
  /** How many peers' messages of that round had been handed over. */
  readonly waiting: number;
}

interface RoundHeard {
  readonly senders: Set<NodeId>;
  readonly messages: Heard[];
}

export function walkUpdates(config: RunConfig, node: NodeId, file: NodeFile): Walk {
  const others = quorum(config.nodes.length, config.f) - 1;
  const inbox = new Map<Round, RoundHeard>();
  const updates: Update[] = [];
  let before: number | null = null;
  let round = -1;
  file.events.forEach((event, index) => {
    if (event.kind === 'receive') {
      hear(inbox, event.round, event);
    } else if (event.kind === 'report') {
      const { value, used } = event;
      if (event.round > 0) {
        const heard = (inbox.get(event.round - 1)?.messages ?? []).slice(0, others);
        updates.push({ node, round: event.round, value, before, used, heard, index });
        inbox.delete(event.round - 1);
      }
      before = value;
      round = event.round;
    }
  });
  return { updates, round, waiting: inbox.get(round)?.messages.length ?? 0 };
}

function hear(inbox: Map<Round, RoundHeard>, round: Round, { from, value }: Heard): void {
  let heard = inbox.get(round);
  if (heard === undefined) {
    heard = { senders: new Set(), messages: [] };
    inbox.set(round, heard);
  }
  if (heard.senders.has(from)) return;
  heard.senders.add(from);
  heard.messages.push({ from, value });
}

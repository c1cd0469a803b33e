/**
 * Messages kept by round until their round is done. A message of a future round is put here once
 * and read once; nothing is ever put back.
 */
import type { NodeId, Round } from './algorithm.ts';

/** Per round: sender → value, in order of arrival (a Map keeps insertion order). */
export type Inbox = Map<Round, Map<NodeId, number>>;

/** First message per sender and round counts. Returns whether it was kept. */
export function keep(inbox: Inbox, round: Round, from: NodeId, value: number): boolean {
  let messages = inbox.get(round);
  if (messages === undefined) {
    messages = new Map();
    inbox.set(round, messages);
  }
  if (messages.has(from)) return false;
  messages.set(from, value);
  return true;
}

/**
 * The first `count` messages of a round, or null while there are fewer. The round is over then,
 * so it leaves the inbox whole.
 */
export function takeQuorum(inbox: Inbox, round: Round, count: number): [NodeId, number][] | null {
  const messages = inbox.get(round);
  if (messages === undefined || messages.size < count) return null;
  inbox.delete(round);
  return [...messages].slice(0, count);
}

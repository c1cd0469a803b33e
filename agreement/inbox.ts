/**
 * Messages kept by round until their round is done. A message of a future round is put here once
 * and read once; nothing is ever put back.
 *
 * Arrays and not a Map per round: in a large run millions of messages wait, and an entry of a Map
 * takes several times the memory of two array elements.
 */
import type { NodeId, Round } from './algorithm.ts';

/** The messages of one round, in order of arrival. */
export interface RoundMessages {
  size: number;
  readonly senders: NodeId[];
  readonly values: number[];
  /** A set of ids: bit `id % 32` of element `⌊id / 32⌋` is 1 for those that are in `senders`. */
  readonly heard: number[];
}

/** values[i] is the value of senders[i]. */
export interface Quorum {
  readonly senders: readonly NodeId[];
  readonly values: readonly number[];
}

export type Inbox = Map<Round, RoundMessages>;

/** First message per sender and round counts. Returns whether it was kept. */
export function keep(inbox: Inbox, round: Round, from: NodeId, value: number): boolean {
  let messages = inbox.get(round);
  if (messages === undefined) {
    messages = { size: 0, senders: [], values: [], heard: [] };
    inbox.set(round, messages);
  }
  if (!noteSender(messages.heard, from)) return false;
  messages.senders.push(from);
  messages.values.push(value);
  messages.size += 1;
  return true;
}

/** As `keep`, but before all messages that are there already. */
export function keepFirst(inbox: Inbox, round: Round, from: NodeId, value: number): void {
  if (!keep(inbox, round, from, value)) return;
  const { senders, values } = inbox.get(round) ?? NO_MESSAGES;
  if (senders.length === 1) return;
  senders.unshift(...senders.splice(-1));
  values.unshift(...values.splice(-1));
}

/**
 * The first `count` messages of a round, or null while there are fewer. The round is over then,
 * so it leaves the inbox whole.
 */
export function takeQuorum(inbox: Inbox, round: Round, count: number): Quorum | null {
  const messages = inbox.get(round);
  if (messages === undefined || messages.size < count) return null;
  inbox.delete(round);
  const { senders, values } = messages;
  return { senders: senders.slice(0, count), values: values.slice(0, count) };
}

const NO_MESSAGES: RoundMessages = { size: 0, senders: [], values: [], heard: [] };

/** Whether the id is new. */
function noteSender(heard: number[], id: NodeId): boolean {
  const word = id >> 5;
  while (heard.length <= word) heard.push(0);
  const bit = 1 << (id & 31);
  const before = heard[word] ?? 0;
  heard[word] = before | bit;
  return (before & bit) === 0;
}

/**
 * Every channel from node to node and from node to master: what arrived is what was sent, each
 * message once, nothing invented, and nothing missing before something that was sent later. What
 * was still on its way when the run ended may be missing at the end.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { NodeEvent } from '../record/events.ts';
import { isReliable, isWhole } from './case.ts';
import type { Case } from './case.ts';

type Multicast = Extract<NodeEvent, { kind: 'multicast' }>;

interface Channel {
  readonly from: NodeId;
  readonly to: NodeId;
  /** Rounds in the order of sending; null: the sender's file does not tell. */
  readonly sent: readonly Round[] | null;
  readonly arrived: readonly Round[];
  /** The receiver has recorded all that had arrived, also what still waited. */
  readonly isClosed: boolean;
}

export function channelContradictions(of: Case): string[] {
  const found = [...of.record.nodes.keys()].map((from) => reportProblem(of, from));
  for (const channel of channelsOf(of)) found.push(channelProblem(channel));
  return found.filter((problem) => problem !== null);
}

/** A node reports round 0, 1, 2, … and the master reads them in that order. */
function reportProblem({ record }: Case, from: NodeId): string | null {
  if (!isReliable(record, record.master)) return null;
  let next = 0;
  for (const event of record.master.events) {
    if (event.kind !== 'report' || event.from !== from) continue;
    if (event.round !== next) {
      return `the master has node ${from}'s report of round ${event.round} instead of ${next}`;
    }
    next += 1;
  }
  return null;
}

function* channelsOf({ record }: Case): Generator<Channel> {
  const multicasts = new Map<NodeId, readonly Multicast[] | null>();
  for (const [id, file] of record.nodes) {
    const all = file.events.filter((event) => event.kind === 'multicast');
    multicasts.set(id, isReliable(record, file) ? all : null);
  }
  for (const [to, file] of record.nodes) {
    const arrivals = arrivalsBySender(file.events);
    const isEnded = file.events.some(({ kind }) => kind === 'finish');
    const isClosed = isEnded && isWhole(record, file);
    for (const [from, sends] of multicasts) {
      const sent = sends?.filter((send) => send.to === 'all' || send.to.includes(to)) ?? null;
      const arrived = arrivals.get(from) ?? [];
      if (from === to) continue;
      yield { from, to, sent: sent?.map(({ round }) => round) ?? null, arrived, isClosed };
    }
  }
}

function arrivalsBySender(events: readonly NodeEvent[]): Map<NodeId, Round[]> {
  const arrivals = new Map<NodeId, Round[]>();
  for (const event of events) {
    if (event.kind !== 'receive' && event.kind !== 'pending') continue;
    const rounds = arrivals.get(event.from) ?? [];
    rounds.push(event.round);
    arrivals.set(event.from, rounds);
  }
  return arrivals;
}

function channelProblem({ from, to, sent, arrived, isClosed }: Channel): string | null {
  const link = `on the link from node ${from} to node ${to}`;
  const unique = new Set(arrived);
  if (unique.size < arrived.length) return `a message arrived twice ${link}`;
  if (sent === null) return null;
  const known = new Set(sent);
  const invented = arrived.find((round) => !known.has(round));
  if (invented !== undefined) return `a message of round ${invented} arrived unsent ${link}`;
  const last = sent.findLastIndex((round) => unique.has(round));
  const lost = isClosed ? sent.slice(0, last + 1).find((round) => !unique.has(round)) : undefined;
  return lost === undefined ? null : `the message of round ${lost} was lost ${link}`;
}

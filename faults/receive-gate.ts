/**
 * Scripted receive sets: which messages a node uses in a round. A message that the script does not
 * list waits at its receiver until the receiver has left that round; then it is handed over, late.
 *
 * Pure data, the same for the node process and the simulator: a message that is due goes through
 * `admit`, and after every step `takeFreed` is asked for what may go now, until it has nothing left.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import type { FaultSettings, ReceiveSet } from './settings.ts';

/** What the gate must know of a message. */
export interface GatedMessage {
  readonly from: NodeId;
  readonly round: Round;
}

/** Of these rounds, only messages of these nodes are handed over as long as the round lasts. */
interface GatedRounds extends Pick<ReceiveSet, 'firstRound' | 'lastRound'> {
  readonly from: ReadonlySet<NodeId>;
}

export interface ReceiveGate<Message extends GatedMessage> {
  readonly sets: readonly GatedRounds[];
  readonly order: FaultSettings['order'];
  /** Held back, in the order in which they were due. */
  readonly withheld: Message[];
  /** Under fifo: how many of each sender are held back; what comes later waits behind them. */
  readonly behind: Map<NodeId, number>;
}

/** Null: no line of the script is about this receiver. */
export function createReceiveGate<Message extends GatedMessage>(
  receiver: NodeId,
  { uses = [], order }: Pick<FaultSettings, 'uses' | 'order'>,
): ReceiveGate<Message> | null {
  const sets = uses
    .filter(({ nodes }) => nodes.includes(receiver))
    .map(({ firstRound, lastRound, from }) => ({ firstRound, lastRound, from: new Set(from) }));
  return sets.length === 0 ? null : { sets, order, withheld: [], behind: new Map() };
}

/** Whether the message may be handed over now; otherwise the gate keeps it. */
export function admit<Message extends GatedMessage>(
  gate: ReceiveGate<Message>,
  current: Round,
  message: Message,
): boolean {
  const isBehind = gate.order === 'fifo' && (gate.behind.get(message.from) ?? 0) > 0;
  if (!isBehind && isFree(gate, current, message)) return true;
  gate.withheld.push(message);
  gate.behind.set(message.from, (gate.behind.get(message.from) ?? 0) + 1);
  return false;
}

/** The next message that is free now that the receiver is in round `current`; null: none is. */
export function takeFreed<Message extends GatedMessage>(
  gate: ReceiveGate<Message>,
  current: Round,
): Message | null {
  const blocked = new Set<NodeId>();
  for (const [index, message] of gate.withheld.entries()) {
    const { from } = message;
    if (blocked.has(from)) continue;
    if (isFree(gate, current, message)) {
      gate.withheld.splice(index, 1);
      gate.behind.set(from, (gate.behind.get(from) ?? 1) - 1);
      return message;
    }
    if (gate.order === 'fifo') blocked.add(from);
  }
  return null;
}

/** A round that is over can no longer be influenced; a round without a line takes what comes. */
function isFree(
  { sets }: { readonly sets: readonly GatedRounds[] },
  current: Round,
  { from, round }: GatedMessage,
): boolean {
  if (round < current) return true;
  const set = sets.find(({ firstRound, lastRound }) => firstRound <= round && round <= lastRound);
  return set === undefined || set.from.has(from);
}

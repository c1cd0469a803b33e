import type { NodeId } from './algorithm.ts';

/**
 * The order in which a multicast hands its copies over: a rotation that starts after the sender,
 * so that no node is favoured by being early in everybody's list. A crash "after k sends" of
 * node `id` leaves exactly the first k of these peers with the message.
 */
export function sendOrder(id: NodeId, n: number): NodeId[] {
  const order: NodeId[] = [];
  for (let position = 0; position < n - 1; position += 1) order.push(peerAt(id, position, n));
  return order;
}

/** The peer at a position of the send order, from 0 to n − 2. */
export function peerAt(id: NodeId, position: number, n: number): NodeId {
  const peer = id + position + 1;
  return peer <= n ? peer : peer - n;
}

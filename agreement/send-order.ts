import type { NodeId } from './algorithm.ts';

/**
 * The order in which a multicast hands its copies over: a rotation that starts after the sender,
 * so that no node is favoured by being early in everybody's list. A crash "after k sends" of
 * node `id` leaves exactly the first k of these peers with the message.
 */
export function sendOrder(id: NodeId, n: number): NodeId[] {
  const order: NodeId[] = [];
  for (let step = 1; step < n; step += 1) order.push(((id - 1 + step) % n) + 1);
  return order;
}

/**
 * Keyed draws: every random decision is a hash of what it decides.
 *
 * There is no stream of random numbers that decisions take turns on. So no draw depends on timing,
 * on the order of calls or on how many other draws there are; no two nodes share one; and because
 * the algorithm is not part of the key, all algorithms of a comparison meet the same faults.
 */
import type { NodeId, Round } from '../agreement/algorithm.ts';
import { murmur3, xxh32 } from './hash.ts';

/** What is decided. Its number goes into the hash: add new ones at the end, change none. */
export const faultKinds = {
  crash: 1,
  delay: 2,
  tie: 3,
  input: 4,
  slowSender: 5,
  slowReceiver: 6,
  loss: 7,
  duplicate: 8,
  clog: 9,
} as const;

/** The kind of message that the decision is about; numbered for the hash in the same way. */
export const messageKinds = { value: 1 } as const;

export type FaultKind = keyof typeof faultKinds;
export type MessageKind = keyof typeof messageKinds;

/** Seeds are integers from 0 to this (2^53 − 1); all of their bits count. */
export const SEED_MAX = Number.MAX_SAFE_INTEGER;

/** Looked up once, like `imul` in hash.ts. */
const { floor } = Math;

const TWO_TO_21 = 2_097_152;
const TWO_TO_32 = 4_294_967_296;
const TWO_TO_53 = 9_007_199_254_740_992;

/**
 * A number in [0, 1), a multiple of 2^−53, that depends on all arguments and nothing else.
 *
 * The key is eight 32-bit words: seed mod 2^32, ⌊seed / 2^32⌋, kind, message, sender, receiver,
 * round, attempt. The upper 32 of the 53 bits are its MurmurHash3_x86_32, the lower 21 the upper
 * bits of its XXH32. `receiver` is 0 for a decision about no message in particular; `attempt`
 * counts repetitions of the same message.
 */
export function uniform(
  seed: number,
  kind: FaultKind,
  sender: NodeId,
  receiver: NodeId,
  round: Round,
  attempt = 0,
  message: MessageKind = 'value',
): number {
  const low = seed >>> 0;
  const high = floor(seed / TWO_TO_32);
  const fault = faultKinds[kind];
  const about = messageKinds[message];
  const upper = murmur3(low, high, fault, about, sender, receiver, round, attempt);
  const lower = xxh32(low, high, fault, about, sender, receiver, round, attempt) >>> 11;
  return (upper * TWO_TO_21 + lower) / TWO_TO_53;
}

/** The upper 32 bits of `uniform` as an unsigned integer: for ties that chance should break. */
export function hash32(
  seed: number,
  kind: FaultKind,
  sender: NodeId,
  receiver: NodeId,
  round: Round,
  attempt = 0,
  message: MessageKind = 'value',
): number {
  const high = floor(seed / TWO_TO_32);
  const fault = faultKinds[kind];
  const about = messageKinds[message];
  return murmur3(seed >>> 0, high, fault, about, sender, receiver, round, attempt);
}

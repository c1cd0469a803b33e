/**
 * The slots of the grammar's forms: how their words are read and what they may be. A new slot is
 * one line here and one in schema.ts.
 */

/** How the words of a slot are read; what they may be is checked in schema.ts. */
export type Reading =
  | 'word'
  | 'number'
  | 'whole'
  /** Milliseconds, or a number with the unit ms or s behind it, with or without a space. */
  | 'duration'
  | 'duration or never'
  /** `2` or `0-5`. */
  | 'rounds'
  /** `2` or `1-3`. */
  | 'ids'
  /** The same, or the bar between two sets of them. */
  | 'ids or bar'
  | 'whole or random';

export interface Slot {
  readonly reads: Reading;
  /** Completes the sentence "expected …". */
  readonly what: string;
}

const duration = (what: string): Slot => ({
  reads: 'duration',
  what: `${what}, 0 ms to 2147483647 ms`,
});
const id = (what: string): Slot => ({ reads: 'whole', what: `${what}, 1 to n` });

export const slots = {
  ALPHA: { reads: 'number', what: 'a tail exponent, 0.1 to 100' },
  AT: duration('a time after the start'),
  BURST: { reads: 'number', what: 'a probability from 0 to 1, at least P' },
  CANDIDATE: id('a node id'),
  CAP: duration('the longest delay that can be drawn'),
  COUNT: { reads: 'whole', what: 'how many sends still happen, 0 to n − 1' },
  DELAY: duration('a delay'),
  EPSILON: { reads: 'number', what: 'a number above 0' },
  F: { reads: 'whole', what: 'a whole number from 0' },
  FACTOR: { reads: 'number', what: 'how many times as long, 1 to 1000' },
  FROM: id('the id of the sender'),
  GAP: { reads: 'duration', what: 'the mean time between two clogs, 1 ms to 2147483647 ms' },
  HOST: { reads: 'word', what: 'an IPv4 address, an IPv6 address or a host name' },
  ID: id('a node id'),
  INPUT: { reads: 'number', what: 'a number between −1e300 and 1e300' },
  MAX: duration('the longest delay'),
  MEAN: duration('the mean of what is added to MIN'),
  MEDIAN: duration('the median delay'),
  MIN: duration('the shortest delay'),
  N: { reads: 'whole', what: 'a number of nodes, 1 to 10000' },
  NAME: { reads: 'word', what: 'the name of an algorithm, or the path of your own' },
  NODE: id('a node id'),
  P: { reads: 'number', what: 'a probability from 0 to 1' },
  PEER: id('the id of a peer'),
  PORT: { reads: 'whole', what: 'a port from 0 to 65535 (0: any free one)' },
  R: { reads: 'whole', what: 'a number of rounds, 1 to 10000' },
  RECEIVERS: { reads: 'ids', what: 'a node id or a range of ids like 1-3, 1 to n' },
  ROUND: { reads: 'whole', what: 'a round from 0' },
  ROUNDS: { reads: 'rounds', what: 'a round, or a first and a last one like 0-5' },
  RTO: { reads: 'duration', what: 'the wait before the first resend, 1 ms to 2147483647 ms' },
  SEED: { reads: 'whole or random', what: 'a whole number from 0 to 9007199254740991, or random' },
  SENDERS: { reads: 'ids', what: 'ids or ranges of ids like 1-3, 1 to n' },
  SETS: { reads: 'ids or bar', what: 'two or more sets of ids like 1 2 | 3-5, 1 to n' },
  SIGMA: { reads: 'number', what: 'a standard deviation of the logarithm, 0 to 10' },
  SILENCE: { reads: 'duration', what: 'the mean time that a clog lasts, 1 ms to 2147483647 ms' },
  SINCE: duration('a time after the start'),
  UNANSWERED: { reads: 'duration', what: 'a time from 11 s, at most 2147483647 ms' },
  TIME: { reads: 'duration', what: 'a time above 0, at most 2147483647 ms' },
  TO: id('the id of the receiver'),
  UNTIL: { reads: 'duration or never', what: 'a time after the start, or never' },
} as const satisfies Record<string, Slot>;

export type SlotName = keyof typeof slots;

export const isSlot = (name: string): name is SlotName => Object.hasOwn(slots, name);

/**
 * One round without messages: a node's own value and the values that it hears in, its next value out.
 *
 * The rules of this project have an exact form: each averages some places of the sorted quorum (all;
 * the ends; every f-th). So with inputs 0 and 1 every value after r rounds is a whole number over
 * places^r, and sums of whole numbers are exact as long as they stay below 2^53. Any other algorithm is
 * asked: a fresh participant is handed the values, and what it reports is taken, in doubles.
 *
 * What a model finds is always played on real participants before it is believed (play.ts). So where
 * an algorithm of the user's remembers earlier rounds, or cares who sent what, a model may miss a
 * schedule, but cannot invent one.
 */
import type { Algorithm } from '../../agreement/algorithm.ts';
import { algorithms } from '../../agreement/algorithms.ts';
import { quorum } from '../../agreement/resilience.ts';

export interface RoundModel {
  readonly n: number;
  readonly f: number;
  /** Messages of peers that end a round. */
  readonly peers: number;
  /** Values after r rounds are whole numbers over scale^r; null: they are doubles. */
  readonly scale: number | null;
  /** `others`: ascending. With a scale s, values over s^r in and values over s^(r+1) out. */
  next(own: number, others: readonly number[]): number;
}

/** The places of the sorted quorum that a rule averages. */
const exactForms: ReadonlyMap<string, (m: number, f: number) => number[]> = new Map([
  ['mean', (m: number) => placesUpTo(m, 1)],
  ['midpoint', (m: number) => [0, m - 1]],
  ['select', (m: number, f: number) => placesUpTo(m, Math.max(1, f))],
]);

const placesUpTo = (m: number, step: number): number[] =>
  Array.from({ length: Math.ceil(m / step) }, (_, index) => index * step);

/** Exact for a built-in rule and that many rounds, if doubles hold it. Null: nobody ever moves on. */
export function modelOf(
  algorithm: Algorithm<unknown>,
  n: number,
  f: number,
  rounds: number,
): RoundModel | null {
  const isOurs = algorithms.get(algorithm.name) === algorithm;
  const places = isOurs ? exactForms.get(algorithm.name)?.(quorum(n, f), f) : undefined;
  if (places === undefined || places.length ** rounds > Number.MAX_SAFE_INTEGER) {
    return askedModel(algorithm, n, f);
  }
  return {
    n,
    f,
    peers: quorum(n, f) - 1,
    scale: places.length,
    next(own, others) {
      const sorted = withOwn(own, others);
      return places.reduce((sum, place) => sum + (sorted[place] ?? 0), 0);
    },
  };
}

function askedModel(algorithm: Algorithm<unknown>, n: number, f: number): RoundModel | null {
  const peers = peersAwaited(algorithm, n, f);
  if (peers === null) return null;
  const known = new Map<string, number>();
  return {
    n,
    f,
    peers,
    scale: null,
    next(own, others) {
      const key = `${own} ${others.join(' ')}`;
      const value = known.get(key) ?? nextValue(algorithm, n, f, own, others) ?? own;
      known.set(key, value);
      return value;
    },
  };
}

/** How many messages of round 0 a node must be handed before it is in round 1. */
function peersAwaited(algorithm: Algorithm<unknown>, n: number, f: number): number | null {
  for (let peers = 0; peers < n; peers += 1) {
    const others = Array.from({ length: peers }, () => 0);
    if (nextValue(algorithm, n, f, 0, others) !== null) return peers;
  }
  return null;
}

/** What a fresh node 1 reports for round 1 once it has been handed these values; null: nothing. */
function nextValue(
  algorithm: Algorithm<unknown>,
  n: number,
  f: number,
  own: number,
  others: readonly number[],
): number | null {
  const asked = { lastRound: 1, outputRound: null, restsAfterOutput: true };
  const state = algorithm.initialState({ id: 1, n, f, ...asked });
  const effects = algorithm.step(state, { kind: 'start', input: own });
  others.forEach((value, index) => {
    const message = { round: 0, value };
    effects.push(...algorithm.step(state, { kind: 'receive', from: index + 2, message }));
  });
  const report = effects.find((effect) => effect.kind === 'report' && effect.round === 1);
  return report?.kind === 'report' ? report.value : null;
}

/** Ascending, the own value included. */
function withOwn(own: number, others: readonly number[]): number[] {
  const place = others.findIndex((value) => value >= own);
  return place === -1 ? [...others, own] : others.toSpliced(place, 0, own);
}

/** A set of values that a node may hear, ascending, and what it makes of them. */
export interface Choice {
  readonly others: readonly number[];
  readonly value: number;
}

/**
 * What a node can hold after a round, and one way to get there each: by all sets of its peers' values.
 * `all`: ascending, its own value included. Sets with the same values give the same, so only how
 * often each value is heard is varied. Where there are too many, only the smallest and the largest.
 */
export function choicesOf(model: RoundModel, own: number, all: readonly number[]): Choice[] {
  const rest = all.toSpliced(all.indexOf(own), 1);
  if (countOfSets(rest, model.peers) > SETS_MAX) return extremesOf(model, own, rest);
  const choices = new Map<number, Choice>();
  for (const others of multisets(rest, model.peers)) {
    const value = model.next(own, others);
    if (!choices.has(value)) choices.set(value, { others, value });
  }
  return [...choices.values()];
}

/** Where a rule never falls when a value rises, these give its smallest and its largest result. */
function extremesOf(model: RoundModel, own: number, rest: readonly number[]): Choice[] {
  const sets = [rest.slice(0, model.peers), rest.slice(rest.length - model.peers)];
  return sets.map((others) => ({ others, value: model.next(own, others) }));
}

const SETS_MAX = 2000;

/** At least as many as `multisets` gives. */
function countOfSets(rest: readonly number[], count: number): number {
  const least = Math.min(count, rest.length - count);
  let ways = 1;
  for (let index = 0; index < least; index += 1) {
    ways = (ways * (rest.length - index)) / (index + 1);
  }
  const kinds = new Map<number, number>();
  for (const value of rest) kinds.set(value, (kinds.get(value) ?? 0) + 1);
  const byKind = [...kinds.values()].reduce((product, times) => product * (times + 1), 1);
  return Math.min(ways, byKind);
}

/** All ways to take `count` of ascending values, without those that look the same. */
function multisets(values: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  if (count > values.length) return [];
  const first = values[0] ?? 0;
  const without = values.filter((value) => value !== first);
  const most = Math.min(count, values.length - without.length);
  return Array.from({ length: most + 1 }, (_, times) => times).flatMap((times) =>
    multisets(without, count - times).map((tail) => [
      ...Array.from({ length: times }, () => first),
      ...tail,
    ]),
  );
}

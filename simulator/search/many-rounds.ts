/**
 * The largest spread after several rounds: every choice of receive sets where that can be done, and
 * otherwise a beam of the most promising states.
 *
 * A crash needs no place of its own here: a copy that is never sent does the same to the others as one
 * that is delayed for ever, so whatever values crashes can lead to, receive sets lead to as well.
 */
import type { Ratio } from '../../agreement/ratio.ts';
import type { Chance } from './chance.ts';
import { reduced } from './one-round.ts';
import { choicesOf } from './round-model.ts';
import type { Choice, RoundModel } from './round-model.ts';

/** Where everybody is after some rounds, and how that came about. */
export interface State {
  /** values[i] is that of node i + 1. */
  readonly values: readonly number[];
  readonly before: State | null;
  /** heard[i]: the values that node i + 1 has heard from its peers in the round before, ascending. */
  readonly heard: readonly (readonly number[])[];
}

export interface WorstRounds {
  readonly state: State;
  /** Spread at the end over spread at the start. */
  readonly contraction: number;
  /** The same as a fraction in lowest terms, where the model is exact. */
  readonly exact: Ratio | null;
  readonly method: 'every receive set' | 'guided';
}

/** More states than this on the way, and the search becomes a guided one. */
const STATES_MAX = 20_000;
const BEAM_WIDTH = 32;
/** Random mixes tried per state of the beam, beside all splits into two camps. */
const MIXES = 6;

/**
 * `starts`: input vectors to try. Null for none. Of schedules that are equally bad one of two camps is
 * shown, if there is one: it is the easiest to read.
 */
export function worstAfter(
  model: RoundModel,
  starts: readonly (readonly number[])[],
  rounds: number,
  chance: Chance,
): WorstRounds | null {
  const first = starts.map((values): State => ({ values, before: null, heard: [] }));
  const guided = advance(first, rounds - 1, (states) => beam(model, states, chance)) ?? [];
  const every = advance(first, rounds - 1, (states) => tryAll(model, states)) ?? [];
  const [plain, any] = [guided, every].map((states) =>
    states
      .flatMap((state) => lastRound(model, state, chance))
      .map((state) => ({ state, contraction: contractionOf(model, state, rounds) }))
      .reduce(larger, null),
  );
  const worst = [any ?? null].reduce(larger, plain ?? null);
  if (worst === null) return null;
  const { state } = worst;
  const whole = spread(startOf(state)) * (model.scale ?? 1) ** rounds;
  return {
    ...worst,
    exact: model.scale === null ? null : reduced(spread(state), whole),
    method: every.length > 0 ? 'every receive set' : 'guided',
  };
}

type Measured = Pick<WorstRounds, 'state' | 'contraction'>;

/** A tie goes to the plainer one, and then to what was there first. */
function larger(best: Measured | null, next: Measured | null): Measured | null {
  if (best === null || next === null) return best ?? next;
  const gain = next.contraction - best.contraction;
  const isTie = Math.abs(gain) <= ROUNDING;
  const isBetter = isTie ? variety(next.state) < variety(best.state) : gain > 0;
  return isBetter ? next : best;
}

/** What rounding in doubles may make of two equal ones. */
const ROUNDING = 1e-12;

/** How many different values occur on the way: two camps have two in each round. */
const variety = ({ values, before }: State): number =>
  new Set(values).size + (before === null ? 0 : variety(before));

const contractionOf = ({ scale }: RoundModel, state: State, rounds: number): number =>
  spread(state) / (spread(startOf(state)) * (scale ?? 1) ** rounds);

function advance(
  first: readonly State[],
  rounds: number,
  widen: (states: readonly State[]) => State[] | null,
): State[] | null {
  let states: State[] | null = [...first];
  for (let round = 1; round <= rounds && states !== null; round += 1) states = widen(states);
  return states;
}

/** Only two nodes matter here: one goes up and all others down, for each; or two camps. */
function lastRound(model: RoundModel, state: State, chance: Chance): State[] {
  const alone = state.values.map((_, up) => (index: number) => index === up);
  return childrenOf(model, state, [...splits(state.values, chance), ...alone]);
}

/** All that can follow; null when that is too much. */
function tryAll(model: RoundModel, states: readonly State[]): State[] | null {
  const next = new Map<string, State>();
  let made = 0;
  for (const state of states) {
    const kinds = kindsOf(model, state.values);
    const ways = kinds.reduce((product, { choices }) => product * choices.length, 1);
    made += ways;
    if (made > STATES_MAX) return null;
    for (const picks of product(kinds.map(({ choices }) => choices))) {
      const child = childOf(state, picks);
      const key = child.values.toSorted((a, b) => a - b).join(' ');
      if (!next.has(key)) next.set(key, child);
    }
  }
  return [...next.values()];
}

function beam(model: RoundModel, states: readonly State[], chance: Chance): State[] {
  const next = new Map<string, State>();
  for (const state of states) {
    for (const child of childrenOf(model, state, splits(state.values, chance))) {
      const key = child.values.toSorted((a, b) => a - b).join(' ');
      if (!next.has(key)) next.set(key, child);
    }
  }
  return [...next.values()].sort(byPromise).slice(0, BEAM_WIDTH);
}

type Split = (index: number) => boolean;

/** Per split, what follows when some nodes end as high as they can and the others as low. */
function childrenOf(model: RoundModel, state: State, ups: readonly Split[]): State[] {
  const kinds = kindsOf(model, state.values).map(({ choices }) => ends(choices));
  return ups.map((isUp) => {
    const picks = kinds.map(({ low, high }, index) => (isUp(index) ? high : low));
    return childOf(state, picks);
  });
}

/** Who goes up and who goes down: by value, split anywhere, and a few at random. */
function splits(values: readonly number[], chance: Chance): Split[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const rank = new Map(order.map((index, place) => [index, place]));
  const camps = values.map((_, size) => (index: number) => (rank.get(index) ?? 0) >= size);
  const mixes = Array.from({ length: MIXES }, () => {
    const ups = values.map(() => chance.next() < 0.5);
    return (index: number) => ups[index] === true;
  });
  return [...camps, ...mixes];
}

/** Most spread first; of equal ones those whose nodes are nearest to the two ends. */
const byPromise = (a: State, b: State): number => spread(b) - spread(a) || reach(b) - reach(a);

function reach({ values }: State): number {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0);
}

export const spread = ({ values }: State): number => Math.max(...values) - Math.min(...values);

export const startOf = (state: State): State =>
  state.before === null ? state : startOf(state.before);

/** Per node, what it can make of the round. */
function kindsOf(model: RoundModel, values: readonly number[]): { choices: Choice[] }[] {
  const sorted = values.toSorted((a, b) => a - b);
  const known = new Map<number, { choices: Choice[] }>();
  return values.map((own) => {
    const kind = known.get(own) ?? { choices: choicesOf(model, own, sorted) };
    known.set(own, kind);
    return kind;
  });
}

function ends(choices: readonly Choice[]): { low: Choice; high: Choice } {
  const sorted = choices.toSorted((a, b) => a.value - b.value);
  const [low = { others: [], value: 0 }] = sorted;
  return { low, high: sorted.at(-1) ?? low };
}

const childOf = (before: State, picks: readonly Choice[]): State => ({
  values: picks.map(({ value }) => value),
  before,
  heard: picks.map(({ others }) => others),
});

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

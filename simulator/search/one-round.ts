/**
 * The worst contraction of one round, by trying everything.
 *
 * Inputs 0 and 1 are enough for a rule that averages places of the sorted quorum. For fixed receive
 * sets, and on each order of the inputs, the gap between two nodes is then linear in the inputs, and a
 * linear function on the ordered vectors in [0, 1] has its maximum at a corner; the corners are the
 * vectors of zeros and ones. An algorithm that is not linear on each order (one that squares, rounds,
 * or has a threshold) may be worse in between: for those, halves and random inputs are tried as well,
 * and what is found is a lower bound of the worst case, nothing more.
 *
 * Nodes with the same input are alike. A rule gets its values sorted, without their senders; so what a
 * node can make of a round depends on its own value and on how many of each value there are. To rename
 * nodes renames who holds what, and changes no gap. So per number of ones it is enough to look at
 * one node with each value, and, of the sets it may hear, at how many ones are in it. Two different
 * nodes choose independently; two of the same value are needed where both ends come from it.
 */
import { ratio } from '../../agreement/ratio.ts';
import type { Ratio } from '../../agreement/ratio.ts';
import type { Chance } from './chance.ts';
import { choicesOf } from './round-model.ts';
import type { Choice, RoundModel } from './round-model.ts';
import { drawInputs } from './walk.ts';

export interface WorstRound {
  /** Ascending. */
  readonly inputs: readonly number[];
  /** Who ends lowest and highest: their values before, what they hear, their values after. */
  readonly low: Choice & { readonly own: number };
  readonly high: Choice & { readonly own: number };
  /** Spread after over spread before, as a double. */
  readonly contraction: number;
  /** The same as a fraction in lowest terms, where the model is exact. */
  readonly exact: Ratio | null;
}

/** `tries`: how many other inputs to try beside all of 0 and 1, for a model that is not exact. */
export function worstRound(model: RoundModel, tries: number, chance: Chance): WorstRound | null {
  const { n } = model;
  const corners = Array.from({ length: n - 1 }, (_, index) => cornerOf(n, index + 1));
  const others = Array.from({ length: model.scale === null ? tries : 0 }, () =>
    drawInputs(n, chance).sort((a, b) => a - b),
  );
  const isSpread = (inputs: readonly number[]) => (inputs.at(-1) ?? 0) > (inputs[0] ?? 0);
  return [...corners, ...others]
    .filter(isSpread)
    .map((inputs) => worstOf(model, inputs))
    .reduce<WorstRound | null>(
      (worst, next) => (worst === null || next.contraction > worst.contraction ? next : worst),
      null,
    );
}

/** n − ones zeros, then ones. */
export const cornerOf = (n: number, ones: number): number[] =>
  Array.from({ length: n }, (_, index) => (index < n - ones ? 0 : 1));

function worstOf(model: RoundModel, inputs: readonly number[]): WorstRound {
  const kinds = [...new Set(inputs)].map((own) => {
    const choices = choicesOf(model, own, inputs).map((choice) => ({ ...choice, own }));
    choices.sort((a, b) => a.value - b.value);
    return { choices, isMany: inputs.indexOf(own) !== inputs.lastIndexOf(own) };
  });
  const pairs = kinds.flatMap((a) =>
    kinds.flatMap((b) => {
      const [low] = a.choices;
      const high = b.choices.at(-1);
      const isPair = low !== undefined && high !== undefined && (a !== b || a.isMany);
      return isPair ? [{ low, high, gap: high.value - low.value }] : [];
    }),
  );
  const [worst = NO_PAIR] = pairs.sort((a, b) => b.gap - a.gap);
  const before = (inputs.at(-1) ?? 0) - (inputs[0] ?? 0);
  const whole = before * (model.scale ?? 1);
  const exact = model.scale === null ? null : reduced(worst.gap, whole);
  const { low, high } = worst;
  return { inputs, low, high, contraction: worst.gap / whole, exact };
}

const NOBODY = { own: 0, others: [], value: 0 };
const NO_PAIR = { low: NOBODY, high: NOBODY, gap: 0 };

/** In lowest terms. */
export function reduced(numerator: number, denominator: number): Ratio {
  const divisor = commonDivisor(numerator, denominator);
  return ratio(numerator / divisor, denominator / divisor);
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

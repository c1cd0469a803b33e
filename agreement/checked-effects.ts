/** What a participant of the user's wants done, checked before anybody does it. */
import { AlgorithmError, cut, shown } from './algorithm-error.ts';
import type { Effect, Parameters } from './algorithm.ts';
import { isLegalValue } from './update-rule.ts';

/** What is known of a participant: its own state, and what it has said so far. */
export interface Guarded {
  readonly parameters: Parameters;
  readonly own: unknown;
  /** The last round that it has reported. */
  round: number | null;
  /** Of which it has sent its value; a Map, for states are plain data (algorithm.ts). */
  readonly sent: Map<number, true>;
  hasOutput: boolean;
}

/** Throws AlgorithmError, in the words of `what`, for anything that is no legal effect. */
export function checkedEffects(
  state: Guarded,
  effects: unknown,
  what: string,
  file: string,
): Effect[] {
  if (!Array.isArray(effects)) {
    throw new AlgorithmError(file, `${what} gave ${shown(effects)}`, 'a list of effects');
  }
  return effects.map((effect: unknown) => {
    const checked = asEffect(effect, state.parameters);
    if (checked === null) {
      throw new AlgorithmError(file, `${what} gave ${effectShown(effect)}`, EFFECTS);
    }
    const again = repeated(state, checked);
    if (again === null) return checked;
    throw new AlgorithmError(file, `${what} gave ${effectShown(effect)}`, again);
  });
}

/**
 * The others take no second value of a round, the master no earlier report and no second output. Notes
 * the effect. Returns what was expected of it, or null.
 */
function repeated(state: Guarded, effect: Effect): string | null {
  switch (effect.kind) {
    case 'report': {
      const { round } = state;
      if (round !== null && effect.round <= round) return `reports of rounds after ${round}`;
      state.round = effect.round;
      return null;
    }
    case 'multicast': {
      const { round } = effect.message;
      if (state.sent.has(round)) return `one multicast of round ${round}`;
      state.sent.set(round, true);
      return null;
    }
    case 'output': {
      if (state.hasOutput) return 'one output';
      state.hasOutput = true;
      return null;
    }
  }
}

const EFFECTS =
  '{ kind: "report", round, value, used }, { kind: "multicast", message: { round, value } } ' +
  'or { kind: "output", round, value }, with rounds from 0 to lastRound and finite values';

/** A copy, so that what is performed later is what was checked. −0 becomes 0, as everywhere. */
function asEffect(effect: unknown, { n, lastRound }: Parameters): Effect | null {
  const { kind, message, ...fields } = partsOf(effect);
  const { round, value } = kind === 'multicast' ? partsOf(message) : fields;
  if (!isWhole(round, 0, lastRound)) return null;
  if (typeof value !== 'number' || !isLegalValue(value)) return null;
  switch (kind) {
    case 'report': {
      const { used = [] } = fields;
      const isList = Array.isArray(used) && used.every((id: unknown) => isWhole(id, 1, n));
      return isList ? { kind, round, value: value + 0, used: [...used] } : null;
    }
    case 'multicast':
      return { kind, message: { round, value: value + 0 } };
    case 'output':
      return { kind, round, value: value + 0 };
    default:
      return null;
  }
}

const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** The fields of an effect, which is flat apart from its message. */
function effectShown(effect: unknown): string {
  const fields = Object.entries(partsOf(effect)).map(([name, value]) => {
    const inner = name === 'message' ? effectShown(value) : shown(value);
    return `${name}: ${inner}`;
  });
  return fields.length === 0 ? shown(effect) : cut(`{ ${fields.join(', ')} }`);
}

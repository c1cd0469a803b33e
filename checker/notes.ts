/** What an oracle writes down while it looks at a run, and the finding that is made of it. */
import type { OracleResult, OracleState, Witness } from '../record/result.ts';

export interface Notes {
  /** How many things were looked at. */
  checked: number;
  broken: number;
  readonly witnesses: Witness[];
  readonly unchecked: string[];
  /** Something of a correct node, or of the master, could not be checked. */
  isIncomplete: boolean;
}

/** One broken process may contradict thousands of lines; these are enough to see what is wrong. */
export const WITNESSES_MAX = 20;

export const openNotes = (): Notes => ({
  checked: 0,
  broken: 0,
  witnesses: [],
  unchecked: [],
  isIncomplete: false,
});

export type Place = Partial<Omit<Witness, 'sentence'>>;

export const witnessOf = (sentence: string, place: Place = {}): Witness => ({
  sentence,
  node: null,
  round: null,
  from: null,
  at: null,
  ...place,
});

export function breach(notes: Notes, sentence: string, place: Place = {}): void {
  notes.broken += 1;
  if (notes.witnesses.length < WITNESSES_MAX) notes.witnesses.push(witnessOf(sentence, place));
}

/** `isExcused`: it is only about nodes that died, whose word nobody needs. */
export function leaveOut(notes: Notes, why: string, isExcused = false): void {
  notes.unchecked.push(why);
  if (!isExcused) notes.isIncomplete = true;
}

export interface Oracle {
  readonly id: string;
  readonly name: string;
}

/** `sentence`: what was looked at and found to hold, with the numbers. */
export function conclude(
  { id, name }: Oracle,
  notes: Notes,
  sentence: string,
  numbers: Readonly<Record<string, number>> = {},
): OracleResult {
  const { witnesses, broken, unchecked } = notes;
  const state = stateOf(notes);
  const isEmpty = notes.checked === 0;
  const held = isEmpty ? (unchecked[0] ?? 'there is nothing to check') : sentence;
  const said =
    broken > 0
      ? `broken ${broken === 1 ? 'once' : `${broken} times`}, ${notes.checked} checked`
      : held;
  const all = { checked: notes.checked, ...numbers };
  return { id, name, state, sentence: said, numbers: all, witnesses, broken, unchecked };
}

function stateOf({ checked, broken, unchecked, isIncomplete }: Notes): OracleState {
  if (broken > 0) return 'violated';
  if (isIncomplete) return 'unverifiable';
  if (checked > 0) return 'proved';
  return unchecked.length > 0 ? 'unverifiable' : 'not applicable';
}

export const notApplicable = ({ id, name }: Oracle, why: string): OracleResult => ({
  id,
  name,
  state: 'not applicable',
  sentence: why,
  numbers: {},
  witnesses: [],
  broken: 0,
  unchecked: [],
});

/** Nothing can be said without this. */
export const unverifiable = (oracle: Oracle, why: string): OracleResult => ({
  ...notApplicable(oracle, why),
  state: 'unverifiable',
  unchecked: [why],
});

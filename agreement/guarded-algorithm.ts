/**
 * The fence around an algorithm that we have not written: what goes wrong in it is named, with the
 * file, the node and the event, and what it wants done is checked before anybody does it.
 */
import type { Algorithm, Effect, Event, Parameters } from './algorithm.ts';
import type { ParticipantState } from './participant.ts';
import { isLegalValue } from './update-rule.ts';

/** The user's code has failed: it threw, or returned what nobody can use. Exit code 254. */
export class AlgorithmError extends Error {
  override readonly name = 'AlgorithmError';
  /** As the user named it. */
  readonly file: string;
  readonly what: string;
  readonly expected: string;
  /** What to do. */
  readonly remedy: string;

  constructor(file: string, what: string, expected: string, remedy = 'correct the file') {
    super(`${file}: ${what}; expected ${expected}`);
    this.file = file;
    this.what = what;
    this.expected = expected;
    this.remedy = remedy;
  }
}

/** How to call into a user's file. */
export interface UserCode {
  /** As the user named it, for messages. */
  readonly file: string;
  /** Runs `act`; what it throws becomes an AlgorithmError that says `what` threw, and where. */
  call<T>(what: string, act: () => T): T;
}

/** `lineOf`: where in the user's file something was thrown, "my-rule.ts:3"; null: unknown. */
export const userCode = (file: string, lineOf: (thrown: unknown) => string | null): UserCode => ({
  file,
  call(what, act) {
    try {
      return act();
    } catch (thrown) {
      if (thrown instanceof AlgorithmError) throw thrown;
      const line = lineOf(thrown);
      const at = line === null ? '' : ` (${line})`;
      const said = thrownShown(thrown);
      throw new AlgorithmError(file, `${what} threw ${said}${at}`, 'that it never throws');
    }
  },
});

/** A participant around a user's rule: the participant is ours, so only the rule's errors are placed. */
export function placed(
  algorithm: Algorithm<ParticipantState>,
  code: UserCode,
): Algorithm<ParticipantState> {
  return {
    ...algorithm,
    step(state, event) {
      // One event may end several rounds: where it failed is known only then.
      const where = (): string => `node ${state.parameters.id}, round ${state.history.length - 1}`;
      return at(code, where, () => algorithm.step(state, event));
    },
  };
}

interface Guarded {
  readonly parameters: Parameters;
  readonly own: unknown;
  /** The last round that it has reported: for messages. */
  round: number | null;
}

/** A whole participant of the user's, with every mistake named. Its state is in `own` of the state. */
export function guarded(algorithm: Algorithm<unknown>, code: UserCode): Algorithm<unknown> {
  const { name, resilience } = algorithm;
  return {
    name,
    resilience,
    contraction: (n, f) => algorithm.contraction(n, f),
    initialState(parameters): Guarded {
      const where = (): string => `node ${parameters.id}`;
      const own = at(code, where, () =>
        code.call('initialState', () => algorithm.initialState(parameters)),
      );
      return { parameters, own, round: null };
    },
    step(state, event) {
      const here = state as Guarded;
      const round = here.round === null ? '' : `, round ${here.round}`;
      const where = (): string => `node ${here.parameters.id}${round}`;
      return at(code, where, () => {
        const what = `step at ${eventInWords(event)}`;
        const effects = code.call(what, () => algorithm.step(here.own, event));
        return checkedEffects(here, effects, what, code.file);
      });
    },
  };
}

/** Says where, in front of what went wrong. */
function at<T>({ file }: UserCode, where: () => string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof AlgorithmError)) throw error;
    throw new AlgorithmError(file, `${where()}: ${error.what}`, error.expected);
  }
}

function checkedEffects(state: Guarded, effects: unknown, what: string, file: string): Effect[] {
  if (!Array.isArray(effects)) {
    throw new AlgorithmError(file, `${what} gave ${shown(effects)}`, 'a list of effects');
  }
  return effects.map((effect: unknown) => {
    const checked = asEffect(effect, state.parameters);
    if (checked === null) {
      throw new AlgorithmError(file, `${what} gave ${effectShown(effect)}`, EFFECTS);
    }
    if (checked.kind === 'report') state.round = checked.round;
    return checked;
  });
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

function eventInWords(event: Event): string {
  switch (event.kind) {
    case 'start':
      return `the start with input ${event.input}`;
    case 'receive':
      return `the value ${event.message.value} of round ${event.message.round} from node ${event.from}`;
    case 'stop':
      return `the order to output round ${event.round}`;
  }
}

const SHOWN_LENGTH_MAX = 200;

/** A value of the user's, short and safe to print. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return `a list of ${value.length}`;
    return 'then' in value ? 'a promise (nothing here may be asynchronous)' : 'an object';
  }
  if (typeof value === 'string') return `the text ${cut(JSON.stringify(value))}`;
  return typeof value === 'function' ? 'a function' : cut(String(value));
}

function thrownShown(thrown: unknown): string {
  const { name, message } = Object(thrown) as Readonly<Record<string, unknown>>;
  if (typeof message !== 'string') return shown(thrown);
  return cut(`${typeof name === 'string' ? name : 'Error'}: ${message}`);
}

/** The fields of an effect, which is flat apart from its message. */
function effectShown(effect: unknown): string {
  const fields = Object.entries(partsOf(effect)).map(([name, value]) => {
    const inner = name === 'message' ? effectShown(value) : shown(value);
    return `${name}: ${inner}`;
  });
  return fields.length === 0 ? shown(effect) : cut(`{ ${fields.join(', ')} }`);
}

const cut = (text: string): string =>
  text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;

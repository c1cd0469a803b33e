/**
 * The fence around an algorithm that we have not written: what goes wrong in it is named, with the
 * file, the node and the event, and what it wants done is checked before anybody does it.
 */
import { AlgorithmError } from './algorithm-error.ts';
import type { UserCode } from './algorithm-error.ts';
import type { Algorithm, Event } from './algorithm.ts';
import { checkedEffects } from './checked-effects.ts';
import type { Guarded } from './checked-effects.ts';
import type { ParticipantState } from './participant.ts';

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
      return { parameters, own, round: null, sent: new Map(), hasOutput: false };
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

/**
 * The round-based participant for crash faults, around any update rule.
 *
 * Fault model: asynchronous, at most f crashes (also in mid-multicast), reliable FIFO channels.
 * Round r: report the value to the master, multicast it, wait for the first n − f round-r values
 * (own included), update, go to round r + 1. Future rounds wait in the inbox; past rounds are
 * ignored: all their messages are out already, so nobody needs an answer. Whether and when to
 * output is the master's word (or a fixed round); the participant keeps its history, because the
 * word may name a round that it left long ago. After its output it goes on to no further round.
 *
 * Guarantees with n > 2f: every value lies in the hull of the inputs, and the spread of a round is
 * at most the rule's contraction times the spread of the round before (docs/theory.md).
 */
import type { Algorithm, Effect, Event, NodeId, Parameters, Round } from './algorithm.ts';
import { keep, keepFirst, takeQuorum } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import { invariant } from './invariant.ts';
import { asynchronousCrash, quorum } from './resilience.ts';
import { applyRule, isLegalValue } from './update-rule.ts';
import type { UpdateRule } from './update-rule.ts';

export interface ParticipantState {
  readonly parameters: Parameters;
  /** history[r] is the value after r updates; the current round is the last index. */
  readonly history: number[];
  readonly inbox: Inbox;
  /** The round the master named before this node had reached it, else null. */
  stopRound: Round | null;
  output: number | null;
}

export function roundBased(rule: UpdateRule): Algorithm<ParticipantState> {
  return {
    name: rule.name,
    resilience: rule.resilience ?? asynchronousCrash,
    contraction: (n, f) => rule.contraction(n, f),
    initialState: (parameters) => ({
      parameters,
      history: [],
      inbox: new Map(),
      stopRound: parameters.outputRound,
      output: null,
    }),
    step: (state, event) => step(rule, state, event),
    rule,
  };
}

function step(rule: UpdateRule, state: ParticipantState, event: Event): Effect[] {
  switch (event.kind) {
    case 'start':
      return start(rule, state, event.input);
    case 'receive':
      receive(state, event.from, event.message.round, event.message.value);
      return advance(rule, state);
    case 'stop':
      state.stopRound ??= event.round;
      return maybeOutput(state);
  }
}

/** Adding 0 turns an input of −0 into 0, as in `applyRule`. */
function start(rule: UpdateRule, state: ParticipantState, input: number): Effect[] {
  const { id } = state.parameters;
  invariant(state.history.length === 0, `node ${id} started twice`);
  invariant(isLegalValue(input), `node ${id}: input ${input}`);
  return [...enterRound(state, input + 0, []), ...advance(rule, state)];
}

/** Keeps a message that can still matter. The wire refuses illegal ones; see docs/wire.md. */
function receive(state: ParticipantState, from: NodeId, round: Round, value: number): void {
  const { id, n, lastRound } = state.parameters;
  invariant(from >= 1 && from <= n && from !== id, () => `node ${id}: message from node ${from}`);
  invariant(isLegalValue(value), () => `node ${id}: message with value ${value}`);
  const isPast = round < state.history.length - 1;
  if (!isPast && round <= lastRound && !isAtRest(state)) keep(state.inbox, round, from, value);
}

/** Ends as many rounds as the inbox allows: one message may complete several. */
function advance(rule: UpdateRule, state: ParticipantState): Effect[] {
  const { n, f, lastRound } = state.parameters;
  const effects: Effect[] = [];
  while (state.history.length > 0 && state.history.length <= lastRound && !isAtRest(state)) {
    const taken = takeQuorum(state.inbox, state.history.length - 1, quorum(n, f));
    if (taken === null) break;
    effects.push(...enterRound(state, applyRule(rule, taken.values, f), taken.senders));
  }
  return effects;
}

/** Nobody waits for a message that this node has not sent yet. */
const isAtRest = ({ parameters, output }: ParticipantState): boolean =>
  parameters.restsAfterOutput && output !== null;

function enterRound(state: ParticipantState, value: number, used: readonly NodeId[]): Effect[] {
  const { id, n, f, lastRound } = state.parameters;
  const round = state.history.length;
  invariant(round <= lastRound, () => `node ${id} entered round ${round} past ${lastRound}`);
  invariant(
    round === 0 || used.length === quorum(n, f),
    () => `node ${id} used ${used.length} values`,
  );
  state.history.push(value);
  // The own value is part of every quorum, however many peers were faster.
  keepFirst(state.inbox, round, id, value);
  return [
    { kind: 'report', round, value, used },
    { kind: 'multicast', message: { round, value } },
    ...maybeOutput(state),
  ];
}

function maybeOutput(state: ParticipantState): Effect[] {
  const round = state.stopRound;
  if (round === null || state.output !== null) return [];
  const value = state.history[round];
  if (value === undefined) return [];
  state.output = value;
  return [{ kind: 'output', round, value }];
}

/**
 * The participant against a slow plain model: whatever the events and their order, it has done exactly
 * what the model says, which looks at the whole past at once.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Effect, Event, NodeId, Parameters, Round } from '../../../agreement/algorithm.ts';
import { updateRules } from '../../../agreement/algorithms.ts';
import { roundBased } from '../../../agreement/participant.ts';
import { applyRule } from '../../../agreement/update-rule.ts';
import type { UpdateRule } from '../../../agreement/update-rule.ts';

interface Setting {
  readonly rule: UpdateRule;
  readonly n: number;
  readonly f: number;
  readonly lastRound: Round;
  readonly outputRound: Round | null;
  readonly restsAfterOutput: boolean;
}

const parametersOf = ({ n, f, lastRound, outputRound, restsAfterOutput }: Setting): Parameters => ({
  ...{ id: 1, n, f },
  ...{ lastRound, outputRound, restsAfterOutput },
});

type Receive = Extract<Event, { kind: 'receive' }>;

const isStop = (event: Event): event is Extract<Event, { kind: 'stop' }> => event.kind === 'stop';
const isReceive = (event: Event): event is Receive => event.kind === 'receive';

/** The quorum of a round: the own value, then the first message of the n − f − 1 first senders. */
function quorumOf(past: Event[], round: Round, own: number, need: number) {
  const firsts = past
    .filter(isReceive)
    .filter((event) => event.message.round === round)
    .filter((event, index, all) => all.findIndex((other) => other.from === event.from) === index);
  if (firsts.length < need - 1) return null;
  const peers = firsts.slice(0, need - 1);
  return {
    used: [1, ...peers.map((event) => event.from)],
    values: [own, ...peers.map((event) => event.message.value)],
  };
}

/** How many rounds a node enters that rests: up to that of its output, or where its word found it. */
function lastEntered(setting: Setting, past: Event[]): number {
  if (setting.outputRound !== null) return setting.outputRound + 1;
  const index = past.findIndex(isStop);
  if (index < 0) return Infinity;
  const before = model({ ...setting, restsAfterOutput: false }, past.slice(0, index));
  return Math.max(past.filter(isStop)[0]!.round + 1, before.reports.length);
}

/** All effects that node 1 must have had after these events, kind by kind. */
function model(setting: Setting, past: Event[]): { reports: Effect[]; outputs: Effect[] } {
  const start = past.find((event) => event.kind === 'start');
  if (start === undefined) return { reports: [], outputs: [] };
  const history = [start.input + 0];
  const usedIn: NodeId[][] = [[]];
  for (let round = 0; round < setting.lastRound; round += 1) {
    const quorum = quorumOf(past, round, history[round]!, setting.n - setting.f);
    if (quorum === null) break;
    history.push(applyRule(setting.rule, quorum.values, setting.f));
    usedIn.push(quorum.used);
  }
  const wanted = setting.outputRound ?? past.find(isStop)?.round;
  const entered = history.slice(
    0,
    setting.restsAfterOutput ? lastEntered(setting, past) : Infinity,
  );
  const reports = entered.map((value, round): Effect => ({
    kind: 'report',
    round,
    value,
    used: usedIn[round]!,
  }));
  const value = wanted === undefined ? undefined : history[wanted];
  const outputs: Effect[] =
    wanted === undefined || value === undefined ? [] : [{ kind: 'output', round: wanted, value }];
  return { reports, outputs };
}

const setting: fc.Arbitrary<Setting> = fc
  .constantFrom<[number, number]>([1, 0], [2, 0], [3, 1], [4, 1], [5, 2])
  .chain(([n, f]) =>
    fc.record({
      rule: fc.constantFrom(...updateRules),
      n: fc.constant(n),
      f: fc.constant(f),
      lastRound: fc.nat(4),
      outputRound: fc.option(fc.nat(4), { freq: 3 }),
      restsAfterOutput: fc.boolean(),
    }),
  );

function events(n: number): fc.Arbitrary<Event[]> {
  const value = fc.double({ min: -10, max: 10, noNaN: true });
  // Mostly the first rounds, so that many of them get their quorum.
  const earlyRound = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]) => Math.min(a, b));
  const stop = fc.record({ kind: fc.constant('stop' as const), round: earlyRound });
  const receive = fc.record({
    kind: fc.constant('receive' as const),
    from: fc.integer({ min: 2, max: Math.max(n, 2) }),
    message: fc.record({ round: earlyRound, value }),
  });
  const others =
    n === 1
      ? fc.array<Event>(stop)
      : fc.array<Event>(fc.oneof({ weight: 9, arbitrary: receive }, stop), {
          minLength: 10,
          maxLength: 40,
        });
  const start = fc.record({ kind: fc.constant('start' as const), input: value, at: fc.nat(8) });
  return fc
    .tuple(others, start)
    .map(([rest, { at, ...first }]) => [...rest.slice(0, at), first, ...rest.slice(at)]);
}

/** How often each situation worth testing came up. */
const seen = {
  futureWaited: 0,
  severalRoundsAtOnce: 0,
  late: 0,
  duplicate: 0,
  outputOfPast: 0,
  rested: 0,
};

function look(past: Event[], event: Event, before: number, effects: Effect[]): void {
  const rounds = effects.filter((effect) => effect.kind === 'report').length;
  if (rounds > 1 && before > 0) seen.severalRoundsAtOnce += 1;
  const output = effects.find((effect) => effect.kind === 'output');
  if (isStop(event) && output !== undefined && output.round < before - 1) seen.outputOfPast += 1;
  if (!isReceive(event)) return;
  const { from, message } = event;
  if (message.round > before - 1) seen.futureWaited += 1;
  if (message.round < before - 1) seen.late += 1;
  const isSame = (other: Event): boolean =>
    isReceive(other) && other.from === from && other.message.round === message.round;
  if (past.some(isSame)) seen.duplicate += 1;
}

describe('the participant and the slow model', () => {
  test('do the same, and all interesting situations come up', () => {
    const scenario = setting.chain((chosen) =>
      fc.record({ chosen: fc.constant(chosen), script: events(chosen.n) }),
    );
    fc.assert(
      fc.property(scenario, ({ chosen, script }) => {
        const participant = roundBased(chosen.rule);
        const state = participant.initialState(parametersOf(chosen));
        const done: Effect[] = [];
        script.forEach((event, index) => {
          const before = state.history.length;
          const effects = participant.step(state, event);
          look(script.slice(0, index), event, before, effects);
          done.push(...effects);
        });
        const expected = model(chosen, script);
        const tireless = model({ ...chosen, restsAfterOutput: false }, script);
        if (tireless.reports.length > expected.reports.length) seen.rested += 1;
        expect(done.filter(({ kind }) => kind === 'report')).toEqual(expected.reports);
        expect(done.filter(({ kind }) => kind === 'output')).toEqual(expected.outputs);
      }),
      { numRuns: 500 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
  });

  test('every report is followed at once by the multicast of the same value', () => {
    const scenario = setting.chain((chosen) => fc.tuple(fc.constant(chosen), events(chosen.n)));
    fc.assert(
      fc.property(scenario, ([chosen, script]) => {
        const participant = roundBased(chosen.rule);
        const state = participant.initialState(parametersOf(chosen));
        const done = script.flatMap((event) => participant.step(state, event));
        const sends = done.filter(({ kind }) => kind !== 'output');
        expect(sends.length).toBeGreaterThan(0);
        for (let i = 0; i < sends.length; i += 2) {
          const report = sends[i] as Extract<Effect, { kind: 'report' }>;
          const message = { round: report.round, value: report.value };
          expect(sends[i + 1]).toEqual({ kind: 'multicast', message });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('replaying the same events from a clone of the state gives the same effects', () => {
    const scenario = setting.chain((chosen) => fc.tuple(fc.constant(chosen), events(chosen.n)));
    fc.assert(
      fc.property(scenario, ([chosen, script]) => {
        const participant = roundBased(chosen.rule);
        const original = participant.initialState(parametersOf(chosen));
        const half = Math.floor(script.length / 2);
        script.slice(0, half).forEach((event) => participant.step(original, event));
        const clone = structuredClone(original);
        const rest = script.slice(half);
        const play = (state: typeof original) =>
          rest.flatMap((event) => participant.step(state, event));
        expect(play(clone)).toEqual(play(original));
      }),
      { numRuns: 200 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import type { MasterEvent, NodeEvent } from '../../../record/events.ts';
import { pageConfig } from '../../../report/page-config.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { crashing, judged } from './judged.ts';

/** Two nodes, f = 0, one round: small enough to count by hand. Times in microseconds. */
function byHand(): RecordedRun {
  const inputs = [0, 1];
  const nodes = inputs.map((input, i) => ({ id: i + 1, input, host: 'h', port: 0 }));
  const run = playRun(
    smallConfig({
      nodes,
      f: 0,
      faults: {
        ...smallConfig().faults,
        candidates: [],
        delay: { kind: 'constant', delayMs: 0.5 },
      },
    }),
  );
  const life = (id: number, input: number, wait: number): NodeEvent[] => [
    { kind: 'start', t: 50_000, input },
    { kind: 'report', t: 50_000, round: 0, value: input, used: [] },
    { kind: 'multicast', t: 50_000, round: 0, value: input, to: 'all' },
    {
      kind: 'receive',
      t: 51_000 + wait,
      from: 3 - id,
      round: 0,
      value: 1 - input,
      arrived: 50_500,
      delay: 500,
    },
    { kind: 'report', t: 52_000, round: 1, value: 0.5, used: [id, 3 - id] },
    { kind: 'multicast', t: 52_000, round: 1, value: 0.5, to: 'all' },
    { kind: 'stop', t: 60_000, round: 1 },
    { kind: 'output', t: 60_000, round: 1, value: 0.5 },
    { kind: 'pending', t: 70_000, from: 3 - id, round: 1, value: 0.5, arrived: 69_900, delay: 500 },
    { kind: 'finish', t: 70_000, outcome: 'complete' },
  ];
  run.nodes.set(1, life(1, 0, 0));
  run.nodes.set(2, life(2, 1, 1_000));
  const report = (t: number, from: number, round: number, value: number): MasterEvent => ({
    kind: 'report',
    t,
    from,
    round,
    value,
  });
  run.master = [
    { kind: 'registered', t: 10_000, node: 1, host: 'h', port: 1 },
    { kind: 'registered', t: 20_000, node: 2, host: 'h', port: 2 },
    { kind: 'ready', t: 30_000, node: 2 },
    { kind: 'ready', t: 40_000, node: 1 },
    { kind: 'start', t: 50_000 },
    report(51_000, 1, 0, 0),
    report(51_000, 2, 0, 1),
    report(53_000, 1, 1, 0.5),
    report(54_000, 2, 1, 0.5),
    { kind: 'decide', t: 54_250, round: 1 },
    { kind: 'output', t: 61_000, from: 1, round: 1, value: 0.5 },
    { kind: 'output', t: 65_000, from: 2, round: 1, value: 0.5 },
    { kind: 'finish', t: 66_000, outcome: 'complete', reason: 'all' },
    {
      kind: 'statistics',
      t: 80_000,
      cpuUserUs: 3_000,
      cpuSystemUs: 1_500,
      rssBytesMax: 4e7,
      sent: { output: { messages: 2, bytes: 20 } },
      received: {},
    },
  ];
  return run;
}

describe('a run counted by hand', () => {
  const result = judged(byHand());
  const { statistics, rounds } = result;

  test('passes', () => {
    expect(result.reasons).toEqual([]);
  });

  test('rounds and spread', () => {
    expect(rounds).toEqual({ deciding: 1, largest: 1, worstCase: 1, limit: 2 });
    expect(statistics.rounds).toEqual([
      { round: 0, known: 2, low: 0, high: 1, spread: 1, contraction: null },
      { round: 1, known: 2, low: 0.5, high: 0.5, spread: 0, contraction: 0 },
    ]);
    expect(statistics.contraction).toEqual({ proven: 0, mean: null, worst: 0 });
  });

  test('messages: sent, delivered, in no quorum, still waiting', () => {
    expect(statistics.messages).toMatchObject({
      sent: 4,
      delivered: 2,
      late: 0,
      unused: 2,
      pending: 2,
      refused: 0,
      inboxDeepest: { messages: 1 },
      traffic: { output: { messages: 2, bytes: 20 } },
    });
  });

  test('time, from the run’s origin, and the master’s lag', () => {
    expect(statistics.timing).toEqual({
      registeredMs: 20,
      readyMs: 40,
      startMs: 50,
      decideMs: 54.25,
      lastOutputMs: 65,
      finishMs: 66,
      decisionLagMs: 0.25,
    });
  });

  test('delays, asked and actual: 0.5 and 1.5 ms for 0.5 ms asked', () => {
    expect(statistics.delays).toEqual({
      messages: 2,
      askedMedianMs: 0.5,
      actualMedianMs: 1,
      errorMedianMs: 0.5,
      errorWorstMs: 1,
    });
  });

  test('cost of the processes that told it', () => {
    expect(statistics.processes).toMatchObject([{ id: 0, cpuMs: 4.5, rssBytesMax: 4e7 }]);
  });
});

test('a message of a past round is late and unused', () => {
  const run = playRun(smallConfig());
  const { messages } = judged(run).statistics;
  const received = [...run.nodes.values()].flat().filter(({ kind }) => kind === 'receive');
  expect(messages.delivered).toBe(received.length);
  expect(messages.late).toBeGreaterThan(0);
  expect(messages.late).toBeLessThan(messages.delivered);
  expect(messages.unused).toBeGreaterThanOrEqual(messages.late);
});

test.each([
  { f: 2, proven: 0.5 },
  { f: 3, proven: null },
])('midpoint with n = 5 and f = $f: what is proven of the contraction is $proven', (asked) => {
  const config = smallConfig({ algorithm: 'midpoint', f: asked.f, unsound: true });
  const result = judged(playRun(config));
  expect(result.statistics.contraction.proven).toBe(asked.proven);
  expect(pageConfig(config, result)?.contraction).toBe(asked.proven);
  expect(pageConfig(config, null)?.contraction).toBe(asked.proven);
});

test('values of the dead count in the spread of their rounds', () => {
  const run = playRun(crashing({ node: 5, round: 0, extent: { after: 2 } }));
  expect(judged(run).statistics.rounds[0]).toMatchObject({ known: 5, low: 0.1, high: 0.9 });
});

test('what did not happen has no time', () => {
  const run = playRun(smallConfig());
  run.master = run.master.slice(0, 3);
  expect(judged(run).statistics.timing).toEqual({
    registeredMs: null,
    readyMs: null,
    startMs: null,
    decideMs: null,
    lastOutputMs: null,
    finishMs: null,
    decisionLagMs: null,
  });
});

test('a counter whose name is part of every object counts like any other', () => {
  const run = playRun(smallConfig());
  const odd = JSON.parse('{"__proto__": {"messages": 3, "bytes": 30}}') as Record<string, never>;
  const last = run.master.at(-1)! as Extract<MasterEvent, { kind: 'statistics' }>;
  run.master[run.master.length - 1] = { ...last, sent: odd };
  expect(judged(run).verdict).toBe('pass');
  expect(({} as { messages?: number }).messages).toBeUndefined();
});

import { describe, expect, test } from '@jest/globals';
import type { Algorithm } from '../../../agreement/algorithm.ts';
import { algorithms } from '../../../agreement/algorithms.ts';
import { AlgorithmError } from '../../../agreement/algorithm-error.ts';
import type { FaultPlan, PlannedCrash } from '../../../faults/fault-plan.ts';
import { planFaults } from '../../../faults/plan.ts';
import {
  arriveAt,
  closeDriver,
  createDriver,
  startDriver,
  stopDriver,
} from '../../../node-process/driver.ts';
import type { Driver, World } from '../../../node-process/driver.ts';
import { noFaults, smallConfig } from '../../fixtures/recorded-run.ts';

const noDelay = { kind: 'constant', delayMs: 0 } as const;
const config = smallConfig({ faults: { ...noFaults, delay: noDelay } });

/** Everything that the driver does, in order, in one word each. */
function keepJournal(): { world: World; journal: string[] } {
  const journal: string[] = [];
  const world: World = {
    nowUs: () => 0,
    record: (event) => journal.push(`record ${event.kind}`),
    report: (round) => journal.push(`report ${round}`),
    multicast: (round, _value, to) => journal.push(`multicast ${round} to ${to.join()}`),
    output: (round) => journal.push(`output ${round}`),
    die: (reached) => journal.push(`die after ${reached.join()}`),
    giveUp: (error) => journal.push(`give up: ${error.message}`),
  };
  return { world, journal };
}

function planOf(crashes: readonly PlannedCrash[]): FaultPlan {
  const { f, lastRound, seed, faults, nodes } = config;
  return { ...planFaults({ n: nodes.length, f, lastRound, seed, faults }), crashes };
}

interface Set {
  readonly driver: Driver;
  /** What has happened since the last look. */
  look(): string[];
}

function setUp(
  crashes: readonly PlannedCrash[] = [],
  algorithm: Algorithm<unknown> = algorithms.get('mean') as Algorithm<unknown>,
): Set {
  const { world, journal } = keepJournal();
  const driver = createDriver(2, config, algorithm, planOf(crashes), world);
  return { driver, look: () => journal.splice(0) };
}

const crash = (round: number, reached: readonly number[]): PlannedCrash => ({
  node: 2,
  origin: 'scripted',
  round,
  reached,
});

describe('a step', () => {
  test('is in the record before anything is sent', () => {
    const { driver, look } = setUp();
    startDriver(driver);
    expect(look()).toEqual([
      'record start',
      'record report',
      'record multicast',
      'report 0',
      'multicast 0 to 3,4,5,1',
    ]);
  });

  test('that has no effects sends nothing', () => {
    const { driver, look } = setUp();
    startDriver(driver);
    look();
    arriveAt(driver, 3, 0, 0.4);
    expect(look()).toEqual(['record receive']);
    arriveAt(driver, 1, 0, 0.1);
    expect(look()).toEqual([
      ...['record receive', 'record report', 'record multicast'],
      ...['report 1', 'multicast 1 to 3,4,5,1'],
    ]);
  });
});

describe('a planned crash', () => {
  test('cuts the multicast where the plan says, and nothing happens after it', () => {
    const { driver, look } = setUp([crash(1, [3, 4])]);
    startDriver(driver);
    look();
    for (const from of [3, 4]) arriveAt(driver, from, 0, 0.4);
    expect(look()).toEqual([
      ...['record receive', 'record receive', 'record report', 'record multicast'],
      ...['record crash', 'report 1', 'multicast 1 to 3,4', 'die after 3,4'],
    ]);
    for (const from of [3, 4]) arriveAt(driver, from, 1, 0.4);
    stopDriver(driver, 0);
    closeDriver(driver);
    expect(look()).toEqual([]);
  });

  test('takes the output with it that would have followed in the same step', () => {
    const { driver, look } = setUp([crash(1, [])]);
    startDriver(driver);
    stopDriver(driver, 1);
    look();
    for (const from of [3, 4]) arriveAt(driver, from, 0, 0.4);
    expect(look().filter((word) => word.includes('output'))).toEqual([]);
    const spared = setUp();
    startDriver(spared.driver);
    stopDriver(spared.driver, 1);
    for (const from of [3, 4]) arriveAt(spared.driver, from, 0, 0.4);
    expect(spared.look()).toContain('output 1');
  });

  test('of another node is none of its business', () => {
    const { driver, look } = setUp([{ ...crash(0, []), node: 3 }]);
    startDriver(driver);
    expect(look()).toContain('multicast 0 to 3,4,5,1');
  });
});

test('at the end of the run what still waits is recorded as pending', () => {
  const slow = { ...config.faults, delay: { kind: 'constant', delayMs: 60_000 } as const };
  const { world, journal } = keepJournal();
  const algorithm = algorithms.get('mean') as Algorithm<unknown>;
  const driver = createDriver(2, { ...config, faults: slow }, algorithm, planOf([]), world);
  startDriver(driver);
  for (const from of [3, 4, 5]) arriveAt(driver, from, 0, 0.4);
  journal.length = 0;
  closeDriver(driver);
  closeDriver(driver);
  expect(journal).toEqual(['record pending', 'record pending', 'record pending']);
});

describe("a user's algorithm that throws", () => {
  const broken = (error: Error): Algorithm<unknown> => ({
    ...(algorithms.get('mean') as Algorithm<unknown>),
    step() {
      throw error;
    },
  });

  test('is given up once, and the node says no more', () => {
    const { driver, look } = setUp(
      [],
      broken(new AlgorithmError('rule.ts', 'it threw', 'a value')),
    );
    startDriver(driver);
    arriveAt(driver, 3, 0, 0.4);
    stopDriver(driver, 0);
    expect(look()).toEqual(['record start', 'give up: rule.ts: it threw; expected a value']);
  });

  test('a bug of our own is not mistaken for it', () => {
    const { driver } = setUp([], broken(new TypeError('ours')));
    expect(() => {
      startDriver(driver);
    }).toThrow('ours');
  });
});

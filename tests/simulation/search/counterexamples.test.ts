/** What is wrong is found and shrunk to the smallest; what is right withstands the same attacks. */
import { describe, expect, test } from '@jest/globals';
import { chanceOf } from '../../../simulator/search/chance.ts';
import { explore } from '../../../simulator/search/explore.ts';
import { everyCrash } from '../../../simulator/search/few-nodes.ts';
import { hunt } from '../../../simulator/search/hunt.ts';
import type { Hunt } from '../../../simulator/search/hunt.ts';
import { frozen, naive } from '../../../simulator/search/master-rules.ts';
import type { MasterRule } from '../../../simulator/search/master-rules.ts';
import { play } from '../../../simulator/search/play.ts';
import { drawCrashes, drawInputs, walk } from '../../../simulator/search/walk.ts';
import { builtIn, requestFor, wrong } from './wrong-algorithms.ts';
import type { WrongName } from './wrong-algorithms.ts';

const hunts = new Map<WrongName, Hunt>();

function huntOf(name: WrongName): Hunt {
  const known = hunts.get(name) ?? hunt(requestFor(wrong(name)));
  hunts.set(name, known);
  return known;
}

function sizeOf({ found }: Hunt) {
  const { inputs, f, rounds, crashes } = found!.schedule;
  return { n: inputs.length, f, rounds, crashes: crashes.length };
}

describe('an algorithm that is wrong is broken with as little as can be', () => {
  test.each([
    // Three nodes: one stays at 1 although the other two agree on 0.
    { name: 'median', property: 'contraction', deliveries: 3 },
    // A quorum of n − f − 1 = 1: nobody needs to hear anybody.
    { name: 'short-quorum', property: 'contraction', deliveries: 0 },
    // The first value that is heard makes a node leave the range of equal inputs.
    { name: 'own-by-count', property: 'validity', deliveries: 1 },
  ] as const)(
    '$name: $property, 3 nodes, one round, no crash',
    ({ name, property, deliveries }) => {
      const result = huntOf(name);
      expect(result.found!.violation.property).toBe(property);
      expect(sizeOf(result)).toEqual({ n: 3, f: 1, rounds: 1, crashes: 0 });
      expect(result.found!.schedule.deliveries).toHaveLength(deliveries);
    },
  );

  test('drop-future: somebody is stuck for ever, 4 nodes, two rounds, one crash', () => {
    // With n = 3 a quorum is two: each message in order moves its receiver, so none is of the future.
    // A node that has lost one of three peers' values still has two, unless one of these is dead.
    const result = huntOf('drop-future');
    expect(result.found!.violation.property).toBe('termination');
    expect(sizeOf(result)).toEqual({ n: 4, f: 1, rounds: 2, crashes: 1 });
  });

  test('drop-future: with three nodes every order of deliveries is tried, in vain', () => {
    const { target } = requestFor(wrong('drop-future'));
    const inputs = [0, 0, 1];
    // Whoever dies, it is one of two with the same input or the third one.
    const dying = everyCrash(3, 1, 1).filter(([crash]) => crash!.node > 1);
    for (const crashes of [[], ...dying]) {
      const seen = explore(target, { f: 1, inputs, rounds: 2, crashes }, () => true);
      expect([seen.found, seen.isComplete]).toEqual([null, true]);
    }
  });

  test('the same seed finds the same, whatever else was tried; another one may not', () => {
    const schedules = [7, 8].map((seed) => {
      const firstPass = { states: 10, walks: 60 };
      const request = { ...requestFor(wrong('drop-future')), seed, firstPass };
      return JSON.stringify(hunt(request).found!.schedule);
    });
    expect(schedules[0]).toBe(JSON.stringify(huntOf('drop-future').found!.schedule));
    expect(schedules[1]).not.toBe(schedules[0]);
  });

  test.each(['median', 'short-quorum', 'drop-future', 'own-by-count'] as const)(
    '%s: nothing in the counterexample can be left out',
    (name: WrongName) => {
      const { target } = requestFor(wrong(name));
      const { schedule, violation } = huntOf(name).found!;
      const isWrong = (candidate: typeof schedule) =>
        play(target, candidate, { thenAll: violation.property === 'termination' }).violation
          ?.property === violation.property;
      expect(isWrong(schedule)).toBe(true);
      for (const index of schedule.crashes.keys()) {
        expect(isWrong({ ...schedule, crashes: schedule.crashes.toSpliced(index, 1) })).toBe(false);
      }
      // Of somebody who is stuck all deliveries are listed, the needless ones too.
      if (violation.property === 'termination') return;
      for (const index of schedule.deliveries.keys()) {
        const deliveries = schedule.deliveries.toSpliced(index, 1);
        expect(isWrong({ ...schedule, deliveries })).toBe(false);
      }
    },
  );
});

test('n = 2f is attacked as it is, and stands still', () => {
  const result = hunt({ ...requestFor(builtIn('mean')), n: 4, f: 2 });
  expect(result.found!.violation.property).toBe('contraction');
  expect(sizeOf(result)).toEqual({ n: 4, f: 2, rounds: 1, crashes: 0 });
});

describe('the naive master', () => {
  test('is broken by 3 nodes in one round without a crash, less than M1 and M2 need', () => {
    const result = hunt(requestFor(builtIn('mean'), naive));
    expect(result.found!.violation.property).toBe('agreement');
    expect(sizeOf(result)).toEqual({ n: 3, f: 1, rounds: 1, crashes: 0 });
    // Two nodes meet where the third one is; the order is late, and the third one moves.
    expect(result.found!.schedule.inputs).toEqual([0, 0.5, 1]);
    expect(result.found!.outcome.played.map(({ from, to }) => `${from}→${to}`)).toEqual([
      '3→1',
      '1→3',
      '0→1',
      '1→2',
      '0→2',
    ]);
  });

  const byCrashes = (master: MasterRule) =>
    [
      [0, 0, 1],
      [0, 1, 1],
    ].flatMap((inputs) =>
      everyCrash(3, 1, 1).flatMap((crashes) => {
        const { target } = requestFor(builtIn('mean'), master);
        const seen = explore(target, { f: 1, inputs, rounds: 1, crashes }, () => true);
        return seen.found === null ? [] : [seen.found];
      }),
    );

  test('is broken by M1 too: one death, one value that is still under way', () => {
    const inM1 = byCrashes(naive).filter(({ schedule }) => {
      const [crash] = schedule.crashes;
      return crash?.round === 0 && schedule.deliveries.length === 3;
    });
    expect(inM1.length).toBeGreaterThan(0);
    for (const { violation } of inM1) expect(violation.property).toBe('agreement');
  });

  test('rule F withstands every order and every crash of that size', () => {
    expect(byCrashes(frozen)).toEqual([]);
  });
});

describe('what is right withstands more than what broke the others', () => {
  test('mean under rule F', () => {
    const { found, exhausted, states, walks } = hunt(requestFor(builtIn('mean')));
    expect(found).toBeNull();
    expect(exhausted).toContainEqual({ n: 3, f: 1, rounds: 1, crashes: 0 });
    expect(states + walks).toBeGreaterThan(5_000);
    for (const name of ['median', 'short-quorum', 'drop-future', 'own-by-count'] as const) {
      expect(huntOf(name).states).toBeLessThan(states);
      expect(huntOf(name).walks).toBeLessThan(walks);
    }
  });

  test.each(['midpoint', 'select'])('%s under rule F', (name) => {
    expect(hunt(requestFor(builtIn(name), frozen, 3_000)).found).toBeNull();
  });

  test('the random schedules have what breaks things', () => {
    const { target } = requestFor(builtIn('mean'));
    const seen = { cutMulticasts: 0, futureMessages: 0, orders: 0 };
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const chance = chanceOf(1, attempt);
      const crashes = drawCrashes(4, 2, 1, chance);
      const inputs = drawInputs(4, chance);
      const { schedule, violation } = walk(target, { f: 1, inputs, rounds: 2, crashes }, chance);
      expect(violation).toBeNull();
      const { played } = play(target, schedule);
      const roundOf = new Map<number, number>();
      for (const { from, to, message, reports } of played) {
        if (from === 0) seen.orders += 1;
        else if (typeof message === 'object' && message.round > (roundOf.get(to) ?? 0)) {
          seen.futureMessages += 1;
        }
        for (const { round } of reports) roundOf.set(to, round);
      }
      const [crash] = crashes;
      if (crash!.reaching.length % 3 > 0) seen.cutMulticasts += 1;
    }
    expect(seen.cutMulticasts).toBeGreaterThan(20);
    expect(seen.futureMessages).toBeGreaterThan(20);
    expect(seen.orders).toBeGreaterThan(20);
  });
});

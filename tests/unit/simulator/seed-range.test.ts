import { describe, expect, test } from '@jest/globals';
import { quantilesOf } from '../../../simulator/quantiles.ts';
import { EXCEPTIONS_MAX, joinRanges, runRange, splitSeeds } from '../../../simulator/seed-range.ts';
import { parse } from '../configs/config.fixture.ts';

const fiveNodes = `epsilon 0.001
f 2
delay 0 20
node 1 0.1 ::1 0
node 2 0.85 ::1 0
node 3 0.4 ::1 0
node 4 1 ::1 0
node 5 0 ::1 0
`;

describe('quantiles', () => {
  test('are nearest ranks: numbers that did occur', () => {
    const samples = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantilesOf(samples)).toEqual({ min: 1, median: 50, p95: 95, max: 100 });
    expect(quantilesOf(Float64Array.of(3, 7))).toEqual({ min: 3, median: 3, p95: 7, max: 7 });
  });

  test('leave out what there is none of', () => {
    expect(quantilesOf(Float64Array.of(NaN, 2, NaN))).toMatchObject({ min: 2, max: 2 });
    expect(quantilesOf(Float64Array.of(NaN))).toBeNull();
  });
});

describe('many seeds', () => {
  test('pieces cover every seed once', () => {
    for (const count of [1, 2, 31, 32, 33, 1000, 123_457]) {
      const pieces = splitSeeds({ first: 7, count }, 3);
      let next = 7;
      for (const piece of pieces) {
        expect(piece.first).toBe(next);
        next += piece.count;
      }
      expect(next).toBe(7 + count);
    }
  });

  test('give the same whole, however they were cut and whoever was first', () => {
    const config = parse(fiveNodes);
    const seeds = { first: 1, count: 40 };
    const whole = joinRanges(seeds, [runRange(config, null, seeds)]);
    const pieces = splitSeeds(seeds, 3).map((piece) => runRange(config, null, piece));
    expect(pieces.length).toBeGreaterThan(10);
    expect(joinRanges(seeds, pieces.toReversed())).toEqual(whole);
    expect(whole.verdicts).toEqual({ pass: 40, violated: 0, inconclusive: 0 });
    expect(whole.quantiles.decidingRound!.max).toBeGreaterThan(1);
    expect(whole.exitCode).toBe(0);
  });

  test('a run that is no pass is named with its reason, a fixed number of them', () => {
    const config = parse(
      `${fiveNodes}hold 1 2 rounds 0 until never\nstop rounds\nrounds 30\ncrash 1 round 25 after 0\ncrash 0`,
    );
    const seeds = { first: 1, count: EXCEPTIONS_MAX + 5 };
    expect(joinRanges(seeds, [runRange(config, null, seeds)]).verdicts.pass).toBe(seeds.count);
    const late = parse(`${fiveNodes}crash 1 round 18 after 0\ncrash 0`);
    const many = joinRanges(seeds, [runRange(late, null, seeds)]);
    expect(many.verdicts.inconclusive).toBe(seeds.count);
    expect(many.exceptions).toHaveLength(EXCEPTIONS_MAX);
    expect(many.exceptions[0]).toMatchObject({ seed: 1, verdict: 'inconclusive', exitCode: 2 });
    expect(many.exceptions[0]!.reason).toContain('a scripted fault did not happen');
    expect(many.exitCode).toBe(2);
  });
});

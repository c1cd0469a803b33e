import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planFaults } from '../../../faults/plan.ts';
import { atLeast, deathInRound, deathWithin } from '../../../report/forecast/crash-odds.ts';
import { forecastOf } from '../../../report/forecast/forecast.ts';
import type { ForecastRequest } from '../../../report/forecast/forecast.ts';
import { renderForecast } from '../../../report/forecast/forecast-text.ts';
import { planOf } from '../../../simulator/run-summary.ts';
import { noFaults, smallConfig } from '../../fixtures/recorded-run.ts';

describe('the odds of crashes', () => {
  test('0.03 per send in a round, as docs/faults.md has it', () => {
    const perRound = (n: number): number => deathInRound({ probability: 0.03, per: 'send' }, n);
    expect([4, 5, 10, 25, 50, 100].map((n) => Number(perRound(n).toFixed(3)))).toEqual([
      0.087, 0.115, 0.24, 0.519, 0.775, 0.951,
    ]);
  });

  test('per round and at its end the chance is the same for every n', () => {
    for (const per of ['round', 'round-end'] as const) {
      for (const n of [2, 5, 100]) {
        expect(deathInRound({ probability: 0.1, per }, n)).toBeCloseTo(0.1, 12);
      }
    }
  });

  test('at least k of n is the binomial tail, summed the other way round', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (least, count, chance) => {
          let tail = 0;
          for (let k = least; k <= count; k += 1) {
            tail += choose(count, k) * chance ** k * (1 - chance) ** (count - k);
          }
          expect(atLeast(least, count, chance)).toBeCloseTo(Math.min(1, tail), 10);
        },
      ),
    );
  });

  test('they are the frequencies of the plans that are really drawn', () => {
    const n = 5;
    const faults = { ...noFaults, crash: { probability: 0.03, per: 'send' as const } };
    const round = 3;
    const seeds = 4000;
    let [dead, full] = [0, 0];
    for (let seed = 0; seed < seeds; seed += 1) {
      const { crashes } = planFaults({ n, f: 2, lastRound: round, seed, faults });
      const hits = planFaults({ n, f: 5, lastRound: round, seed, faults }).crashes;
      dead += hits.some(({ node }) => node === 1) ? 1 : 0;
      full += crashes.length === 2 ? 1 : 0;
    }
    const aNode = deathWithin(deathInRound(faults.crash, n), round + 1);
    // Four standard errors of a share of 4,000 seeds are at most 0.032.
    expect(Math.abs(dead / seeds - aNode)).toBeLessThan(0.032);
    expect(Math.abs(full / seeds - atLeast(2, n, aNode))).toBeLessThan(0.032);
  });
});

describe('a forecast', () => {
  const scriptedCrashes = [{ node: 3, round: 2, extent: { after: 2 } }];
  const crash = { probability: 0.03, per: 'send' } as const;
  const config = smallConfig({ faults: { ...noFaults, crash, scriptedCrashes } });
  const request: ForecastRequest = {
    config,
    plan: planOf(config),
    contraction: 2 / 3,
    frameBytes: 16,
    sample: null,
    rehearsal: null,
  };

  test('counts messages and bounds as the theory does', () => {
    const { rounds, messages, config: about } = forecastOf(request);
    expect(about.quorum).toBe(3);
    expect(rounds).toMatchObject({ worstCase: config.worstCase, limit: config.rounds });
    expect(messages.perRound).toBe(20);
    expect(messages.worstCase).toBe(20 * (config.lastRound + 1));
  });

  test('a scripted crash uses up a part of the budget', () => {
    const { crashes } = forecastOf(request);
    const [odds] = crashes.odds;
    expect(odds?.allF).toBeCloseTo(atLeast(1, 4, odds?.aNode ?? NaN), 12);
  });

  test('names who would crash where, and whether it came to it', () => {
    const rehearsal = {
      verdict: 'pass',
      round: 4,
      messages: 80,
      durationMs: 40,
      crashed: [3],
    } as const;
    const { plan } = forecastOf({ ...request, rehearsal });
    expect(plan.crashes[0]).toMatchObject({
      node: 3,
      round: 2,
      reached: [4, 5],
      sends: 4,
      isReached: true,
    });
    expect(plan.crashes.slice(1).every(({ isReached }) => isReached === false)).toBe(true);
  });

  test('in words says what it rests on', () => {
    const text = (forecast: ForecastRequest): string =>
      renderForecast(forecastOf(forecast), (part) => part);
    expect(text(request)).toMatch(/basis +bounds only: nothing was simulated/);
    expect(text(request)).not.toMatch(/expected \d/);
    const spread = { min: 2, median: 3, p95: 6, max: 8 };
    const sample = {
      firstSeed: 1,
      runs: 200,
      verdicts: { pass: 200, violated: 0, inconclusive: 0 },
      rounds: spread,
      messages: spread,
      durationMs: spread,
    };
    expect(text({ ...request, sample })).toMatch(/expected 3 \(95 %: 6; most: 8\)/);
    expect(text({ ...request, sample })).toMatch(
      /of 200 runs in virtual time, seeds 1 to 200; all of them pass/,
    );
  });

  test('without a hazard nobody crashes by chance', () => {
    const quiet = smallConfig();
    const { crashes } = forecastOf({ ...request, config: quiet, plan: planOf(quiet) });
    expect(crashes).toMatchObject({ perRound: 0, meanRoundsToDeath: null });
  });
});

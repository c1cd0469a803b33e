import { rmSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allNodes } from '../../../agreement/resilience.ts';
import { judge } from '../../../checker/verdict.ts';
import { readRun } from '../../../record/read-run.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { playRun, smallConfig, writeRun } from '../../fixtures/recorded-run.ts';
import { masterEvent, nodeEvent } from '../record/arbitrary-events.ts';
import { judged, withFaults } from './judged.ts';

const aConfig = fc
  .record({
    // Without a bias to small and equal ones, with which a run is over before anything happens.
    inputs: fc.noBias(
      fc.array(fc.double({ noNaN: true, min: -5, max: 5 }), { minLength: 3, maxLength: 9 }),
    ),
    fShare: fc.constantFrom(0, 0.5, 1),
    algorithm: fc.constantFrom('mean', 'midpoint', 'select'),
    probability: fc.constantFrom(0, 0.02, 0.1, 0.5, 1),
    crashMode: fc.constantFrom('announce' as const, 'silent' as const),
    stop: fc.constantFrom('frozen' as const, 'rounds' as const),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ inputs, fShare, algorithm, probability, crashMode, stop, seed }) => {
    const n = inputs.length;
    const f = Math.round(fShare * Math.floor((n - 1) / 2));
    const nodes = inputs.map((input, i) => ({ id: i + 1, input, host: 'h', port: 0 }));
    const crash = { probability, per: 'send' as const };
    const faults = { crash, crashMode, candidates: allNodes(n) };
    return withFaults(faults, { nodes, f, algorithm, stop, seed, epsilon: 0.05 });
  });

test('no right run is refused its pass, whatever crashes within f', () => {
  const seen = { fired: 0, late: 0, skipped: 0 };
  fc.assert(
    fc.property(aConfig, (config) => {
      const result = judged(playRun(config));
      expect(result.reasons).toEqual([]);
      expect(result.verdict).toBe('pass');
      seen.fired += result.statistics.crashes.fired;
      seen.skipped += result.statistics.crashes.skipped;
      seen.late += result.statistics.messages.late;
    }),
    { numRuns: 120 },
  );
  expect(seen.fired).toBeGreaterThan(0);
  expect(seen.skipped).toBeGreaterThan(0);
  expect(seen.late).toBeGreaterThan(0);
});

const directory = writeRun(playRun(smallConfig()));
const passed = readRun(directory);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

test('whatever well-formed events are in the files, judging throws nothing and passes nothing', () => {
  fc.assert(
    fc.property(fc.array(nodeEvent), fc.array(masterEvent), (events, word) => {
      const node = { ...passed.nodes.get(1)!, events, lines: events.map((_, i) => i + 2) };
      const master = { ...passed.master, events: word, lines: word.map((_, i) => i + 2) };
      const mixed: RunRecord[] = [
        { ...passed, nodes: new Map([...passed.nodes, [1, node]]) },
        { ...passed, master },
        { ...passed, master, nodes: new Map([[1, node]]) },
        { ...passed, master, config: null },
      ];
      for (const record of mixed) expect(judge(record).verdict).not.toBe('pass');
    }),
    { numRuns: 100 },
  );
});

/** A run that nobody records is the same run. */
import fc from 'fast-check';
import { expect } from '@jest/globals';
import { judge } from '../../../checker/verdict.ts';
import { runSeed } from '../../../simulator/run-summary.ts';
import { parse, simulated } from './simulated.ts';

/** `scenarios`: configs as text. */
export function expectSameWithoutRecord(scenarios: fc.Arbitrary<string>, numRuns: number): void {
  fc.assert(
    fc.property(scenarios, (text) => {
      const config = parse(text);
      const { run, record } = simulated(config);
      const summary = runSeed(config, null, config.seed);
      expect(summary.verdict).toBe(judge(record).verdict);
      expect({ ...summary.run, nodes: null }).toEqual({ ...run, nodes: null });
      const valuesOf = ({ nodes }: typeof run) => nodes.map(({ values }) => values);
      expect(valuesOf(summary.run)).toEqual(valuesOf(run));
    }),
    { numRuns },
  );
}

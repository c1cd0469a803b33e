/**
 * Every process reads the clock of the day once, when it starts. If the clock is set in between, the
 * times of one file are off by a constant: no verdict may come from that.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../../checker/verdict.ts';
import type { RunRecord } from '../../../record/read-run.ts';
import { nodeLines, parse, simulated } from '../simulator/simulated.ts';

/** The node's clock is so many microseconds off; without headers the record counts as a real one. */
function jumped(record: RunRecord, id: number, byUs: number): RunRecord {
  const file = record.nodes.get(id)!;
  const events = file.events.map((event) => ({
    ...event,
    t: event.t + byUs,
    ...('arrived' in event && { arrived: event.arrived + byUs }),
  }));
  return { ...record, nodes: new Map(record.nodes).set(id, { ...file, events }) };
}

test('a clock that is set between two starts changes no verdict', () => {
  const lines = fc.subarray([
    'hold 1 2 rounds 0-1 until 40',
    'hold 2 1 from 10 until 50',
    'partition 1 2 | 3-5 from 10 until 60',
    'crash 4 round 1 after 2',
    'kill 3 at 45',
    'pause 1 from 30 until 90',
    'duplicate 0.5',
    'loss 0.3 rto 4 cap 50',
  ]);
  const verdicts = { pass: 0, violated: 0, inconclusive: 0 };
  fc.assert(
    fc.property(
      lines,
      fc.integer({ min: 1, max: 5 }),
      // A second to an hour, back or forth.
      fc.integer({ min: 1_000_000, max: 3_600_000_000 }),
      fc.boolean(),
      (faults, id, us, isBack) => {
        const byUs = isBack ? -us : us;
        const inputs = nodeLines([0, 0.25, 0.5, 0.75, 1]);
        const text = `f 2\ndelay 10 30\ncrash 0\n${faults.join('\n')}\n${inputs}`;
        const { record } = simulated(parse(text));
        const { verdict, reasons } = judge(jumped(record, id, byUs));
        expect({ text, verdict, reasons }).toEqual({
          text,
          verdict: judge(record).verdict,
          reasons,
        });
        verdicts[verdict] += 1;
      },
    ),
    { numRuns: 80 },
  );
  expect(verdicts.pass).toBeGreaterThan(40);
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventLine } from '../../../record/event-line.ts';
import { masterEvent, nodeEvent } from './arbitrary-events.ts';

test('a line is what JSON.stringify makes of the event, and one line end', () => {
  fc.assert(
    fc.property(fc.oneof(nodeEvent, masterEvent), (event) => {
      expect(eventLine(event)).toBe(`${JSON.stringify(event)}\n`);
    }),
    { numRuns: 2_000 },
  );
});

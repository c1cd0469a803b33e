import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { InvariantError } from '../../../agreement/invariant.ts';
import { twoCamps } from '../../../simulator/two-camps.ts';
import { parse } from '../configs/config.fixture.ts';

describe('two camps', () => {
  test('as text are the config that ships for n = 7, f = 2', () => {
    const { faults, nodes } = parse(readFileSync('configs/schedules/two-camps.txt', 'utf8'));
    const generated = parse(twoCamps(7, 2));
    expect(generated.faults).toEqual(faults);
    expect(generated.nodes).toEqual(nodes);
  });

  test('need a fault and two quorums that meet', () => {
    expect(() => twoCamps(4, 2)).toThrow(InvariantError);
    expect(() => twoCamps(3, 0)).toThrow(InvariantError);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { SweepSession } from '../../../report/sweep-data.ts';
import { sweepResult } from '../../../sweeps/sweep-result.ts';
import type { SweepRequest } from '../../../sweeps/resolve-sweep.ts';
import { prepared, rowsOf } from '../../fixtures/sweeps.ts';

const session = (cpus: number, loadAtStart: number): SweepSession => ({
  started: '2026-01-01T00:00:00.000Z',
  ended: null,
  runs: 0,
  loadAtStart,
  loadAtEnd: null,
  machine: {
    within: '0.1.0',
    node: 'v20',
    platform: 'linux x64',
    release: '6',
    cpus,
    cpuModel: 'a processor',
    memoryBytes: 1e9,
  },
});

function warnings(
  vary: readonly string[],
  asked: Partial<SweepRequest> = {},
  sessions: readonly SweepSession[] = [session(8, 0)],
  left = 0,
): string {
  const sweep = prepared(vary, { repeat: 10, ...asked });
  const rows = rowsOf(sweep);
  const found = sweepResult({ prepared: sweep, rows: rows.slice(left), sessions });
  return found.warnings.join('\n');
}

describe('the death rate', () => {
  test('is told when the hazard is per send and n varies, with its numbers', () => {
    expect(warnings(['n=5,10'])).toMatch(/per send.*0\.115 with n = 5 and 0\.24 with n = 10/);
  });

  test.each([
    [['n=5,10', 'crash=0']],
    [['n=5,10', 'crash=0.1 per-round']],
    [['n=5,10', 'crash=0.1 round-end']],
    [['f=1,2']],
  ])('and not for %j', (vary) => {
    expect(warnings(vary)).not.toMatch(/per send/);
  });
});

test('of machines that nothing is known of nothing is said', () => {
  expect(warnings(['n=5,9'], { engine: 'cluster' }, [])).not.toMatch(/processors|machine/);
});

describe('time on OS processes', () => {
  const cluster = { engine: 'cluster' } as const;

  test('more processes than processors', () => {
    expect(warnings(['n=5,9'], cluster)).toMatch(/n = 9, each run with n \+ 1 processes on 8/);
    expect(warnings(['n=5,7'], cluster)).not.toMatch(/processors/);
    expect(warnings(['n=5,9'])).not.toMatch(/processors/);
  });

  test('a busy machine, and several machines', () => {
    expect(warnings(['f=1'], cluster, [session(8, 5)])).toMatch(/load 5 on 8 processors/);
    expect(warnings(['f=1'], cluster, [session(8, 3)])).not.toMatch(/busy/);
    // The load is told with the processors that it was on.
    expect(warnings(['f=1'], cluster, [session(4, 3), session(8, 7)])).toMatch(
      /load 7 on 8 processors/,
    );
    const two = [session(8, 0), session(16, 0)];
    expect(warnings(['f=1'], cluster, two)).toMatch(/come from 2 machines/);
  });
});

test('what is missing, and how few runs mean', () => {
  expect(warnings(['f=1'], {}, [session(8, 0)], 3)).toMatch(/3 runs are still to be made/);
  expect(warnings(['f=1'], { repeat: 3 })).toMatch(/^3 runs per cell: .* --repeat 30/m);
  expect(warnings(['f=1'])).toBe('');
});

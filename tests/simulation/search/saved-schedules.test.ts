/** What a search saves, the simulator runs to the same values. */
import { describe, expect, test } from '@jest/globals';
import type { Algorithm } from '../../../agreement/algorithm.ts';
import { parseConfig } from '../../../configs/load.ts';
import type { RunConfig } from '../../../configs/run-config.ts';
import type { SimulatedRun } from '../../../simulator/finish-run.ts';
import { planOf } from '../../../simulator/run-summary.ts';
import { simulate } from '../../../simulator/simulate.ts';
import { frozen, naive } from '../../../simulator/search/master-rules.ts';
import type { MasterRule } from '../../../simulator/search/master-rules.ts';
import { search } from '../../../simulator/search/search.ts';
import type { SearchReport } from '../../../simulator/search/search.ts';
import type { World } from '../../../simulator/search/world.ts';
import {
  FIRST_PASS,
  FIRST_PASS_OF_MASTERS,
  builtIn,
  countdown,
  wrong,
} from './wrong-algorithms.ts';
import type { WrongName } from './wrong-algorithms.ts';

function configOf(text: string, algorithm: Algorithm<unknown>): RunConfig {
  const own = { algorithm, hash: 'a'.repeat(64) };
  return parseConfig({ name: 'saved.txt', text, drawSeed: () => 1, own });
}

const base = (lines: string): string =>
  ['f 2', 'crash 0', lines, ...[1, 2, 3, 4, 5].map((id) => `node ${id} 0.${id} 127.0.0.1 0`)].join(
    '\n',
  );

/** `attempts`: enough for what is to be found. */
function searchFor(
  algorithm: Algorithm<unknown>,
  name: string,
  options: { master?: MasterRule | null; lines?: string; attempts?: number } = {},
): SearchReport {
  const { master = frozen, lines = 'rounds 12', attempts = 20_000 } = options;
  const firstPass = master === naive ? FIRST_PASS_OF_MASTERS : FIRST_PASS;
  return search({
    config: configOf(base(`algorithm ${name}\n${lines}`), algorithm),
    ...{ algorithm, algorithmName: name, master, rounds: 2, firstPass },
    mayGoOn: countdown(attempts),
  });
}

const reports = new Map<WrongName, SearchReport>();

function reportOf(name: WrongName): SearchReport {
  const known = reports.get(name) ?? searchFor(wrong(name), `./${name}.ts`);
  reports.set(name, known);
  return known;
}

function run(text: string, algorithm: Algorithm<unknown>): SimulatedRun {
  const config = configOf(text, algorithm);
  return simulate(config, planOf(config), { algorithm });
}

/** As far as the search went. */
function expectSameValues(simulated: SimulatedRun, world: World): void {
  for (const { id, values } of world.nodes) {
    const also = simulated.nodes[id - 1]!.values;
    expect(also.slice(0, values.length)).toEqual(values);
  }
}

const spreadOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

describe('the worst schedule', () => {
  test.each(['mean', 'midpoint', 'select'])(
    'of %s runs to the values found, and passes',
    (name) => {
      const report = searchFor(builtIn(name), name, { attempts: 0, lines: '' });
      const simulated = run(report.worstFile!, builtIn(name));
      expectSameValues(simulated, report.worstRounds!.outcome.world!);
      expect(simulated.outcome).toBe('complete');
      const spreads = [0, 1, 2].map((round) =>
        spreadOf(simulated.nodes.map(({ values }) => values[round]!)),
      );
      expect(spreads).toEqual(report.worstRounds!.spreads);
    },
  );

  test('has one use line for nodes that do the same', () => {
    const { worstFile } = searchFor(builtIn('mean'), 'mean', { attempts: 0, lines: '' });
    expect(worstFile!.split('\n').filter((line) => line.startsWith('use')).length).toBeLessThan(8);
  });
});

describe('a counterexample', () => {
  test.each(['median', 'short-quorum', 'drop-future', 'own-by-count'] as const)(
    'to %s runs to the values found',
    (name) => {
      const report = reportOf(name);
      const simulated = run(report.counterexampleFile!, wrong(name));
      expectSameValues(simulated, report.counterexample!.outcome.world!);
    },
  );

  test.each(['median', 'short-quorum'] as const)('to %s ends with outputs far apart', (name) => {
    const report = reportOf(name);
    const { nodes } = run(report.counterexampleFile!, wrong(name));
    expect(spreadOf(nodes.map(({ output }) => output!.value))).toBe(1);
  });

  test('to drop-future ends with nodes that wait for ever', () => {
    const report = reportOf('drop-future');
    const simulated = run(report.counterexampleFile!, wrong('drop-future'));
    expect(simulated.outcome).toBe('no-progress');
    const right = run(report.counterexampleFile!, builtIn('mean'));
    expect(right.outcome).toBe('complete');
  });

  test('to the naive master passes without it', () => {
    const report = searchFor(builtIn('mean'), 'mean', { master: naive, lines: '' });
    const simulated = run(report.counterexampleFile!, builtIn('mean'));
    expectSameValues(simulated, report.counterexample!.outcome.world!);
    expect(simulated.outcome).toBe('complete');
    expect(spreadOf(simulated.nodes.map(({ output }) => output!.value))).toBeLessThanOrEqual(0.001);
  });

  test('to too few rounds is found with `stop rounds`', () => {
    const lines = 'rounds 10\nstop rounds\nunsound yes';
    const report = searchFor(builtIn('mean'), 'mean', { master: null, lines, attempts: 0 });
    expect(report.counterexample!.violation.property).toBe('agreement');
    const simulated = run(report.counterexampleFile!, builtIn('mean'));
    expectSameValues(simulated, report.counterexample!.outcome.world!);
    const outputs = simulated.nodes.map(({ output }) => output!.value);
    // Inputs from 0.1 to 0.5, and (2/3)^10 of that.
    expect(spreadOf(outputs)).toBeCloseTo(0.4 * (2 / 3) ** 10, 12);
  });

  test('to enough rounds is not found', () => {
    const options = { master: null, lines: 'stop rounds', attempts: 0 };
    expect(searchFor(builtIn('mean'), 'mean', options).counterexample).toBeNull();
  });
});

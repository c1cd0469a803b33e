/** After its output a node enters no further round; in records of older releases it did. */
import { expect, test } from '@jest/globals';
import type { RunConfig } from '../../../configs/run-config.ts';
import { playRun, smallConfig } from '../../fixtures/recorded-run.ts';
import type { RecordedRun } from '../../fixtures/recorded-run.ts';
import { judged, standingStill } from './judged.ts';

/** As older releases resolved it. */
function restless(changes: Partial<RunConfig> = {}): RunConfig {
  const config: { -readonly [K in keyof RunConfig]: RunConfig[K] } = smallConfig(changes);
  delete config.restsAfterOutput;
  config.lastRound = config.rounds + 1;
  return config;
}

test('nodes enter no round after their output, but in records of the time when they did', () => {
  const enteredLater = (config: RunConfig): number => {
    const run = playRun(config);
    expect(judged(run).verdict).toBe('pass');
    const late = [...run.nodes.values()].map((events) => {
      const output = events.findIndex(({ kind }) => kind === 'output');
      return events.slice(output).filter(({ kind }) => kind === 'report').length;
    });
    return late.reduce((sum, count) => sum + count, 0);
  };
  expect(enteredLater(smallConfig({ stop: 'rounds' }))).toBe(0);
  expect(enteredLater(restless({ stop: 'rounds' }))).toBeGreaterThan(0);
});

/** What the named oracle of a run that is no pass says first. */
function complaintOf(run: RecordedRun, oracle: string): string | undefined {
  const { verdict, oracles } = judged(run);
  expect(verdict).not.toBe('pass');
  return oracles.find(({ id }) => id === oracle)?.witnesses[0]?.sentence;
}

test('a node that rests in a record of the time when none did had to go on', () => {
  expect(complaintOf(standingStill(playRun(restless())), 'O16')).toMatch(
    /^node 4 waits in round 1 with \d messages of others, 2 are enough/,
  );
});

test('the last round is that of the output where nodes output unasked, else one after it', () => {
  const later = playRun(smallConfig({ stop: 'rounds' }));
  later.config = { ...later.config, lastRound: 19 };
  expect(complaintOf(later, 'O24')).toBe('resolved.json: lastRound is 19, rounds = 18 is expected');
  const nearer = playRun(smallConfig());
  nearer.config = { ...nearer.config, lastRound: 18 };
  expect(complaintOf(nearer, 'O24')).toBe(
    'resolved.json: lastRound is 18, one after rounds = 18 is expected',
  );
});

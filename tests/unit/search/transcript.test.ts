/** What a student reads. */
import { describe, expect, test } from '@jest/globals';
import { algorithms } from '../../../agreement/algorithms.ts';
import { naive } from '../../../simulator/search/master-rules.ts';
import { play } from '../../../simulator/search/play.ts';
import { spansOf } from '../../../simulator/search/spans.ts';
import { roundsTranscript, stepsTranscript } from '../../../simulator/search/transcript.ts';
import { playSets, worstManyRounds } from '../../../simulator/search/worst-case.ts';

const mean = algorithms.get('mean')!;

describe('a transcript', () => {
  test('of M1 tells it step by step', () => {
    const schedule = {
      f: 1,
      inputs: [0.5, 0.5, 0],
      rounds: 1,
      crashes: [{ node: 3, round: 0, reaching: [2] }],
      deliveries: [
        { from: 3, to: 2 },
        { from: 0, to: 1 },
        { from: 0, to: 2 },
      ],
    };
    const target = { algorithm: mean, epsilon: 0.001, master: naive, outputRound: null };
    const { played, orderedAtStart } = play(target, schedule);
    expect(stepsTranscript(schedule, played, orderedAtStart)).toEqual([
      'start     node 1: 0.5, node 2: 0.5, node 3: 0',
      '          node 3 dies in its multicast of round 0: only 2 may get it',
      '          the master orders all to output what they have',
      '1. node 2 gets 0 of round 0 from node 3, ends round 0 with 0.25',
      '2. node 1 gets the order, outputs 0.5',
      '3. node 2 gets the order, outputs 0.25',
    ]);
  });

  test('of two camps has one line per camp and round', () => {
    const camps = [
      [2, 3],
      [1, 3],
      [1, 2],
      [3, 5],
      [3, 4],
    ];
    const start = { f: 2, inputs: [0, 0, 0, 1, 1], rounds: 1, crashes: [] };
    const { found } = worstManyRounds(mean, { n: 5, f: 2 }, 1, 0)!;
    const { outcome, sets } = playSets(mean, start, [camps], found);
    expect(roundsTranscript(outcome.world!, sets)).toEqual([
      'start     nodes 1-3: 0, nodes 4-5: 1',
      'round 1   spread 1 → 0.666667',
      '  nodes 1-3    from 1-3         0',
      '  nodes 4-5    from 3-5         0.666667',
    ]);
  });

  test.each([
    [[3, 1, 2, 5], '1-3 5'],
    [[7], '7'],
    [[], ''],
  ])('shortens %p', (ids, text) => {
    expect(spansOf(ids)).toBe(text);
  });
});

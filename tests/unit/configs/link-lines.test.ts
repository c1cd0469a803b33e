import { describe, expect, test } from '@jest/globals';
import { configDigest } from '../../../record/config-digest.ts';
import { legalText, parse, parseWith, problemsWith } from './config.fixture.ts';

const withDelay = (lines: string): string => `delay 0 20\n${lines}`;

describe('lines about links', () => {
  test.each([
    [
      'hold 4 1 from 200 until 300',
      { timedHolds: [{ from: 4, to: 1, fromMs: 200, untilMs: 300 }] },
    ],
    ['hold 4 1 from 0 until never', { timedHolds: [{ from: 4, to: 1, fromMs: 0, untilMs: null }] }],
    [
      'partition 4 | 2 1 | 3 from 1 s until 2 s',
      { partitions: [{ sets: [[1, 2], [3], [4]], fromMs: 1000, untilMs: 2000 }] },
    ],
    [
      'partition 1-2 | 3-5 from 0 until never',
      {
        partitions: [
          {
            sets: [
              [1, 2],
              [3, 4, 5],
            ],
          },
        ],
      },
    ],
    ['slow 2 factor 3', { slow: [{ node: 2, by: { factor: 3 } }] }],
    ['slow 2 plus 0 50', { slow: [{ node: 2, by: { plus: { kind: 'uniform', maxMs: 50 } } }] }],
    [
      'slow 2 plus pareto 1 1.5 cap 90',
      { slow: [{ by: { plus: { kind: 'pareto', minMs: 1, alpha: 1.5, capMs: 90 } } }] },
    ],
    ['loss 0.1 rto 20 cap 1 s', { loss: { probability: 0.1, rtoMs: 20, capMs: 1000 } }],
    ['loss 0.1 rto 20 cap 1 s burst 0.5', { loss: { burst: 0.5 } }],
    ['duplicate 0.2', { duplicate: 0.2 }],
    ['clog every 200 for 50 cap 500', { clog: { everyMs: 200, forMs: 50, capMs: 500 } }],
  ])('%s', (line, faults) => {
    expect(parseWith(withDelay(line))).toMatchObject({ faults });
  });

  test('are absent where nothing is said, so that old configs keep their digest', () => {
    expect(Object.keys(parse(legalText).faults)).toEqual([
      'crash',
      'crashMode',
      'candidates',
      'scriptedCrashes',
      'holds',
      'delay',
      'order',
    ]);
    // Of the version before there were such lines, when no node rested.
    const { restsAfterOutput, ...older } = parse(legalText);
    expect(restsAfterOutput).toBe(true);
    expect(configDigest(older)).toBe(
      'ab6c8fc1a807d4080d3be983771e790097762a36e44db4d5b64fe9ffcb7eb91b',
    );
  });

  test('give the same config in any order', () => {
    const lines = [
      'hold 4 1 from 200 until 300',
      'hold 4 1 from 200 until never',
      'hold 4 1 from 100 until 300',
      'partition 1 | 2 from 5 until 9',
      'partition 1 | 3 from 5 until 9',
      'slow 3 plus 0 5',
      'slow 1 plus 0 5',
    ];
    const digest = (text: string): string => configDigest(parse(`${legalText}${text}`));
    expect(digest(lines.join('\n'))).toBe(digest(lines.toReversed().join('\n')));
  });
});

describe('what cannot be is refused', () => {
  test.each([
    ['hold 4 4 from 1 until 2', 'a hold from node 4 to itself; expected two nodes; change one id'],
    ['hold 4 9 from 1 until 2', 'there is no node 9; expected an id from 1 to 5; correct the id'],
    [
      'hold 4 1 from 300 until 300',
      'the time goes from 300 ms until 300 ms; expected from before until; swap the two or correct one',
    ],
    [
      'partition 1 2 3 from 1 until 2',
      'there is one set only; expected two or more sets like 1 2 | 3-5; put | between the sets',
    ],
    [
      'partition 1 | | 3 from 1 until 2',
      'a set is empty; expected two or more sets like 1 2 | 3-5; put | between the sets',
    ],
    [
      'partition 1 2 | 2-4 from 1 until 2',
      'node 2 is there twice; expected each id once; leave one 2 out',
    ],
    [
      'partition 1 | 7 from 1 until 2',
      'there is no node 7; expected ids from 1 to 5; correct the ids',
    ],
    [
      'slow 2 factor 3',
      '3 times no delay is no delay; expected a delay above 0 ms; add a delay line, or write "slow 2 plus 0 50"',
    ],
    [
      'slow 2 plus 50 0',
      'the delay goes from 50 ms to 0 ms; expected MIN ≤ MAX; swap the two or correct one',
    ],
    [
      'loss 0.1 rto 50 cap 20',
      'the first resend waits 50 ms, and all of them at most 20 ms; expected RTO ≤ CAP; raise the cap',
    ],
    [
      'loss 0.5 rto 5 cap 20 burst 0.1',
      'a loss after a loss has chance 0.1, without one 0.5; expected P ≤ BURST; swap the two or leave burst out',
    ],
    [
      'clog every 20 for 50 cap 20',
      'a clog lasts 50 ms in the mean, and at most 20 ms; expected SILENCE ≤ CAP; raise the cap',
    ],
  ])('%s', (line, problem) => {
    expect(problemsWith(line)).toEqual([`x.txt:8: ${problem}`]);
  });

  test('a second line for the same slow node', () => {
    expect(problemsWith('slow 2 plus 0 5\nslow 2 plus 0 9')).toEqual([
      'x.txt:9: node 2 is slow already, at x.txt:8; expected one line per node; remove one',
    ]);
  });

  test.each([
    [
      'partition 1 2 | x from 1 until 2',
      'SETS "x" is neither a node id, nor a range of ids, nor |',
    ],
    ['partition 1 | 2 until 5', 'SETS "until" is neither a node id'],
    ['loss 1.5 rto 5 cap 20', 'P of loss is 1.5; expected a probability from 0 to 1'],
    [
      'clog every 0.5 for 5 cap 20',
      'GAP of clog is 0.5; expected the mean time between two clogs, 1 ms',
    ],
    ['slow 2 factor 0.5', 'FACTOR of slow is 0.5; expected how many times as long, 1 to 1000'],
    ['hold 4 1 from 5', 'until is missing'],
  ])('%s', (line, problem) => {
    expect(problemsWith(withDelay(line))[0]).toContain(problem);
  });

  test('a receive set whose message a partition keeps for ever', () => {
    const lines = 'use 1 round 0 from 1-3\npartition 1 | 3 from 0 until never';
    expect(problemsWith(lines)[0]).toContain(
      'node 1 cannot use a message of node 3: the link is held for ever',
    );
    expect(() => parseWith(lines.replace('never', '50'))).not.toThrow();
  });
});

describe('limits of time', () => {
  const patience = (lines: string): number => parseWith(lines).patienceMs;

  test('count what links can cost', () => {
    expect(patience('delay 0 20')).toBe(10_040);
    expect(patience(withDelay('slow 2 factor 3\nslow 3 factor 2'))).toBe(10_240);
    expect(patience(withDelay('slow 2 plus 0 50'))).toBe(10_140);
    expect(patience(withDelay('loss 0.1 rto 20 cap 1 s'))).toBe(12_040);
    expect(patience(withDelay('partition 1 | 2 from 100 until 400'))).toBe(10_840);
    expect(patience(withDelay('hold 1 2 from 100 until never'))).toBe(10_040);
    expect(patience(withDelay('clog every 9 for 9 cap 50'))).toBe(10_140);
  });
});

describe('flags', () => {
  test('add partitions and holds by time, and replace the others', () => {
    const lines = 'hold 1 2 from 1 until 2\npartition 1 | 2 from 1 until 2\nduplicate 0.1';
    const flags = {
      hold: '2 1 from 1 until 2',
      partition: '2 | 3 from 1 until 2',
      duplicate: '0.5',
    };
    const { faults } = parseWith(lines, { flags });
    expect(faults.timedHolds).toHaveLength(2);
    expect(faults.partitions).toHaveLength(2);
    expect(faults.duplicate).toBe(0.5);
  });
});

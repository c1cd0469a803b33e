import { describe, expect, test } from '@jest/globals';
import { parseWith, problemsWith } from './config.fixture.ts';

describe('kill and pause', () => {
  test('name a node and times after the start', () => {
    const { faults } = parseWith(
      'pause 3 from 1 s until 2 s\nkill 4 at 400\npause 1 from 0 until never',
    );
    expect(faults.kills).toEqual([{ node: 4, atMs: 400 }]);
    expect(faults.pauses).toEqual([
      { node: 1, fromMs: 0, untilMs: null },
      { node: 3, fromMs: 1000, untilMs: 2000 },
    ]);
  });

  test.each([
    ['kill 9 at 5', 'there is no node 9; expected an id from 1 to 5; correct the id'],
    ['pause 9 from 1 until 5', 'there is no node 9; expected an id from 1 to 5; correct the id'],
    [
      'pause 3 from 5 until 5',
      'the time goes from 5 ms until 5 ms; expected from before until; swap the two or correct one',
    ],
    ['kill 3', 'at is missing; expected "kill NODE at AT"; write for example "kill 3 at 400"'],
  ])('%s', (line, problem) => {
    expect(problemsWith(line)).toEqual([`x.txt:8: ${problem}`]);
  });

  test.each([
    ['kill 3 at 5\nkill 3 at 9', 'node 3 dies already, at x.txt:8; expected one death per node'],
    [
      'crash 3 round 1 after 1\nkill 3 at 9',
      'node 3 dies already, at x.txt:8; expected one death per node',
    ],
    [
      'pause 3 from 5 until 9\npause 3 from 9 until 12',
      'node 3 is paused already, at x.txt:8; expected one pause at a time; join the two',
    ],
    [
      'kill 3 at 5\npause 3 from 5 until 12',
      'node 3 is killed before, at x.txt:8; expected a pause of the living; pause it earlier',
    ],
  ])('%s', (lines, problem) => {
    expect(problemsWith(lines)[0]).toContain(`x.txt:9: ${problem}`);
  });

  test('kills and scripted crashes share the budget of f', () => {
    expect(problemsWith('crash 1 round 0 after 1\nkill 2 at 5\nkill 3 at 5')).toEqual([
      'x.txt:10: scripted crashes and kills of more than f = 2 nodes; expected at most 2; remove some of them or raise f',
    ]);
  });

  test('a pause before a kill, and pauses of different nodes, are fine', () => {
    const lines = 'pause 3 from 5 until 90\nkill 3 at 50\npause 4 from 5 until 90';
    expect(() => parseWith(lines)).not.toThrow();
  });

  test('flags add to the lines of the file', () => {
    const flags = { kill: '2 at 5', pause: ['1 from 1 until 2', '4 from 1 until 2'] };
    const { faults } = parseWith('kill 3 at 5\npause 5 from 1 until 2', { flags });
    expect(faults.kills).toHaveLength(2);
    expect(faults.pauses).toHaveLength(3);
  });

  test('the limits of time count the longest pause', () => {
    expect(parseWith('pause 3 from 100 until 600').patienceMs).toBe(11_200);
    expect(parseWith('pause 3 from 100 until never').patienceMs).toBe(10_000);
  });
});
